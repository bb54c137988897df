using Annotator.Domain.Access;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Reading;

/// <summary>
/// The languages and tags to narrow the library by. The counts scan all that everybody sees, so they are kept for 200 × the time that
/// counting took, at most ten minutes; what a person sees besides is counted apart and added. Where counting takes long, who asks is
/// answered by the counts from before while it goes on.
/// </summary>
public sealed class LibraryMenu(Library library, TimeProvider clock)
{
    private const int TagsShown = 20;

    /// <summary>Of those that everybody sees: what a person adds may bring a rarer one among the shown.</summary>
    private const int TagsKept = 1_000;
    private const int Thrift = 200;
    private const int ViewersKept = 1_000;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Counting that takes longer is not waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<string, Counted> _counted = new(StringComparer.Ordinal);

    /// <summary>The counts for a viewer, possibly some minutes old. Who asks while they are counted first waits for the same.</summary>
    public async Task<LibraryFacets> ForAsync(Viewer viewer, CancellationToken ct)
    {
        var facets = await KeptAsync(viewer).WaitAsync(ct);
        return facets with { Tags = [.. facets.Tags.Take(TagsShown)] };
    }

    /// <summary>The tags that a writer chooses from, the commonest first, possibly some minutes old.</summary>
    public async Task<IEnumerable<string>> TagsAsync(Viewer viewer, CancellationToken ct) =>
        (await KeptAsync(viewer).WaitAsync(ct)).Tags.Select(t => t.Value);

    /// <summary>Counts anew when the next viewer asks: so much was removed at once that everybody would miss it.</summary>
    public void Forget()
    {
        lock (_counted)
            _counted.Clear();
    }

    private Task<LibraryFacets> KeptAsync(Viewer viewer)
    {
        lock (_counted)
        {
            var key = $"{viewer.PersonId} {viewer.RightsVersion}";
            var before = _counted.GetValueOrDefault(key);
            if (before is not null && clock.GetUtcNow() < before.ValidUntil)
                return before.IsSlow && !before.Facets.IsCompleted ? before.Before : before.Facets;
            if (_counted.Count >= ViewersKept)
                _counted.Clear();
            var counted = _counted[key] = new Counted { IsSlow = before is { TookLong: true, Facets.IsCompletedSuccessfully: true } };
            counted.Before = before?.Facets ?? counted.Before;
            // On another thread: where the database answers without a wait, the count would end before it is kept here, and whoever
            // asks meanwhile would see an empty one.
            counted.Facets = Task.Run(() => CountAsync(viewer, counted));
            return counted.IsSlow ? counted.Before : counted.Facets;
        }
    }

    // For all who ask, so none of them can cancel it.
    private async Task<LibraryFacets> CountAsync(Viewer viewer, Counted counted)
    {
        var (start, validFor) = (clock.GetTimestamp(), TimeSpan.Zero);
        try
        {
            var facets = viewer is { PersonId: not null, IsAdministrator: false }
                ? Joined(await KeptAsync(Viewer.Visitor), await library.OwnFacetsAsync(viewer, CancellationToken.None))
                : new LibraryFacets(
                    await library.LanguagesAsync(viewer, CancellationToken.None),
                    await library.TagsAsync(viewer, TagsKept, CancellationToken.None));
            counted.TookLong = clock.GetElapsedTime(start) > Patience;
            validFor = clock.GetElapsedTime(start) * Thrift;
            return facets;
        }
        finally
        {
            counted.ValidUntil = clock.GetUtcNow() + (validFor < Longest ? validFor : Longest);
        }
    }

    private static LibraryFacets Joined(LibraryFacets one, LibraryFacets other) =>
        new(Joined(one.Languages, other.Languages), Joined(one.Tags, other.Tags));

    private static IReadOnlyList<FacetCount> Joined(IReadOnlyList<FacetCount> one, IReadOnlyList<FacetCount> other) =>
    [
        .. one.Concat(other).GroupBy(f => f.Value, StringComparer.Ordinal)
            .Select(g => new FacetCount(g.Key, g.Sum(f => f.Count)))
            .OrderByDescending(f => f.Count)
            .ThenBy(f => f.Value, StringComparer.Ordinal),
    ];

    /// <summary>Facets that are being counted, or are.</summary>
    private sealed class Counted
    {
        public Task<LibraryFacets> Facets { get; set; } = Task.FromResult(new LibraryFacets([], []));

        /// <summary>The counts from before, while counting takes long.</summary>
        public Task<LibraryFacets> Before { get; set; } = Task.FromResult(new LibraryFacets([], []));

        /// <summary>Whether counting is not waited for: it took long before, and there are counts from then.</summary>
        public bool IsSlow { get; init; }

        /// <summary>Whether counting took longer than somebody should wait.</summary>
        public bool TookLong { get; set; }

        /// <summary>Far away while they are counted.</summary>
        public DateTimeOffset ValidUntil { get; set; } = DateTimeOffset.MaxValue;
    }
}

/// <summary>Languages of sources and tags of annotations, each with its count, the commonest first.</summary>
public sealed record LibraryFacets(IReadOnlyList<FacetCount> Languages, IReadOnlyList<FacetCount> Tags);

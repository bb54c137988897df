using Annotator.Domain.Access;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Reading;

/// <summary>
/// The languages and tags to narrow the library by. The counts scan all that the viewer sees, so they are kept per viewer for
/// 50 × the time that counting took, at most one minute.
/// </summary>
public sealed class LibraryMenu(Library library, TimeProvider clock)
{
    private const int TagsShown = 20;
    private const int Thrift = 50;
    private const int ViewersKept = 1_000;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Counted> _counted = new(StringComparer.Ordinal);

    /// <summary>The counts for a viewer, possibly up to a minute old. Who asks while they are counted waits for the same.</summary>
    public Task<LibraryFacets> ForAsync(Viewer viewer, CancellationToken ct)
    {
        lock (_counted)
        {
            var key = $"{viewer.PersonId} {viewer.RightsVersion}";
            if (!_counted.TryGetValue(key, out var counted) || clock.GetUtcNow() >= counted.ValidUntil)
            {
                if (_counted.Count >= ViewersKept)
                    _counted.Clear();
                _counted[key] = counted = new Counted();
                counted.Facets = CountAsync(viewer, counted);
            }

            return counted.Facets.WaitAsync(ct);
        }
    }

    // For all who ask, so none of them can cancel it.
    private async Task<LibraryFacets> CountAsync(Viewer viewer, Counted counted)
    {
        var (start, validFor) = (clock.GetTimestamp(), TimeSpan.Zero);
        try
        {
            var languages = await library.LanguagesAsync(viewer, CancellationToken.None);
            var facets = new LibraryFacets(languages, await library.TagsAsync(viewer, TagsShown, CancellationToken.None));
            validFor = clock.GetElapsedTime(start) * Thrift;
            return facets;
        }
        finally
        {
            counted.ValidUntil = clock.GetUtcNow() + (validFor < Longest ? validFor : Longest);
        }
    }

    /// <summary>Facets that are being counted, or are.</summary>
    private sealed class Counted
    {
        public Task<LibraryFacets> Facets { get; set; } = Task.FromResult(new LibraryFacets([], []));

        /// <summary>Far away while they are counted.</summary>
        public DateTimeOffset ValidUntil { get; set; } = DateTimeOffset.MaxValue;
    }
}

/// <summary>Languages of sources and tags of annotations, each with its count, the commonest first.</summary>
public sealed record LibraryFacets(IReadOnlyList<FacetCount> Languages, IReadOnlyList<FacetCount> Tags);

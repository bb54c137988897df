using System.Collections.Concurrent;
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

    private readonly ConcurrentDictionary<string, Counted> _counted = new(StringComparer.Ordinal);

    /// <summary>The counts for a viewer, possibly up to a minute old.</summary>
    public async Task<LibraryFacets> ForAsync(Viewer viewer, CancellationToken ct)
    {
        var key = $"{viewer.PersonId} {viewer.RightsVersion}";
        if (_counted.TryGetValue(key, out var counted) && clock.GetElapsedTime(counted.At) < counted.ValidFor)
            return counted.Facets;
        var start = clock.GetTimestamp();
        var facets = new LibraryFacets(await library.LanguagesAsync(viewer, ct), await library.TagsAsync(viewer, TagsShown, ct));
        var good = clock.GetElapsedTime(start) * Thrift;
        if (_counted.Count >= ViewersKept)
            _counted.Clear();
        _counted[key] = new Counted(facets, clock.GetTimestamp(), good < Longest ? good : Longest);
        return facets;
    }

    private sealed record Counted(LibraryFacets Facets, long At, TimeSpan ValidFor);
}

/// <summary>Languages of sources and tags of annotations, each with its count, the commonest first.</summary>
public sealed record LibraryFacets(IReadOnlyList<FacetCount> Languages, IReadOnlyList<FacetCount> Tags);

using Annotator.Domain.Annotations;

namespace Annotator.Domain.Search;

/// <summary>A page of results.</summary>
/// <param name="Next">Opaque cursor of the next page; null on the last one.</param>
/// <param name="Counted">
/// All there are, counted up to <see cref="AnnotationSearch.CountedHits"/> + 1; null when they were not counted.
/// </param>
public sealed record SearchResults(IReadOnlyList<SearchHit> Hits, string? Next, int? Counted)
{
    /// <summary>How the newest <see cref="AnnotationSearch.CountedHits"/> are spread; null when they were not counted.</summary>
    public Facets? Facets { get; init; }

    /// <summary>Sources and people that the query names, on the first page.</summary>
    public NamedHits Named { get; init; } = NamedHits.None;

    /// <summary>What may have been meant, when nothing was found: a query that finds something.</summary>
    public SearchQuery? Suggestion { get; init; }
}

/// <summary>What the results show of the <see cref="AnnotationRecord"/> of a found annotation.</summary>
public sealed record SearchHit(AnnotationView Annotation, AnnotatedSource Source, AnnotatedPassage? Passage);

public sealed record FoundSource(Guid Id, string Title, string Language)
{
    public string PublicId => Kernel.PublicId.Of(Id);
}

using Annotator.Domain.Annotations;
using Annotator.Domain.Reading;
using Annotator.Domain.Search.Analysis;
using Annotator.Domain.Text;

namespace Annotator.Domain.Search;

/// <summary>A page of results.</summary>
/// <param name="Counted">Hits of the index, counted up to <see cref="AnnotationSearch.CountedHits"/> + 1.</param>
public sealed record SearchResults(IReadOnlyList<SearchHit> Hits, string? Next, int Counted, Facets Facets);

/// <summary>A found annotation with the passage and the source it is about.</summary>
public sealed record SearchHit(AnnotationView Annotation, FoundSource Source, FoundPassage? Passage)
{
    /// <summary>Whether a word or phrase stands somewhere in what was found.</summary>
    public bool Has(QueryTerm term) =>
        Annotation.Tags.Append(MarkdownRenderer.PlainText(Annotation.Body))
            .Append(Passage?.Exact ?? "")
            .Append(Source.Title)
            .Any(text => Analyzer.Find(text, term).Count > 0);
}

public sealed record FoundSource(Guid Id, string Title, string Language)
{
    public string PublicId => Kernel.PublicId.Of(Id);
}

public sealed record FoundPassage(Guid Id, string Exact, string Language);

/// <summary>What the counters need of a hit.</summary>
internal sealed record Hit(Guid Id, DateTimeOffset Created, string Language, string[] Tags, Guid SourceId, string Username);

using Annotator.Domain.Access;
using Annotator.Domain.Kernel;
using Annotator.Domain.Search;
using Annotator.Domain.Analysis;
using Annotator.Domain.Text;

namespace Annotator.Benchmarks.Search;

/// <summary>A way to ask the program's search.</summary>
internal enum Call
{
    /// <summary>The newest 20, nothing counted.</summary>
    Newest,

    /// <summary>The number of hits, up to a limit.</summary>
    Count,

    /// <summary>The newest 20 with the counts of all filters.</summary>
    Page,

    /// <summary>The best 20.</summary>
    Best,
}

/// <summary>
/// The only place that calls the program's search and its analysis. It is asked as the operator, who sees everything that is
/// shared.
/// </summary>
internal sealed class ProgramSearch(AnnotationSearch search)
{
    public static IReadOnlyList<Call> Calls { get; } = Enum.GetValues<Call>();

    /// <summary>The call that other engines are compared with.</summary>
    public static Call Compared => Calls[0];

    public Task RunAsync(Call call, SearchQuery query, CancellationToken ct) => call switch
    {
        Call.Newest => search.FindAsync(Viewer.Operator, query, new SearchOptions { WithFacets = false }, ct),
        Call.Count => search.CountAsync(Viewer.Operator, query, ct),
        Call.Page => search.FindAsync(Viewer.Operator, query, new SearchOptions(), ct),
        _ => search.FindAsync(Viewer.Operator, query, new SearchOptions { WithFacets = false, Order = SearchOrder.Best }, ct),
    };

    /// <summary>The first page as shown, in its order.</summary>
    public async Task<IReadOnlyList<Guid>> FirstPageAsync(SearchQuery query, CancellationToken ct) =>
        [.. (await search.FindAsync(Viewer.Operator, query, new SearchOptions(), ct)).Hits.Select(h => h.Annotation.Id)];

    /// <summary>All results.</summary>
    public async Task<IReadOnlyList<Guid>> AllAsync(SearchQuery query, CancellationToken ct) =>
        await search.AllAsync(Viewer.Operator, query, ct).Select(h => h.Annotation.Id).ToListAsync(ct);

    /// <summary>What the program's index would hold of a record.</summary>
    public static IReadOnlyCollection<string> LexemesOf(CorpusRecord record) => Analyzer.Index(
    [
        .. record.Tags.Select(t => new IndexedField(t, record.LangText, FieldKind.Tag)),
        new IndexedField(MarkdownRenderer.PlainText(record.Text), record.LangText),
        new IndexedField(record.Quote, record.LangSource, FieldKind.Passage),
    ]).Lexemes;

    /// <summary>What the program asks its index for, as a <c>tsquery</c>; empty for signs alone.</summary>
    public static string LexicalOf(Term term) =>
        Analyzer.Query(term.Text, prefix: term.Kind is TermKind.Prefix, stems: term.Kind is TermKind.Word).Lexical;

    /// <summary>A tag in the form in which all its spellings are alike.</summary>
    public static string FoldedTag(string tag) => Analyzer.Fold(tag);
}

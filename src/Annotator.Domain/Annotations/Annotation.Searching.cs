using Annotator.Domain.Search.Analysis;
using NpgsqlTypes;

namespace Annotator.Domain.Annotations;

public sealed partial class Annotation
{
    public SearchEntry? SearchEntry { get; private set; }

    /// <summary>Makes the annotation findable by its tags, its body, the words it quotes and the title of the source.</summary>
    internal void Index(string? quote, string title)
    {
        var text = string.Join('\n', [.. Tags, Text.MarkdownRenderer.PlainText(Body), quote ?? "", title]);
        SearchEntry ??= new SearchEntry(Id, Created);
        SearchEntry.Tokens = SearchEntry.Vector(Analyzer.IndexLexemes(text));
    }
}

/// <summary>The lexemes of one annotation, in a narrow table of their own so that the search reads few pages.</summary>
public sealed class SearchEntry
{
    public Guid AnnotationId { get; private set; }
    public DateTimeOffset Created { get; private set; }

    /// <summary>Lexemes without positions.</summary>
    public NpgsqlTsVector Tokens { get; internal set; } = NpgsqlTsVector.Empty;

    private SearchEntry() { }

    internal SearchEntry(Guid annotationId, DateTimeOffset created)
    {
        AnnotationId = annotationId;
        Created = created;
    }

#pragma warning disable CS0618 // Obsolete because it cannot do what to_tsvector does; quoted lexemes are all it is given here.
    internal static NpgsqlTsVector Vector(IReadOnlyCollection<string> lexemes) =>
        NpgsqlTsVector.Parse(string.Join(' ', lexemes.Select(Quoted)));
#pragma warning restore CS0618

    internal static string Quoted(string lexeme) =>
        $"'{lexeme.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
}

using Annotator.Domain.Languages;
using Annotator.Domain.Passages;
using Annotator.Domain.Search.Analysis;
using Annotator.Domain.Sources;
using Annotator.Domain.Text;
using NpgsqlTypes;

namespace Annotator.Domain.Annotations;

public sealed partial class Annotation
{
    public SearchEntry? SearchEntry { get; private set; }

    /// <summary>Makes the annotation findable by its tags, its body, the words it quotes, and what is known about it.</summary>
    /// <param name="passage">The passage it is about, when there is one.</param>
    internal void Index(Passage? passage, Source source, DateTimeOffset now)
    {
        var body = MarkdownRenderer.PlainText(Body);
        var analyzed = Analyzer.Index([
            .. Tags.Select(tag => new IndexedField(tag, Language)),
            new IndexedField(body, Language),
            new IndexedField(passage?.Quote.Exact ?? "", passage?.Language ?? LanguageTag.Undetermined.Value),
        ]);
        SearchEntry ??= new SearchEntry(Id, Created);
        SearchEntry.Write(analyzed, Marks(body, passage, source), now);
    }

    /// <summary>Takes the annotation out of every search.</summary>
    internal void Unindex() => SearchEntry = null;

    private IEnumerable<string> Marks(string body, Passage? passage, Source source)
    {
        var quoted = passage?.Language ?? source.Language;
        return [
            .. Tags.Select(SearchMarks.Tag),
            .. SearchMarks.Ranges(Body.Length > 0 ? Language : quoted).Select(SearchMarks.Language),
            .. SearchMarks.Ranges(quoted).Select(SearchMarks.PassageLanguage),
            .. SearchMarks.Fields(body),
            .. TimeMarks.Of(Created),
            SearchMarks.Author(AuthorId),
            SearchMarks.Source(SourceId),
            SearchMarks.Group(GroupId),
            .. Visibility.Marks(this),
        ];
    }
}

/// <summary>How one annotation is found, in a narrow table of its own so that the search reads few pages.</summary>
public sealed class SearchEntry
{
    public Guid AnnotationId { get; private set; }
    public DateTimeOffset Created { get; private set; }

    /// <summary><see cref="Analyzer.Version"/> that made it.</summary>
    public short Version { get; private set; }

    /// <summary>When it was made; another time means other content.</summary>
    public DateTimeOffset Indexed { get; private set; }

    /// <summary><see cref="AnalyzedText.Words"/> of tags, body and quote.</summary>
    public string Words { get; private set; } = "";

    /// <summary>Lexemes of the words, and <see cref="SearchMarks"/>; without positions.</summary>
    public NpgsqlTsVector Tokens { get; private set; } = NpgsqlTsVector.Empty;

    private SearchEntry() { }

    internal SearchEntry(Guid annotationId, DateTimeOffset created)
    {
        AnnotationId = annotationId;
        Created = created;
    }

    internal void Write(AnalyzedText text, IEnumerable<string> marks, DateTimeOffset now)
    {
        Version = Analyzer.Version;
        Indexed = now;
        Words = text.Words;
        Tokens = Vector(text.Lexemes.Concat(marks));
    }

#pragma warning disable CS0618 // Obsolete because it cannot do what to_tsvector does; quoted lexemes are all it is given here.
    private static NpgsqlTsVector Vector(IEnumerable<string> lexemes) =>
        NpgsqlTsVector.Parse(string.Join(' ', lexemes.Select(QueryTerm.Quoted)));
#pragma warning restore CS0618
}

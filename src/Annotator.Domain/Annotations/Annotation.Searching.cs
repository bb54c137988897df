using Annotator.Domain.Access;
using Annotator.Domain.Groups;
using Annotator.Domain.Languages;
using Annotator.Domain.Passages;
using Annotator.Domain.Analysis;
using Annotator.Domain.Sources;
using Annotator.Domain.Text;

namespace Annotator.Domain.Annotations;

public sealed partial class Annotation
{
    public SearchEntry? SearchEntry { get; private set; }

    /// <summary>Makes the annotation findable by its tags, its body, the words it quotes, and what is known about it.</summary>
    /// <param name="passage">The passage it is about, when there is one.</param>
    /// <param name="group">The group it is written in.</param>
    internal void Index(Passage? passage, Source source, Group group, DateTimeOffset now)
    {
        var body = MarkdownRenderer.PlainText(Body);
        IEnumerable<IndexedField> fields =
        [
            .. Tags.Select(tag => new IndexedField(tag, Language, FieldKind.Tag)),
            new IndexedField(body, Language, FieldKind.Body),
            new IndexedField(passage?.Quote.Exact ?? "", passage?.Language ?? LanguageTag.Undetermined.Value, FieldKind.Passage),
        ];
        SearchEntry ??= new SearchEntry(Id, Created);
        SearchEntry.Write(Analyzer.Index(fields, Filters(body, passage, source, group)), now);
    }

    /// <summary>Takes the annotation out of every search.</summary>
    internal void Unindex() => SearchEntry = null;

    private IEnumerable<string> Filters(string body, Passage? passage, Source source, Group group)
    {
        var quoted = passage?.Language ?? source.Language;
        return [
            .. Tags.Select(FilterLexemes.Tag),
            .. FilterLexemes.Ranges(Body.Length > 0 ? Language : quoted).Select(FilterLexemes.Language),
            .. FilterLexemes.Ranges(quoted).Select(FilterLexemes.PassageLanguage),
            .. FilterLexemes.Fields(body),
            .. TimeLexemes.Of(Created),
            AccessLexemes.By(AuthorId),
            FilterLexemes.Source(SourceId),
            .. Readership(group).Lexemes(),
        ];
    }
}

/// <summary>How an annotation is found: by the words of its tags, its body and its quote, and its <see cref="FilterLexemes"/>.</summary>
public sealed class SearchEntry : IndexEntry
{
    public Guid AnnotationId { get; private set; }
    public DateTimeOffset Created { get; private set; }

    private SearchEntry() { }

    internal SearchEntry(Guid annotationId, DateTimeOffset created)
    {
        AnnotationId = annotationId;
        Created = created;
    }
}

using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Annotator.Domain.Sources.Texts;

namespace Annotator.Tests.Support;

/// <summary>Drafts on texts that everybody knows.</summary>
internal static class Drafts
{
    public static readonly Citation Analects = new("https://texts.example/analects", "論語", "孔子", "zh-Hant");
    public static readonly Citation Walden = new("https://texts.example/walden", "Walden", "Henry David Thoreau", "en");

    public const string Learning = "學而時習之，不亦說乎";
    public const string Desperation = "The mass of men lead lives of quiet desperation.";

    public static AnnotationDraft CommentOn(string quote, string body, Citation? source = null) =>
        CommentOn(new Quote(quote), body, source);

    public static AnnotationDraft CommentOn(Quote quote, string body, Citation? source = null) =>
        PageNote(body, source) with { Quote = quote };

    public static AnnotationDraft PageNote(string body, Citation? source = null) =>
        new() { Id = Guid.CreateVersion7(), Source = source ?? Walden, Body = body };

    public static AnnotationDraft ReplyTo(AnnotationView parent, string body) =>
        new() { Id = Guid.CreateVersion7(), References = [parent.Id], Body = body };

    /// <summary>A text of paragraphs.</summary>
    public static ExtractedText Text(params string[] paragraphs) => new(
        string.Concat(paragraphs.Select(p => $"<p>{System.Net.WebUtility.HtmlEncode(p)}</p>\n")),
        string.Concat(paragraphs.Select(p => p + "\n"))
    );

    /// <summary>Says of a text what the citation says.</summary>
    public static TextDetails Details(this Citation citation) =>
        new() { Uri = citation.Uri, Title = citation.Title, Author = citation.Author, Language = citation.Language };

    public static AnnotationDraft Imported(this AnnotationDraft draft, string author, DateTimeOffset created) =>
        draft with { Provenance = new Provenance(new Userid(author, "elsewhere.example"), null, created, created) };

    public static AnnotationDraft Private(this AnnotationDraft draft) => draft with { Shared = false };

    /// <summary>A text that no other test writes about.</summary>
    public static Citation Unique(string title) => new($"https://texts.example/{Guid.CreateVersion7():N}", title, null, "en");
}

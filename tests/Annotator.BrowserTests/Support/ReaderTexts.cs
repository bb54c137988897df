using System.Text.RegularExpressions;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Annotator.Domain.Sources.Texts;

namespace Annotator.BrowserTests.Support;

/// <summary>Sources whose text is stored, with commentary on passages of it.</summary>
internal static partial class ReaderTexts
{
    public const string Pond =
        "<h2>The pond</h2>\n<p>I went to the woods because I wished to live deliberately. I wished to front only the essential facts of life.</p>\n"
            + "<p>Time is but the stream I go a-fishing in. I drink at it; but while I drink I see the sandy bottom.</p>\n"
            + "<h2>Where I lived</h2>\n<p>Simplicity, simplicity, simplicity! I say, let your affairs be as two or three.</p>\n";

    public const string Cat =
        "<h2>一</h2>\n<p><ruby>吾輩<rt>わがはい</rt></ruby>は<ruby>猫<rt>ねこ</rt></ruby>である。名前はまだ無い。どこで生れたかとんと<ruby>見当<rt>けんとう</rt></ruby>がつかぬ。</p>\n"
            + "<p>何でも薄暗いじめじめした所でニャーニャー泣いていた事だけは記憶している。吾輩はここで始めて人間というものを見た。</p>\n";

    /// <summary>A text with this markup; its address in the program.</summary>
    public static async Task<Text> AddTextAsync(
        this Site site, string name, string title, string language, string html, string? author = null)
    {
        var words = Tags().Replace(Readings().Replace(html, ""), "");
        var details = new TextDetails
        {
            Uri = $"https://texts.example/{Guid.CreateVersion7():N}", Title = title, Author = author, Language = language,
        };
        var version = await site.Snapshots.StoreAsync(await site.MemberAsync(name), new ExtractedText(html, words), details, Ct);
        return new(version.SourceId, version.Id, words);
    }

    /// <summary>Comments on the first place where the text says this; without a body it is a highlight.</summary>
    public static async Task<AnnotationView> RemarkAsync(
        this Site site, string name, Text text, string quote, string body, string language, params string[] tags) =>
        await site.RemarkAsync(name, text, text.Words.IndexOf(quote, StringComparison.Ordinal), quote, body, language, tags);

    public static async Task<AnnotationView> RemarkAsync(
        this Site site, string name, Text text, int start, string quote, string body, string language, params string[] tags) =>
        await site.Writer.CreateAsync(
            await site.MemberAsync(name),
            new AnnotationDraft
            {
                Id = Guid.CreateVersion7(),
                SourceId = text.Source,
                SnapshotId = text.Snapshot,
                Quote = new Quote(quote, "", "", start, start + quote.Length),
                Body = body,
                Language = language,
                Tags = tags,
            },
            Ct);

    [GeneratedRegex("<rt>.*?</rt>", RegexOptions.None, 1000)]
    private static partial Regex Readings();

    [GeneratedRegex("<[^>]+>", RegexOptions.None, 1000)]
    private static partial Regex Tags();

    /// <summary>A stored text: without astral characters, its code units are its code points.</summary>
    internal sealed record Text(Guid Source, Guid Snapshot, string Words)
    {
        public string Path => $"/sources/{PublicId.Of(Source)}";
    }
}

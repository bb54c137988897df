using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;

namespace Annotator.BrowserTests.Support;

/// <summary>Passages and remarks on them, written through the one writer as a member of the site would.</summary>
internal static class Texts
{
    public static readonly Citation Analects = new("https://texts.example/analects", "論語", "孔子", "zh-Hant");
    public static readonly Citation Walden = new(
        "https://texts.example/walden", "Walden; or, Life in the Woods", "Henry David Thoreau", "en");
    public static readonly Citation Muqaddimah = new("https://texts.example/muqaddimah", "مقدمة ابن خلدون", "ابن خلدون", "ar");

    public const string Learning = "學而時習之，不亦說乎？有朋自遠方來，不亦樂乎？";
    public const string Desperation = "The mass of men lead lives of quiet desperation.";
    public const string History = "إن فن التاريخ من الفنون التي تتداوله الأمم والأجيال";

    public static async Task<AnnotationView> SayAsync(
        this Site site, string name, Citation source, string quote, string body, string language, params string[] tags) =>
        await site.Writer.CreateAsync(
            await site.MemberAsync(name),
            new AnnotationDraft
            {
                Id = Guid.CreateVersion7(),
                Source = source,
                Quote = quote.Length > 0 ? new Quote(quote) : null,
                Body = body,
                Language = language,
                Tags = tags,
            },
            Ct);

    public static async Task<AnnotationView> AnswerAsync(
        this Site site, string name, AnnotationView parent, string body, string language) =>
        await site.Writer.CreateAsync(
            await site.MemberAsync(name),
            new AnnotationDraft { Id = Guid.CreateVersion7(), References = [parent.Id], Body = body, Language = language },
            Ct);

    public static string SourceOf(AnnotationView annotation) => $"/sources/{PublicId.Of(annotation.SourceId)}";

    /// <summary>Three texts with commentary in six languages.</summary>
    public static async Task<IReadOnlyList<AnnotationView>> FillAsync(this Site site)
    {
        var learning = await site.SayAsync("Mei", Analects, Learning, "「說」通「悅」，是**內心**的喜悅。", "zh-Hant", "教育", "ethics");
        await site.AnswerAsync("Ada", learning, "Legge has “pleasant”; *yuè* is quieter than that.", "en");
        await site.AnswerAsync("Noor", learning, "في الترجمة العربية: «أليس هذا مدعاة للسرور؟»", "ar");
        var friends = await site.SayAsync(
            "Jürgen", Analects, "有朋自遠方來，不亦樂乎", "Freunde aus der Ferne: bei Wilhelm „fröhlich“.", "de", "translation");
        var note = await site.SayAsync("Haruto", Analects, "", "日本語では「論語」と読む。", "ja");
        var lives = await site.SayAsync(
            "Ada",
            Walden,
            Desperation,
            "Often misquoted: the song is *not* Thoreau's.\n\n- first point\n- second point",
            "en",
            "misquotation",
            "ethics");
        await site.AnswerAsync("Mei", lives, "「靜默的絕望」是常見的譯法。", "zh-Hant");
        var history = await site.SayAsync("Noor", Muqaddimah, History, "بداية الفصل الأول من المقدمة.", "ar", "تاريخ");
        await site.AnswerAsync("Ada", history, "Rosenthal: “History is a discipline widely cultivated among nations and races.”", "en");
        return [learning, friends, note, lives, history];
    }
}

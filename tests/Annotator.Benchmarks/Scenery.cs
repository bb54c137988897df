using System.Globalization;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.People;
using Annotator.Domain.Sources;
using Annotator.Domain.Sources.Texts;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Annotator.Benchmarks;

/// <summary>What the benchmark adds to a loaded store, once: a reader with an account, and 200 comments on each of two sources.</summary>
/// <param name="Source">Public id of the one without a text.</param>
/// <param name="Text">Public id of the one whose text is there.</param>
/// <param name="Comment">Public id of a comment with a reply.</param>
/// <param name="Long">Public id of one with a text of 240,000 characters and 50 comments.</param>
/// <param name="Cookie">The reader's session, as a request header.</param>
internal sealed record Scenery(string Source, string Text, string Comment, string Cookie, string Long)
{
    private const int Passages = 50;
    private const string Name = "benchmark-reader";

    public static AnnotatorOptions Settings { get; } = new()
    {
        Demo = false, Limits = new LimitOptions { Search = new LimitOptions.Rates() },
    };

    // Any time will do; under ids made from it a second run finds what the first has stored.
    private static readonly DateTimeOffset Time = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Citation Source200 = new("urn:x-annotator:benchmark", "Two hundred comments", "Nobody", "en");
    private static readonly Citation Text200 = new("urn:x-annotator:benchmark-text", "Two hundred comments in a text", "Nobody", "en");
    private static readonly Citation Long50 = new("urn:x-annotator:benchmark-long", "Fifty comments in a long text", "Nobody", "en");
    private static readonly (string Language, string Body)[] Comments =
    [
        (
            "en",
            "What **strikes** me here: the sentence turns on its last word, as in [this other place](https://texts.example/other).\n\n- first\n- second"),
        ("zh-Hans", "这里的关键在于最后一个词。参见上一段的讨论，以及作者后来的修订。"),
        ("ar", "الجملة **تنقلب** عند آخر كلمة فيها، وهذا ما يميّزها عمّا قبلها."),
        ("de", "Ich lese das anders: Der Satz kippt erst im Rückblick."),
    ];

    public static async Task<Scenery> PrepareAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var (viewer, cookie) = await SignedInAsync(scope.ServiceProvider, ct);
        var writer = services.GetRequiredService<AnnotationWriter>();
        var drafts = Enumerable.Range(0, Passages).SelectMany(passage => Commentary(Source200, passage, 0)).ToList();
        var inText = Enumerable.Range(0, Passages).SelectMany(passage => Commentary(Text200, passage, 5_000));
        var inLong = Enumerable.Range(0, Passages).SelectMany(passage => Commentary(Long50, passage, 10_000).Take(1));
        await services.GetRequiredService<BatchWriter>()
            .WriteAsync([.. drafts, .. inText, .. inLong, .. await PrivateNotesAsync(services, ct)], ct);
        var texts = services.GetRequiredService<SourceTexts>();
        var text = await texts.StoreAsync(viewer, ReadText(20), DetailsOf(Text200), ct);
        var longText = await texts.StoreAsync(viewer, ReadText(156), DetailsOf(Long50), ct);
        var root = await services.GetRequiredService<AnnotationReader>().FindAsync(viewer, drafts[0].Id, ct);
        return new Scenery(PublicId.Of(root.SourceId), PublicId.Of(text.SourceId), root.PublicId, cookie, PublicId.Of(longText.SourceId));
    }

    private static TextDetails DetailsOf(Citation source) => new() { Uri = source.Uri, Title = source.Title, Language = source.Language };

    /// <param name="around">Sentences of 30 characters around each passage.</param>
    private static ExtractedText ReadText(int around)
    {
        var paragraphs = Enumerable.Range(0, Passages)
            .Select(passage =>
                $"What came before it, and {Sentence(passage)} and what followed. {string.Concat(Enumerable.Repeat("Other words stand around it. ", around))}");
        var text = string.Join('\n', paragraphs);
        return new ExtractedText($"<p>{text.Replace("\n", "</p>\n<p>", StringComparison.Ordinal)}</p>", text);
    }

    private static string Sentence(int passage) =>
        $"Sentence {passage} of a text that is read closely, with some words on either side of what matters.";

    /// <summary>Two comments on a passage and a reply to each.</summary>
    private static IEnumerable<AnnotationDraft> Commentary(Citation source, int passage, int first)
    {
        var quote = new Quote(Sentence(passage), "What came before it, and ", " and what followed.");
        for (var i = 0; i < 4; i++)
        {
            var (language, body) = Comments[(passage + i) % Comments.Length];
            yield return new AnnotationDraft
            {
                Id = IdOf(first + 4 * passage + i),
                Source = source,
                Quote = quote,
                Body = body,
                Language = language,
                Tags = ["benchmark", $"tag-{passage % 7}"],
                References = i % 2 == 1 ? [IdOf(first + 4 * passage + i - 1)] : [],
                Provenance = By($"commentator{(passage + i) % 9}", 4 * passage + i),
            };
        }
    }

    /// <summary>Notes for the reader alone, on sources all over the store.</summary>
    private static async Task<IEnumerable<AnnotationDraft>> PrivateNotesAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AnnotatorDb>>().CreateDbContextAsync(ct);
        var sources = await db.Sources.OrderBy(s => s.Id).Where(s => s.Uris.Count > 0).Select(s => s.Id).Take(300).ToListAsync(ct);
        return sources.Select((source, i) => new AnnotationDraft
        {
            Id = IdOf(1_000 + i),
            SourceId = source,
            Body = $"Only for me, number {i}",
            Language = "en",
            Tags = ["private"],
            Shared = false,
            Provenance = By(Name, 1_000 + i),
        });
    }

    private static Guid IdOf(int number) => Guid.ParseExact($"019b76da{number:x4}7000800000000000abcd", "N");

    private static Provenance By(string name, int second) =>
        new(new Userid(name, Settings.OwnAuthority), null, Time.AddSeconds(second), Time.AddSeconds(second));

    private static async Task<(Viewer Viewer, string Cookie)> SignedInAsync(IServiceProvider services, CancellationToken ct)
    {
        var accounts = services.GetRequiredService<UserManager<Account>>();
        var account = await accounts.FindByNameAsync(Name)
            ?? (await services.GetRequiredService<Registration>()
                .JoinAsync(new NewMember(Name, "benchmark@reader.example", "correct horse battery"), ct)).Account
            ?? throw new InvalidOperationException("The store has no room for the reader of the benchmark.");
        var principal = await services.GetRequiredService<SignInManager<Account>>().CreateUserPrincipalAsync(account);
        var session = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var now = TimeProvider.System.GetUtcNow();
        var ticket = new AuthenticationTicket(
            principal, new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddDays(1) }, IdentityConstants.ApplicationScheme);
        return (
            new Viewer(account.Id),
            string.Create(CultureInfo.InvariantCulture, $"{session.Cookie.Name}={session.TicketDataFormat.Protect(ticket)}"));
    }
}

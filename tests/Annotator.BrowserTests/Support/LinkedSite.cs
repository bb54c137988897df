using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Annotator.Domain.Reading;

namespace Annotator.BrowserTests.Support;

/// <summary>A site with sources of 25, 300 and 3,000 passages without a text and with one, where links lead to comments.</summary>
public sealed class LinkedSite : Site
{
    /// <summary>Names of the sources: how many passages they have, and whether their text is there.</summary>
    public static readonly string[] Sources = ["25 passages", "300 passages", "3000 passages", "25 in a text", "600 in a text"];

    private readonly Dictionary<string, Goal[]> _goals = [];

    /// <summary>A comment in the middle of a source, the last reply to its last passage, and a comment on the whole of it.</summary>
    /// <param name="source">One of <see cref="Sources"/>.</param>
    internal IReadOnlyList<Goal> GoalsOf(string source) => _goals[source];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await MemberAsync("Ada");
        foreach (var name in Sources)
        {
            var count = int.Parse(name.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
            await WriteAsync(name, count, name.EndsWith("text", StringComparison.Ordinal) ? await InTextAsync(count) : Quoted(count));
        }
    }

    // Lengths differ much, so that no height can be guessed from another.
    private static Func<int, AnnotationDraft> Quoted(int count)
    {
        var source = new Citation($"https://texts.example/linked-{count}", $"A source of {count} passages", null, "en");
        return i => new AnnotationDraft
        {
            Id = Guid.CreateVersion7(),
            Source = source,
            Quote = new Quote($"Number {i} of {count}. {Words("These words were quoted.", i % 9 * (i % 4))}", Start: 10_000 * i),
        };
    }

    private async Task<Func<int, AnnotationDraft>> InTextAsync(int count)
    {
        var paragraphs = Enumerable.Range(0, count)
            .Select(i => $"<p>Here stands the sentence {i:0000} of the text. {Words("It goes on.", i % 7 * 8)}</p>\n");
        var text = await this.AddTextAsync("Ada", $"A text of {count} passages", "en", string.Concat(paragraphs));
        return i => new AnnotationDraft
        {
            Id = Guid.CreateVersion7(), SourceId = text.Source, Quote = new Quote($"the sentence {i:0000} of"),
        };
    }

    private static string Words(string words, int times) => string.Join(' ', Enumerable.Repeat(words, times));

    private async Task WriteAsync(string name, int count, Func<int, AnnotationDraft> passage)
    {
        var roots = Enumerable.Range(0, count)
            .Select(i => Said(passage(i), $"Remark {i} on {name}. {Words("There is more to say of it.", i * 7 % 60)}", i))
            .ToList();
        var (first, last) = (roots[0], roots[^1]);
        var about = new AnnotationDraft { Id = Guid.CreateVersion7(), Source = first.Source, SourceId = first.SourceId };
        var note = Said(about, $"A remark on the whole of {name}.", 0);
        var replies = Enumerable.Range(0, 8)
            .Select(i => Said(
                about with { Id = Guid.CreateVersion7(), References = [last.Id] },
                $"Answer {i} on {name}. {Words("And so on.", 9 * i)}",
                count + i))
            .ToList();
        Assert.All(await Batches.WriteAsync([.. roots, note, .. replies], Ct), o => Assert.Null(o.Refusal));
        var source = await InStoreAsync(async db => PublicId.Of((await db.Annotations.FindAsync([first.Id], Ct))!.SourceId));
        _goals[name] =
        [
            .. new[] { roots[count * 6 / 10], replies[^1], note }.Select(said => new Goal(source, PublicId.Of(said.Id), said.Body)),
        ];
    }

    private static AnnotationDraft Said(AnnotationDraft draft, string body, int minute)
    {
        var time = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minute);
        return draft with
        {
            Body = body, Language = "en", Provenance = new Provenance(new Userid("crowd", "elsewhere.example"), null, time, time),
        };
    }

    /// <summary>A comment that links lead to.</summary>
    /// <param name="Source">Public id.</param>
    /// <param name="Id">Public id.</param>
    internal sealed record Goal(string Source, string Id, string Body);
}

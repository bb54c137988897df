using Annotator.Domain.Annotations;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Annotations;

/// <summary>What a client sends beyond what the model has properties for.</summary>
public sealed class ReceivedTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private static readonly Received First = new()
    {
        Selectors = """[{"type":"RangeSelector","startContainer":"/p[1]"}, {"type":"\u0054extQuoteSelector"}]""",
        Extra = """{"hypothesis":{"colour":{"ink":"bl\u0075e"}}}""",
        Targets = [
            new("https://b.example/", """[{"type":"PageSelector","index":3}]"""),
            new(null, null, """{"hypothesis":{"description":"d"}}"""),
        ],
    };

    private static readonly Received Second = new()
    {
        Selectors = """[{"type":"EPUBContentSelector","url":"x"}]""", Targets = [new("https://c.example/")],
    };

    private readonly TestStore _store = shared.Store;

    [Fact]
    public async Task What_a_client_sends_is_kept_through_edits_deletion_and_undo()
    {
        var mei = await _store.PersonAsync("Mei");
        var written = await _store.WriteAsync(mei, Drafts.CommentOn(Drafts.Desperation, "One") with { Received = First });
        Assert.Equal((First, "https://texts.example/walden"), await KeptAsync(written.Id));
        await _store.Writer.EditAsync(mei, written.Id, Saying("Two", 1), Ct);
        Assert.Equal((First, "https://texts.example/walden"), await KeptAsync(written.Id));
        await _store.Writer.EditAsync(mei, written.Id, Saying("Three", 2) with { Received = Second }, Ct);
        Assert.Equal((Second, "https://texts.example/walden"), await KeptAsync(written.Id));
        await _store.Removal.DeleteAsync(mei, written.Id, Ct);
        await _store.Removal.RestoreAsync(mei, written.Id, Ct);
        Assert.Equal((Second, "https://texts.example/walden"), await KeptAsync(written.Id));
        var history = await _store.Reader.HistoryAsync(mei, written.Id, Ct);
        Assert.Equal([First, First], history.Select(r => r.Received));
        Assert.All(history, r => Assert.Equal(("https://texts.example/walden", Drafts.Desperation), (r.Uri, r.Quote)));
    }

    [Fact]
    public async Task Sending_other_selectors_alone_is_an_edit()
    {
        var mei = await _store.PersonAsync("Mei.Selectors");
        var written = await _store.WriteAsync(mei, Drafts.PageNote("One") with { Language = "en", Received = First });
        var same = Saying("One", 1) with { Language = "en", Received = First with { Targets = [.. First.Targets] } };
        Assert.Equal(1, (await _store.Writer.EditAsync(mei, written.Id, same, Ct)).Version);
        Assert.Equal(2, (await _store.Writer.EditAsync(mei, written.Id, same with { Received = First with { Targets = [] } }, Ct)).Version);
        Assert.Empty((await KeptAsync(written.Id)).Received.Targets);
    }

    /// <summary>The same page under two addresses is one source; each annotation keeps the one it came with.</summary>
    [Fact]
    public async Task An_annotation_keeps_the_address_it_came_with()
    {
        var mei = await _store.PersonAsync("Mei.Address");
        var one = await _store.WriteAsync(mei, Drafts.PageNote("One", new("https://texts.example/same#part", "Same", null, "en")));
        var two = await _store.WriteAsync(mei, Drafts.PageNote("Two", new("http://texts.example/same", null, null, null)));
        var reply = await _store.WriteAsync(mei, Drafts.ReplyTo(two, "Three"));
        Assert.Equal(one.SourceId, two.SourceId);
        Assert.Equal("https://texts.example/same#part", (await KeptAsync(one.Id)).Uri);
        Assert.Equal("http://texts.example/same", (await KeptAsync(two.Id)).Uri);
        Assert.Equal("http://texts.example/same", (await KeptAsync(reply.Id)).Uri);
    }

    [Fact]
    public void Keys_of_one_format_are_replaced_without_touching_those_of_another()
    {
        var extra = UnknownKeys.With(UnknownKeys.With(null, "w3c", """{"rights":"\u0063c0"}"""), UnknownKeys.Hypothesis, """{"a": 1}""");
        Assert.Equal("""{"w3c":{"rights":"\u0063c0"},"hypothesis":{"a": 1}}""", extra);
        Assert.Equal("""{"a": 1}""", UnknownKeys.Of(extra, UnknownKeys.Hypothesis));
        Assert.Null(UnknownKeys.Of(extra, "other"));
        Assert.Equal("""{"w3c":{"rights":"\u0063c0"}}""", UnknownKeys.With(extra, UnknownKeys.Hypothesis, null));
        Assert.Null(UnknownKeys.With(UnknownKeys.With(null, "w3c", "{}"), "w3c", null));
    }

    private static AnnotationEdit Saying(string body, int version) => new(version, body, null, [], Shared: true);

    private async Task<(Received Received, string? Uri)> KeptAsync(Guid id)
    {
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        var annotation = await db.Annotations.Include(a => a.FurtherTargets).SingleAsync(a => a.Id == id, Ct);
        return (annotation.Content.Received, annotation.Uri);
    }
}

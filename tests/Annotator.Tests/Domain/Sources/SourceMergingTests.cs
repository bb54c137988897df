using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Changes;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Search;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Sources;

/// <summary>Sources that are made one by hand, and parted again.</summary>
public sealed class SourceMergingTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private const string Words = "The mass of men lead lives of quiet desperation.";

    private readonly TestStore _store = shared.Store;

    [Fact]
    public async Task Everything_that_is_said_stands_in_the_one_that_stays()
    {
        var (mei, tom) = (await _store.PersonAsync("Mei1"), await _store.PersonAsync("Tom1"));
        var (page, print) = (Drafts.Unique("Page"), Drafts.Unique("Print"));
        var onPage = await _store.WriteAsync(mei, Drafts.CommentOn(Words, "On the page", page));
        var onPrint = await _store.WriteAsync(tom, Drafts.CommentOn(Words.ToUpperInvariant(), "On the print", print));
        var other = await _store.WriteAsync(tom, Drafts.CommentOn("Other words", "On other words", print));
        var note = await _store.WriteAsync(tom, Drafts.PageNote("On the whole", print));
        var reply = await _store.WriteAsync(mei, Drafts.ReplyTo(onPrint, "An answer"));

        var merged = await _store.Addresses.MergeAsync(Viewer.Operator, print.Uri!, PublicId.Of(onPage.SourceId), Ct);

        Assert.Equal(onPage.SourceId, merged);
        var reading = await _store.Sources.ReadAsync(Viewer.Visitor, merged, Ct);
        Assert.Equal([onPage.Id, onPrint.Id, other.Id, note.Id, reply.Id], reading.Annotations.Select(a => a.Id).Order());
        Assert.Equal(2, reading.Passages.Count);
        Assert.Equal("Page", reading.Source.Title);
        Assert.Equal([page.Uri!, print.Uri!], reading.Source.Uris);
        await Assert.ThrowsAsync<Missing>(() => _store.Sources.ReadAsync(Viewer.Visitor, onPrint.SourceId, Ct));
        foreach (var query in new[] { $"source:{PublicId.Of(merged)}", $"source:{print.Uri}" })
            Assert.Equal(5, (await _store.Search.FindAsync(Viewer.Visitor, SearchQuery.Parse(query), new(), Ct)).Counted);
        // What is written under the other address comes here.
        var later = await _store.WriteAsync(tom, Drafts.PageNote("Later", print));
        Assert.Equal(merged, later.SourceId);
    }

    [Fact]
    public async Task The_log_says_which_source_went_where()
    {
        var mei = await _store.PersonAsync("Mei of the log");
        var (page, print) = (Drafts.Unique("Page of the log"), Drafts.Unique("Print of the log"));
        var onPage = await _store.WriteAsync(mei, Drafts.CommentOn(Words, "On the page", page));
        var onPrint = await _store.WriteAsync(mei, Drafts.CommentOn(Words, "On the print", print));
        await _store.Addresses.MergeAsync(Viewer.Operator, print.Uri!, page.Uri!, Ct);
        var parted = await _store.Addresses.PartAsync(Viewer.Operator, PublicId.Of(onPage.SourceId), [print.Uri!], Ct);
        Assert.Equal(
            [
                (onPrint.SourceId, onPage.SourceId, ChangeAction.Merge, Audience.Nobody),
                (onPage.SourceId, onPrint.SourceId, ChangeAction.Merge, Audience.World),
                (onPage.SourceId, parted, ChangeAction.Part, Audience.World),
                (parted, onPage.SourceId, ChangeAction.Part, Audience.World),
            ],
            await LoggedAsync());

        async Task<List<(Guid?, Guid?, ChangeAction, Audience)>> LoggedAsync()
        {
            await using var db = await _store.Databases.CreateDbContextAsync(Ct);
            var changes = await db.Changes
                .Where(c => c.OtherSourceId == onPage.SourceId || (c.SourceId == onPage.SourceId && c.OtherSourceId != null))
                .OrderBy(c => c.Id).ToListAsync(Ct);
            return changes.ConvertAll(c => (c.SourceId, c.OtherSourceId, c.Action, c.SeenAfter));
        }
    }

    [Fact]
    public async Task What_was_parted_is_as_it_was_before()
    {
        var (mei, tom) = (await _store.PersonAsync("Mei2"), await _store.PersonAsync("Tom2"));
        var (page, print) = (Drafts.Unique("Page two"), Drafts.Unique("Print two"));
        var onPage = await _store.WriteAsync(mei, Drafts.CommentOn(Words, "On the page", page));
        var onPrint = await _store.WriteAsync(tom, Drafts.CommentOn(Words, "On the print", print));
        var reply = await _store.WriteAsync(mei, Drafts.ReplyTo(onPrint, "An answer"));
        var merged = await _store.Addresses.MergeAsync(Viewer.Operator, print.Uri!, page.Uri!, Ct);

        var parted = await _store.Addresses.PartAsync(Viewer.Operator, PublicId.Of(merged), [print.Uri! + "#section"], Ct);

        var (first, second) = (
            await _store.Sources.ReadAsync(Viewer.Visitor, merged, Ct), await _store.Sources.ReadAsync(Viewer.Visitor, parted, Ct));
        Assert.Equal([onPage.Id], first.Annotations.Select(a => a.Id));
        Assert.Equal([onPrint.Id, reply.Id], second.Annotations.Select(a => a.Id).Order());
        Assert.Equal([page.Uri!], first.Source.Uris);
        Assert.Equal([print.Uri!], second.Source.Uris);
        Assert.Equal(Words, Assert.Single(first.Passages).Quote.Exact);
        Assert.Equal(Words, Assert.Single(second.Passages).Quote.Exact);
        Assert.Equal(
            2, (await _store.Search.FindAsync(Viewer.Visitor, SearchQuery.Parse($"source:{PublicId.Of(parted)}"), new(), Ct)).Counted);
        Assert.Equal(
            1, (await _store.Search.FindAsync(Viewer.Visitor, SearchQuery.Parse($"source:{PublicId.Of(merged)}"), new(), Ct)).Counted);
        Assert.Equal(parted, (await _store.WriteAsync(tom, Drafts.PageNote("Later", print))).SourceId);
    }

    [Fact]
    public async Task Surroundings_that_everybody_knows_win_over_those_that_one_knows()
    {
        var (mei, tom) = (await _store.PersonAsync("Mei3"), await _store.PersonAsync("Tom3"));
        var (page, print) = (Drafts.Unique("Page three"), Drafts.Unique("Print three"));
        await _store.WriteAsync(mei, Drafts.CommentOn(new Quote(Words, "only for Mei "), "Mine", page).Private());
        await _store.WriteAsync(tom, Drafts.CommentOn(new Quote(Words, "for Mei "), "Everybody's", print));
        var merged = await _store.Addresses.MergeAsync(Viewer.Operator, print.Uri!, page.Uri!, Ct);
        Assert.Equal("for Mei ", Assert.Single((await _store.Sources.ReadAsync(Viewer.Visitor, merged, Ct)).Passages).Quote.Prefix);
    }

    [Fact]
    public async Task Only_who_runs_the_installation_merges_and_parts()
    {
        var mei = await _store.PersonAsync("Mei4");
        var page = Drafts.Unique("Page four");
        await _store.WriteAsync(mei, Drafts.PageNote("A note", page));
        await Assert.ThrowsAsync<Forbidden>(() => _store.Addresses.MergeAsync(mei, page.Uri!, page.Uri!, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => _store.Addresses.PartAsync(mei, page.Uri!, [page.Uri!], Ct));
        await Assert.ThrowsAsync<Missing>(() => _store.Addresses.MergeAsync(Viewer.Operator, page.Uri!, "https://nowhere.example/", Ct));
    }
}

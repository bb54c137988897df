using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Annotations;

public sealed class AnnotationImportTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private static readonly DateTimeOffset LongAgo = new(2019, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly TestStore _store = shared.Store;

    [Fact]
    public async Task Authors_times_and_unknown_keys_come_along()
    {
        var origin = new Provenance(new Userid("Ann.Lee", "elsewhere.example"), "安", LongAgo, LongAgo.AddDays(1));
        var received = new Received { Selectors = """[{"type":"RangeSelector"}]""", Extra = """{"hypothesis":{"x":"\u0000"}}""" };
        var draft = Drafts.CommentOn(Drafts.Desperation, "From elsewhere.") with { Provenance = origin, Received = received };
        Assert.Equal([WriteOutcome.Stored], await _store.Batches.WriteAsync([draft], Ct));
        var read = await _store.Reader.FindAsync(Viewer.Visitor, draft.Id, Ct);
        Assert.Equal((origin.Author, "安"), (read.Author.Userid, read.Author.Name));
        Assert.Equal((origin.Created, origin.Updated), (read.Created, read.Updated));
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        var stored = await db.Annotations.SingleAsync(a => a.Id == draft.Id, Ct);
        Assert.Equal((received.Selectors, received.Extra), (stored.Selectors, stored.Extra));
    }

    [Fact]
    public async Task Names_that_differ_in_case_and_dots_are_one_author()
    {
        var drafts = new[] { "Bo.Li", "boli", "BOLI" }.Select(name => Drafts.PageNote($"By {name}").Imported(name, LongAgo)).ToList();
        await _store.Batches.WriteAsync(drafts[..2], Ct);
        await _store.Batches.WriteAsync(drafts[2..], Ct);
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        Assert.Equal(1, await db.People.CountAsync(p => p.NameKey == "boli", Ct));
    }

    [Fact]
    public async Task Every_draft_has_an_outcome_and_bad_ones_do_not_hold_up_the_others()
    {
        AnnotationDraft[] drafts =
        [
            Drafts.PageNote("Good").Imported("Ann", LongAgo),
            Drafts.PageNote("").Imported("Ann", LongAgo),
            Drafts.PageNote("No source") with { Source = null, Provenance = Drafts.PageNote("").Imported("Ann", LongAgo).Provenance },
            Drafts.PageNote("Lost source").Imported("Ann", LongAgo) with { SourceId = Guid.CreateVersion7() },
            Drafts.PageNote("Before all ids").Imported("Ann", DateTimeOffset.MinValue),
            Drafts.PageNote("A long group").Imported("Ann", LongAgo) with { GroupId = new string('g', 65) },
            Drafts.PageNote("No author") with { Provenance = null },
            Drafts.PageNote("A long name").Imported(new string('n', 65), LongAgo),
            Drafts.PageNote("Good too").Imported("Ann", LongAgo),
        ];
        var outcomes = await _store.Batches.WriteAsync(drafts, Ct, new WriteMode(MakesGroups: true));
        Assert.Equal([true, false, false, false, false, false, false, false, true], outcomes.Select(o => o.IsNew));
        Assert.Equal(outcomes.Select(o => !o.IsNew), outcomes.Select(o => o.Refusal is not null));
        Assert.Equal("Good too", (await _store.Reader.FindAsync(Viewer.Visitor, drafts[^1].Id, Ct)).Body);
    }

    [Fact]
    public async Task Importing_again_stores_nothing_new()
    {
        var draft = Drafts.CommentOn(Drafts.Desperation, "Once is enough.").Imported("Ann", LongAgo);
        Assert.Equal([WriteOutcome.Stored, WriteOutcome.ThereAlready], await _store.Batches.WriteAsync([draft, draft], Ct));
        Assert.Equal([WriteOutcome.ThereAlready], await _store.Batches.WriteAsync([draft], Ct));
    }

    [Fact]
    public async Task Times_of_other_zones_are_the_same_moment()
    {
        var draft = Drafts.PageNote("At noon in Kathmandu.").Imported("Ann", LongAgo.ToOffset(new TimeSpan(5, 45, 0)));
        Assert.Equal([WriteOutcome.Stored], await _store.Batches.WriteAsync([draft], Ct));
        Assert.Equal(LongAgo, (await _store.Reader.FindAsync(Viewer.Visitor, draft.Id, Ct)).Created);
    }

    [Fact]
    public async Task Who_wrote_in_an_imported_group_belongs_to_it()
    {
        var draft = Drafts.PageNote("Among us.").Imported("Circle.Member", LongAgo) with { GroupId = "imported" };
        await _store.Batches.WriteAsync([draft], Ct, new WriteMode(MakesGroups: true));
        await Assert.ThrowsAsync<Missing>(() => _store.Reader.FindAsync(Viewer.Visitor, draft.Id, Ct));
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        var author = await db.People.SingleAsync(p => p.NameKey == "circlemember", Ct);
        Assert.Equal("imported", (await db.Memberships.SingleAsync(m => m.PersonId == author.Id, Ct)).GroupId);
    }

    [Fact]
    public async Task A_reply_may_come_before_what_it_answers()
    {
        var root = Drafts.CommentOn(Drafts.Desperation, "Root").Imported("Ann", LongAgo);
        var reply = Drafts.PageNote("Reply").Imported("Bo", LongAgo.AddMinutes(1)) with { References = [root.Id] };
        Assert.Equal([WriteOutcome.Stored, WriteOutcome.Stored], await _store.Batches.WriteAsync([reply, root], Ct));
        var reading = await _store.Sources.ReadThreadAsync(Viewer.Visitor, reply.Id, Ct);
        Assert.Equal((root.Id, Drafts.Desperation), (reading.Thread.Root?.Id, reading.Passage?.Quote.Exact));
    }
}

using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Reading;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Reading;

/// <summary>What the library says of each source is what its reader would count, whatever happened before, counted anew or not.</summary>
public sealed class SourceActivityTests : IAsyncLifetime
{
    private const int Steps = 60, Sources = 6;
    private const string Circle = "circle";

    private TestStore? _store;
    private Viewer _ann = Viewer.Visitor;
    private Viewer _bo = Viewer.Visitor;
    private Viewer _moderator = Viewer.Visitor;
    private Viewer _administrator = Viewer.Visitor;

    private TestStore Store => _store!;
    private SourceCounts Counts => new(Store.Databases);

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.CreateAsync();
        _ann = await Store.PersonAsync("Ann", Circle);
        _bo = await Store.PersonAsync("Bo");
        _moderator = await Store.PersonAsync("Mo", Circle) with { Moderates = [Circle, Viewer.PublicGroup] };
        _administrator = await Store.PersonAsync("Ada") with { IsAdministrator = true };
    }

    public async ValueTask DisposeAsync() => await Store.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_library_counts_rightly_after_each_step_of_any_history(int seed)
    {
        var random = new Random(seed);
        (string Name, Func<Random, Task> Act)[] acts =
        [
            ("write", WriteAsync), ("write", WriteAsync), ("write", WriteAsync), ("reply", ReplyAsync), ("part", PartAsync),
            ("import few", r => ImportAsync(r, 3)), ("import many", r => ImportAsync(r, 60)),
            ("edit", EditAsync), ("edit", EditAsync), ("moderate", ModerateAsync), ("delete", DeleteAsync), ("restore", RestoreAsync),
            ("purge", PurgeAsync), ("silence", SilenceAsync), ("open or close", OpenOrCloseAsync), ("merge", MergeAsync),
            ("count", _ => Counts.RenewAsync(Ct)), ("count", _ => Counts.RenewAsync(Ct)), ("count", _ => Counts.RenewAsync(Ct)),
        ];
        await WriteAsync(random);
        var (history, done) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        for (var step = 0; step < Steps; step++)
        {
            var (name, act) = acts[random.Next(acts.Length)];
            history.Add(name);
            try
            {
                await act(random);
                done.Add(name);
            }
            catch (Refusal)
            {
                history.Add("refused");
            }

            await AssertCountedAsync($"seed {seed}: {string.Join(", ", history)}");
        }

        // Most of it was possible.
        Assert.InRange(done.Count, 10, acts.Length);
    }

    [Fact]
    public async Task What_is_being_written_while_sources_are_counted_is_counted_later()
    {
        var said = await Store.WriteAsync(_ann, Note(0, "First"));
        await Store.WriteAsync(_ann, Note(1, "Elsewhere"));
        await Counts.RenewAsync(Ct);
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        await using (var transaction = await db.Database.BeginTransactionAsync(Ct))
        {
            await db.Database.ExecuteSqlAsync($"update annotation set body = '' where id = {said.Id}", Ct);
            await Store.WriteAsync(_bo, Note(1, "Elsewhere too"));
            Assert.Equal(1, await Counts.RenewAsync(Ct));
            await transaction.CommitAsync(Ct);
        }

        await AssertCountedAsync("after the first");
        await using (var transaction = await db.Database.BeginTransactionAsync(Ct))
        {
            // Nothing of the source is current, and what is written here is not committed when all is counted.
            await Store.WriteAsync(_bo, Note(0, "Second"));
            await db.Database.ExecuteSqlAsync($"update annotation set body = 'Said' where id = {said.Id}", Ct);
            await Counts.RenewAsync(Ct);
            await transaction.CommitAsync(Ct);
        }

        await AssertCountedAsync("after the second");
        Assert.Equal(1, await Counts.RenewAsync(Ct));
        await AssertCountedAsync("after all");
    }

    [Fact]
    public async Task A_group_that_closes_while_sources_are_counted_is_not_counted_for_visitors()
    {
        await SetKindAsync(GroupKind.Restricted);
        await Store.WriteAsync(_ann, Note(0, "In the circle") with { GroupId = Circle });
        await Store.WriteAsync(_bo, Note(0, "For all"));
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        await using (var transaction = await db.Database.BeginTransactionAsync(Ct))
        {
            await db.Database.ExecuteSqlAsync($"update \"group\" set kind = {(int)GroupKind.Private} where id = {Circle}", Ct);
            Assert.Equal(0, await Counts.RenewAsync(Ct));
            await transaction.CommitAsync(Ct);
        }

        await AssertCountedAsync("after closing");
        Assert.Equal(1, await Counts.RenewAsync(Ct));
        await AssertCountedAsync("after counting");
    }

    [Fact]
    public async Task Sources_that_are_counted_are_read_and_not_counted_again()
    {
        var said = await Store.WriteAsync(_ann, Note(0, "First"));
        await Counts.RenewAsync(Ct);
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        await db.SourceActivity.ExecuteUpdateAsync(set => set.SetProperty(c => c.People, 42), Ct);
        Assert.Equal((42, 42), (await PeopleAsync(Viewer.Visitor), await PeopleAsync(_bo)));
        await Store.WriteAsync(_ann, Note(0, "Only for me").Private());
        await db.SourceActivity.ExecuteUpdateAsync(set => set.SetProperty(c => c.IsCurrent, true), Ct);
        // Whoever reads more than everybody does counts for themselves, and nobody else does.
        Assert.Equal((42, 42), (await PeopleAsync(Viewer.Visitor), await PeopleAsync(_bo)));
        Assert.Equal(1, await PeopleAsync(_ann));
        await Store.Removal.DeleteAsync(_ann, said.Id, Ct);
        Assert.False(await db.SourceActivity.AsNoTracking().Select(c => c.IsCurrent).SingleAsync(Ct));
    }

    private async Task<int> PeopleAsync(Viewer viewer) =>
        Assert.Single((await Store.Library.BrowseAsync(viewer, new LibraryQuery(), Ct)).Items).People;

    private async Task AssertCountedAsync(string history)
    {
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        var all = await db.Annotations.AsNoTracking().Include(a => a.Author).Include(a => a.Group).ToListAsync(Ct);
        var last = await db.Sources.ToDictionaryAsync(s => s.Id, s => s.LastActivity, Ct);
        foreach (var viewer in new[] { Viewer.Visitor, _ann, _bo, _moderator, _administrator, Viewer.Operator })
        {
            var shown = await Store.Library.BrowseAsync(viewer, new LibraryQuery(), Ct);
            Assert.Null(shown.Next);
            var cards = shown.Items.Select(c => new SourceCount(c.Id, c.Passages, c.Comments, c.People, c.Newest));
            Assert.Equal((history, Text(CountsOf(all, viewer).Select(c => c with { Newest = last[c.SourceId] }))), (history, Text(cards)));
        }

        var kept = await db.SourceActivity.AsNoTracking().ToListAsync(Ct);
        Assert.Equal(await db.Sources.CountAsync(Ct), kept.Count);
        var counted = CountsOf(all, Viewer.Visitor).ToDictionary(c => c.SourceId);
        foreach (var row in kept.Where(c => c.IsCurrent))
        {
            var truth = counted.GetValueOrDefault(row.SourceId) ?? new SourceCount(row.SourceId, 0, 0, 0, null);
            Assert.Equal((history, truth), (history, new SourceCount(row.SourceId, row.Passages, row.Comments, row.People, row.Newest)));
        }
    }

    private static IEnumerable<SourceCount> CountsOf(IEnumerable<Annotation> all, Viewer viewer) =>
        all.Where(a => Readership.Of(new Standing
        {
            OwnerId = a.AuthorId,
            GroupId = a.GroupId,
            GroupKind = a.Group!.Kind,
            IsShared = a.Shared,
            IsHeld = a.Moderation is not ModerationState.Approved,
            IsSilenced = a.Author!.IsSilenced,
            IsDeleted = a.Deleted is not null,
        }).Includes(viewer))
            .GroupBy(a => a.SourceId)
            .Select(g => new SourceCount(
                g.Key,
                g.Select(a => a.PassageId).OfType<Guid>().Distinct().Count(),
                g.Count(a => a.Body.Length > 0),
                g.Select(a => a.AuthorId).Distinct().Count(),
                g.Max(a => a.Created)));

    private static string Text(IEnumerable<SourceCount> counts) => string.Join('\n', counts.OrderBy(c => c.SourceId));

    private static Citation Source(int number) => new($"https://activity.example/{number}", $"Source {number}", null, "en");

    private static AnnotationDraft Note(int source, string body) => Drafts.PageNote(body, Source(source)) with { Language = "en" };

    private static AnnotationDraft Any(Random random)
    {
        var source = Source(random.Next(Sources));
        var draft = random.Next(4) == 0
            ? Drafts.PageNote("A note", source)
            : Drafts.CommentOn($"Words number {random.Next(4)}.", random.Next(3) == 0 ? "" : "A comment", source);
        return draft with { Language = "en", Shared = random.Next(4) > 0 };
    }

    private Viewer Anybody(Random random) => random.Next(2) == 0 ? _ann : _bo;

    private async Task<Annotation> AnyAsync(Random random, bool isDeleted = false)
    {
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        var all = await db.Annotations.AsNoTracking().Where(a => a.Deleted != null == isDeleted)
            .OrderBy(a => a.Created).ThenBy(a => a.Id).ToListAsync(Ct);
        return all.Count == 0 ? throw new Missing("annotation") : all[random.Next(all.Count)];
    }

    private Viewer Of(Annotation annotation) =>
        annotation.AuthorId == _ann.PersonId ? _ann : annotation.AuthorId == _bo.PersonId ? _bo : throw new Forbidden("edit");

    private async Task WriteAsync(Random random)
    {
        var author = Anybody(random);
        await Store.WriteAsync(author, Any(random) with { GroupId = author == _ann && random.Next(2) == 0 ? Circle : Viewer.PublicGroup });
    }

    private async Task ImportAsync(Random random, int count)
    {
        var now = Store.Clock.GetUtcNow();
        var drafts = Enumerable.Range(0, count).Select(i => Any(random).Imported($"Imported{random.Next(5)}", now.AddMinutes(i - 100))
            with { GroupId = random.Next(4) == 0 ? Circle : Viewer.PublicGroup });
        await Store.Batches.WriteAsync([.. drafts], Ct, new WriteMode(MakesGroups: true));
    }

    private async Task ReplyAsync(Random random)
    {
        var parent = await AnyAsync(random);
        await Store.WriteAsync(_ann, new AnnotationDraft { Id = Guid.CreateVersion7(), References = [parent.Id], Body = "A reply" });
    }

    private async Task EditAsync(Random random)
    {
        var annotation = await AnyAsync(random);
        var quote = random.Next(2) == 0 ? null : new Quote("Words number 1.");
        var edit = new AnnotationEdit(annotation.Version, random.Next(3) == 0 ? "" : "Edited", "en", [], random.Next(2) == 0)
        {
            Target = random.Next(2) == 0 ? null : new NewTarget(Source(random.Next(Sources)), quote),
        };
        await Store.Writer.EditAsync(Of(annotation), annotation.Id, edit, Ct);
    }

    private async Task ModerateAsync(Random random)
    {
        var annotation = await AnyAsync(random);
        var state = random.Next(2) == 0 ? ModerationState.Approved : ModerationState.Hidden;
        await Store.Moderation.ModerateAsync(annotation.GroupId is Circle ? _moderator : _administrator, annotation.Id, state, null, Ct);
    }

    private async Task DeleteAsync(Random random)
    {
        var annotation = await AnyAsync(random);
        await Store.Removal.DeleteAsync(Of(annotation), annotation.Id, Ct);
    }

    private async Task RestoreAsync(Random random)
    {
        var annotation = await AnyAsync(random, isDeleted: true);
        await Store.Removal.RestoreAsync(Of(annotation), annotation.Id, Ct);
    }

    private async Task PurgeAsync(Random random)
    {
        if (random.Next(2) == 0)
            Store.Clock.Advance(Annotation.Restorable + TimeSpan.FromHours(1));
        await Store.Removal.PurgeAsync(Ct);
    }

    private async Task SilenceAsync(Random random)
    {
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        var person = (await db.People.FindAsync([Anybody(random).RequirePerson()], Ct))!;
        (person.IsSilenced ? (Action)person.Unsilence : person.Silence)();
        await db.SaveChangesAsync(Ct);
    }

    private Task OpenOrCloseAsync(Random random) => SetKindAsync(random.Next(2) == 0 ? GroupKind.Private : GroupKind.Restricted);

    private async Task SetKindAsync(GroupKind kind)
    {
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        (await db.Groups.FindAsync([Circle], Ct))!.Become(kind);
        await db.SaveChangesAsync(Ct);
    }

    private async Task MergeAsync(Random random)
    {
        var from = random.Next(Sources);
        await Store.Addresses.MergeAsync(Viewer.Operator, Source(from).Uri!, Source((from + 1) % Sources).Uri!, Ct);
    }

    private async Task PartAsync(Random random)
    {
        var address = Source(random.Next(Sources)).Uri!;
        await Store.Addresses.PartAsync(Viewer.Operator, address, [address], Ct);
    }
}

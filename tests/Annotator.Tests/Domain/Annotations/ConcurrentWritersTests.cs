using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Annotations;

public sealed class ConcurrentWritersTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private readonly TestStore _store = shared.Store;

    [Fact]
    public async Task Writers_who_meet_on_a_new_source_share_it()
    {
        var people = new List<Viewer>();
        foreach (var name in new[] { "Mei", "Tom", "Zoe", "Ann" })
            people.Add(await _store.PersonAsync(name));
        for (var round = 0; round < 5; round++)
        {
            var source = Drafts.Unique($"New {round}");
            var written = await AtOnceAsync(people, person => _store.Writer.CreateAsync(person, Drafts.PageNote("First!", source), Ct));
            Assert.Single(written.Select(a => a.SourceId).Distinct());
        }
    }

    [Fact]
    public async Task Importers_who_meet_on_a_new_author_share_it()
    {
        for (var round = 0; round < 5; round++)
        {
            var outcomes = await AtOnceAsync(Enumerable.Range(0, 4), _ =>
                _store.Batches.WriteAsync(
                    [
                        Drafts.PageNote("First!", Drafts.Unique("Any"))
                            .Imported($"author{round}", _store.Clock.GetUtcNow()) with { GroupId = $"group{round}" },
                    ],
                    Ct,
                    new WriteMode(MakesGroups: true)));
            Assert.All(outcomes, outcome => Assert.Equal([WriteOutcome.Stored], outcome));
        }
    }

    [Fact]
    public async Task The_same_draft_sent_twice_at_once_is_stored_once()
    {
        var mei = await _store.PersonAsync("Mei.Twice");
        var draft = Drafts.CommentOn(Drafts.Desperation, "Double click");
        var written = await AtOnceAsync(Enumerable.Range(0, 4), _ => _store.Writer.CreateAsync(mei, draft, Ct));
        Assert.All(written, view => Assert.Equal(draft.Id, view.Id));
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        Assert.Equal(1, await db.Annotations.CountAsync(a => a.AuthorId == mei.PersonId, Ct));
    }

    [Fact]
    public async Task Of_two_edits_at_once_one_is_written_and_the_other_told()
    {
        var mei = await _store.PersonAsync("Mei.Edits");
        var written = await _store.WriteAsync(mei, Drafts.PageNote("0"));
        for (var version = 1; version <= 5; version++)
        {
            var conflicts = await AtOnceAsync(Enumerable.Range(0, 4), async i =>
            {
                try
                {
                    await _store.Writer.EditAsync(mei, written.Id, new AnnotationEdit(version, $"{version}.{i}", null, [], true), Ct);
                    return 0;
                }
                catch (EditConflict)
                {
                    return 1;
                }
            });
            Assert.Equal(3, conflicts.Sum());
        }

        Assert.Equal([5, 4, 3, 2, 1], (await _store.Reader.HistoryAsync(mei, written.Id, Ct)).Select(r => r.Version));
    }

    [Fact]
    public async Task Deleting_does_not_mind_edits_at_the_same_moment()
    {
        var mei = await _store.PersonAsync("Mei.Deletes");
        for (var round = 0; round < 5; round++)
        {
            var written = await _store.WriteAsync(mei, Drafts.PageNote("Going"));
            var underWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var edits = Task.Run(async () =>
            {
                for (var version = 1; ; version++)
                {
                    await _store.Writer.EditAsync(mei, written.Id, new AnnotationEdit(version, $"Staying {version}", null, [], true), Ct);
                    underWay.TrySetResult();
                }
            }, Ct);
            await Task.WhenAny(underWay.Task, edits);
            await _store.Removal.DeleteAsync(mei, written.Id, Ct);
            await Assert.ThrowsAsync<Missing>(() => edits);
            await Assert.ThrowsAsync<Missing>(() => _store.Reader.FindAsync(mei, written.Id, Ct));
        }
    }

    private static async Task<IReadOnlyList<TResult>> AtOnceAsync<T, TResult>(IEnumerable<T> each, Func<T, Task<TResult>> act)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tasks = each.Select(one => Task.Run(async () =>
        {
            await start.Task;
            return await act(one);
        })).ToList();
        start.SetResult();
        return await Task.WhenAll(tasks);
    }
}

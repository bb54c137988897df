using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Search;
using Annotator.Domain.Sources;
using CsCheck;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Annotations;

/// <summary>Who sees what, asked of every door of the domain.</summary>
public sealed class VisibilityTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private static readonly string[] Groups = [Viewer.PublicGroup, "east", "west"];

    private readonly TestStore _store = shared.Store;

    /// <summary>Author and group by number, and the number of the one it answers, where the author sees that.</summary>
    private sealed record Plan(int Author, int Group, bool Shared, bool Deleted, int? Answers)
    {
        public static Gen<Plan[]> Some { get; } =
            Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Bool, Gen.Int[0, 4], Gen.Int[-3, 8])
                .Select((author, group, isShared, deleted, answers) =>
                    new Plan(author, group, isShared, deleted == 0, answers < 0 ? null : answers))
                .Array[1, 9];
    }

    [Fact]
    public async Task Every_door_shows_the_same_annotations()
    {
        var mei = await _store.PersonAsync("Mei", "east");
        var tom = await _store.PersonAsync("Tom", "east", "west");
        var zoe = await _store.PersonAsync("Zoe", "west");
        var alone = await _store.PersonAsync("Alone");
        await Plan.Some.SampleAsync(async plans =>
        {
            var (source, written) = await WriteAsync([mei, tom, zoe], plans);
            foreach (var viewer in new[] { mei, tom, zoe, alone, Viewer.Visitor, Viewer.Operator })
            {
                var expected = written.Where(w => IsFor(viewer, w)).Select(w => w.View.Id).ToHashSet();
                await AssertDoorsAsync(viewer, source, written, expected);
            }
        }, iter: 12, threads: 1);
    }

    /// <summary>The rule in other words than the code's.</summary>
    private static bool IsFor(Viewer viewer, Written written) => written switch
    {
        { IsDeleted: true } => false,
        { View.Shared: true } when viewer.IsOperator => true,
        { View.Shared: true } => written.View.GroupId is Viewer.PublicGroup || viewer.Reads.Contains(written.View.GroupId),
        _ => viewer.PersonId == written.View.Author.Id,
    };

    private async Task AssertDoorsAsync(Viewer viewer, Citation source, IReadOnlyList<Written> written, HashSet<Guid> expected)
    {
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        var ids = written.Select(w => w.View.Id).ToArray();
        var all = await db.Annotations.Include(a => a.Author).Include(a => a.Group).Where(a => ids.Contains(a.Id)).ToListAsync(Ct);
        Assert.Equal(expected, await db.Annotations.VisibleTo(viewer).Where(a => ids.Contains(a.Id)).Select(a => a.Id).ToHashSetAsync(Ct));
        Assert.Equal(expected, all.Where(Visibility.For<Annotation>(viewer).Compile()).Select(a => a.Id).ToHashSet());
        foreach (var id in ids)
            Assert.Equal(expected.Contains(id), await IsThereAsync(() => _store.Reader.FindAsync(viewer, id, Ct)));
        Assert.Equal(expected, await ReadAsync(viewer, written[0].View.SourceId));
        await AssertThreadsAsync(viewer, written, expected);
        await AssertSearchAsync(viewer, source, expected);
        await AssertCardAsync(viewer, source, written.Where(w => expected.Contains(w.View.Id)).ToList());
    }

    private async Task<HashSet<Guid>> ReadAsync(Viewer viewer, Guid sourceId)
    {
        try
        {
            var reading = await _store.Sources.ReadAsync(viewer, sourceId, Ct);
            Assert.All(reading.Annotations, a => Assert.Equal(a.Author.Id == viewer.PersonId, a.IsMine));
            return [.. reading.Annotations.Select(a => a.Id)];
        }
        catch (Missing)
        {
            return [];
        }
    }

    private async Task AssertThreadsAsync(Viewer viewer, IReadOnlyList<Written> written, HashSet<Guid> expected)
    {
        foreach (var view in written.Select(w => w.View))
        {
            var isThere = await IsThereAsync(async () =>
            {
                var reading = await _store.Sources.ReadThreadAsync(viewer, view.Id, Ct);
                Assert.Contains(view.Id, reading.Thread.All.Select(a => a.Id));
                Assert.Subset(expected, reading.Thread.All.Select(a => a.Id).ToHashSet());
            });
            Assert.Equal(expected.Contains(view.Id), isThere);
        }
    }

    private async Task AssertSearchAsync(Viewer viewer, Citation source, HashSet<Guid> expected)
    {
        var byText = SearchQuery.Parse(source.Title);
        var bySource = SearchQuery.Parse($"source:{source.Uri}");
        foreach (var query in new[] { byText, bySource })
        {
            var results = await _store.Search.FindAsync(viewer, query, new SearchOptions(), Ct);
            Assert.Equal(expected, results.Hits.Select(h => h.Annotation.Id).ToHashSet());
            Assert.Equal(expected.Count, results.Counted);
            Assert.Equal(expected.Count, results.Facets!.Sources.Sum(s => s.Count));
            Assert.Equal(expected.Count, results.Facets!.People.Sum(p => p.Count));
        }

        var exported = new List<Guid>();
        await foreach (var hit in _store.Search.AllAsync(viewer, byText, Ct))
            exported.Add(hit.Annotation.Id);
        Assert.Equal(expected, exported.ToHashSet());
    }

    private async Task AssertCardAsync(Viewer viewer, Citation source, IReadOnlyList<Written> seen)
    {
        var page = await _store.Library.BrowseAsync(viewer, new(Tag: source.Title), Ct);
        var tags = (await _store.Library.TagsAsync(viewer, 1_000, Ct))
            .Where(t => string.Equals(t.Value, source.Title, StringComparison.Ordinal))
            .Sum(t => t.Count);
        Assert.Equal(seen.Count, tags);
        if (seen.Count == 0)
        {
            Assert.Empty(page.Items);
            return;
        }

        var card = Assert.Single(page.Items);
        Assert.Equal(seen.Count, card.Comments);
        Assert.Equal(seen.Select(w => w.View.Author.Id).Distinct().Count(), card.People);
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        Assert.Equal((await db.Sources.SingleAsync(s => s.Id == card.Id, Ct)).LastActivity, card.Newest);
        Assert.Equal(seen.Select(w => w.View.PassageId).OfType<Guid>().Distinct().Count(), card.Passages);
    }

    private async Task<(Citation Source, IReadOnlyList<Written> Written)> WriteAsync(Viewer[] people, Plan[] plans)
    {
        var name = $"n{Guid.CreateVersion7():N}";
        var source = new Citation($"https://texts.example/{name}", name, null, "en");
        var written = new List<Written>();
        foreach (var plan in plans)
        {
            var author = people[plan.Author];
            var parent = plan.Answers < written.Count ? written[plan.Answers.Value] : null;
            var draft = parent is not null && IsFor(author, parent with { IsDeleted = false })
                ? Drafts.ReplyTo(parent.View, "A reply")
                : Drafts.CommentOn(
                    $"passage {plan.Group}", "A comment", source) with
                    {
                        GroupId = author.Writes.Contains(Groups[plan.Group]) ? Groups[plan.Group] : Viewer.PublicGroup,
                    };
            written.Add(new Written(await _store.WriteAsync(author, draft with { Shared = plan.Shared, Tags = [name] }), false));
        }

        for (var i = 0; i < plans.Length; i++)
        {
            if (!plans[i].Deleted)
                continue;
            await _store.Removal.DeleteAsync(people[plans[i].Author], written[i].View.Id, Ct);
            written[i] = written[i] with { IsDeleted = true };
        }

        return (source, written);
    }

    private static async Task<bool> IsThereAsync(Func<Task> find)
    {
        try
        {
            await find();
            return true;
        }
        catch (Missing)
        {
            return false;
        }
    }

    private sealed record Written(AnnotationView View, bool IsDeleted);
}

using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Passages;

/// <summary>
/// Where words stand that somebody quoted privately is told to nobody by the place, the order or the company of a passage.
/// </summary>
public sealed class PrivateContextTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private const string Words = "time is short";

    private static readonly string[] Twice = [$"Some say that {Words} and go to sleep.", $"Others say that {Words} and get up."];

    private readonly TestStore _store = shared.Store;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Others_see_no_place_that_only_a_private_context_tells(bool inGroup, bool keeperLooksFirst)
    {
        var (keeper, member, other) = await PeopleAsync();
        var (page, text) = await TextAsync(other);
        var draft = Drafts.CommentOn(new Quote(Words, "Others say that ", " and get up."), "Kept", page);
        var kept = await _store.WriteAsync(keeper, inGroup ? draft with { GroupId = GroupOf(keeper) } : draft.Private());
        var open = await _store.WriteAsync(other, Drafts.CommentOn(Words, "For all", page));
        Assert.Equal(kept.PassageId, open.PassageId);
        var second = Twice[0].Length + 1 + "Others say that ".Length;
        if (keeperLooksFirst)
            Assert.Equal(second, (await PlaceAsync(keeper, open.SourceId)).Start);
        foreach (var viewer in new[] { other, Viewer.Visitor })
            Assert.Equal((PlacementKind.Unplaced, 0), await ToldAsync(viewer, open.SourceId));
        foreach (var viewer in inGroup ? [keeper, member] : new[] { keeper })
            Assert.Equal((PlacementKind.Exact, second), await ToldAsync(viewer, open.SourceId));
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        Assert.All(
            await db.PassagePlaces.Where(p => p.SnapshotId == text).ToListAsync(Ct), p => Assert.Equal(PlacementKind.Unplaced, p.Kind));

        if (!inGroup)
        {
            await _store.Writer.EditAsync(keeper, kept.Id, new AnnotationEdit(1, "For all too", null, [], true), Ct);
            Assert.Equal((PlacementKind.Exact, second), await ToldAsync(Viewer.Visitor, open.SourceId));
        }
    }

    [Fact]
    public async Task Passages_stand_in_the_order_that_everybody_knows()
    {
        var (keeper, _, other) = await PeopleAsync();
        var page = Drafts.Unique("Order");
        await _store.WriteAsync(keeper, Drafts.CommentOn(new Quote("noted first", Start: 100, End: 111), "Kept", page).Private());
        await _store.WriteAsync(keeper, Drafts.CommentOn(new Quote("noted second", Start: 1, End: 13), "Kept", page).Private());
        var open = await _store.WriteAsync(other, Drafts.CommentOn("noted first", "For all", page));
        await _store.WriteAsync(other, Drafts.CommentOn("noted second", "For all", page));
        Assert.Equal(
            ["noted first", "noted second"],
            (await _store.Sources.ReadAsync(Viewer.Visitor, open.SourceId, Ct)).Passages.Select(p => p.Quote.Exact));
        Assert.Equal(
            ["noted second", "noted first"],
            (await _store.Sources.ReadAsync(keeper, open.SourceId, Ct)).Passages.Select(p => p.Quote.Exact));
    }

    [Fact]
    public async Task Those_who_write_in_public_meet_at_one_passage_whatever_was_noted_before()
    {
        var (keeper, member, other) = await PeopleAsync();
        var page = Drafts.Unique("Meeting");
        await _store.WriteAsync(keeper, Drafts.CommentOn(new Quote(Words, "never "), "Kept", page).Private());
        var first = await _store.WriteAsync(other, Drafts.CommentOn(new Quote(Words, "because "), "For all", page));
        Assert.Equal(first.PassageId, (await _store.WriteAsync(member, Drafts.CommentOn(Words, "For all too", page))).PassageId);
    }

    [Fact]
    public async Task What_stands_around_words_of_a_private_text_is_not_published_with_them()
    {
        var (keeper, _, other) = await PeopleAsync();
        var (page, text) = await TextAsync(keeper, shared: false);
        var source = (await _store.WriteAsync(keeper, Drafts.PageNote("A note", page))).SourceId;
        var selected = Twice[0].Length + 1 + "Others say that ".Length;
        var quote = new Quote(Words, Start: selected, End: selected + Words.Length);
        var open = await _store.WriteAsync(
            keeper, Drafts.CommentOn(quote, "For all") with { Source = null, SourceId = source, SnapshotId = text });
        var kept = await _store.WriteAsync(
            keeper,
            Drafts.CommentOn(
                new Quote("Some say", Start: 0, End: 8), "Kept") with
                {
                    Source = null, SourceId = source, SnapshotId = text, Shared = false,
                });
        await _store.Writer.EditAsync(keeper, kept.Id, new AnnotationEdit(1, "For all too", null, [], true), Ct);
        foreach (var viewer in new[] { other, Viewer.Visitor })
        {
            var reading = await _store.Sources.ReadAsync(viewer, open.SourceId, Ct);
            Assert.Equal(
                [new Quote(Words), new Quote("Some say")], reading.Passages.Select(p => p.Quote).OrderBy(q => q.Exact.Length).Reverse());
            Assert.Equal(new Quote(Words), (await _store.Sources.ReadThreadAsync(viewer, open.Id, Ct)).Passage!.Quote);
            Assert.Equal(new Quote(Words), (await _store.Reader.RecordAsync(viewer, open.Id, Ct)).Passage!.Quote);
        }

        var own = (await _store.Sources.ReadAsync(keeper, open.SourceId, Ct)).Passages;
        Assert.Equal([(PlacementKind.Exact, 0), (PlacementKind.Exact, selected)], own.Select(p => (p.Place!.Kind, p.Place.Start)));
    }

    [Fact]
    public async Task A_private_note_moves_no_passage_that_others_speak_of()
    {
        var (keeper, member, other) = await PeopleAsync();
        var (page, text) = await TextAsync(other);
        var kept = await _store.WriteAsync(keeper, Drafts.CommentOn("hours are few", "Kept", page).Private());
        var passage = kept.PassageId!.Value;
        await _store.Placer.PlaceAsync(keeper, passage, text, new Quote("go to sleep"), Ct);
        var inGroup = await _store.WriteAsync(
            member, Drafts.CommentOn("hours are few", "For the circle", page) with { GroupId = GroupOf(member) });
        Assert.Equal(passage, inGroup.PassageId);
        await _store.Placer.PlaceAsync(member, passage, text, new Quote("get up"), Ct);
        await Assert.ThrowsAsync<Forbidden>(() => _store.Placer.PlaceAsync(keeper, passage, text, new Quote("go to sleep"), Ct));
        await _store.WriteAsync(other, Drafts.CommentOn("hours are few", "For all", page));
        Assert.False(Assert.Single((await _store.Sources.ReadAsync(member, kept.SourceId, Ct)).Passages).MayBePlaced);
        await Assert.ThrowsAsync<Forbidden>(() => _store.Placer.PlaceAsync(member, passage, text, new Quote("go to sleep"), Ct));
        Assert.True(Assert.Single((await _store.Sources.ReadAsync(other, kept.SourceId, Ct)).Passages).MayBePlaced);
        await _store.Placer.PlaceAsync(other, passage, text, new Quote("go to sleep"), Ct);
    }

    [Fact]
    public async Task It_goes_with_the_annotation_that_it_came_with()
    {
        await using var store = await TestStore.CreateAsync();
        var (keeper, other) = (await store.PersonAsync("Keeper"), await store.PersonAsync("Other"));
        var page = Drafts.Unique("Gone");
        var deleted = await store.WriteAsync(keeper, Drafts.CommentOn(new Quote("deleted", "secret "), "Kept", page).Private());
        var moved = await store.WriteAsync(keeper, Drafts.CommentOn(new Quote("moved", "secret "), "Kept", page).Private());
        foreach (var words in new[] { "deleted", "moved" })
            await store.WriteAsync(other, Drafts.CommentOn(words, "For all", page));
        await store.Removal.DeleteAsync(keeper, deleted.Id, Ct);
        store.Clock.Advance(Annotation.Restorable + TimeSpan.FromSeconds(1));
        await store.Removal.PurgeAsync(Ct);
        await store.Writer.EditAsync(
            keeper, moved.Id, new AnnotationEdit(1, "Elsewhere", null, [], true) { Target = new(null, new Quote("other words")) }, Ct);
        await using var db = await store.Databases.CreateDbContextAsync(Ct);
        Assert.All(await db.Passages.ToListAsync(Ct), p => Assert.Equal(("", "", null), (p.Quote.Prefix, p.Quote.Suffix, p.ContextOfId)));
    }

    private async Task<(Viewer Keeper, Viewer Member, Viewer Other)> PeopleAsync()
    {
        var name = Guid.CreateVersion7().ToString("N");
        return (
            await _store.PersonAsync("Keeper" + name, "g" + name),
            await _store.PersonAsync("Member" + name, "g" + name),
            await _store.PersonAsync("Other" + name));
    }

    private static string GroupOf(Viewer viewer) => viewer.Writes.Single();

    /// <summary>A text that has the words twice.</summary>
    private async Task<(Citation Page, Guid Text)> TextAsync(Viewer person, bool shared = true)
    {
        var page = Drafts.Unique("Twice");
        return (page, (await _store.Texts.StoreAsync(person, Drafts.Text(Twice), page.Details() with { Shared = shared }, Ct)).Id);
    }

    private async Task<PassagePlace> PlaceAsync(Viewer viewer, Guid source) =>
        Assert.Single((await _store.Sources.ReadAsync(viewer, source, Ct)).Passages).Place!;

    private async Task<(PlacementKind, int)> ToldAsync(Viewer viewer, Guid source)
    {
        var place = await PlaceAsync(viewer, source);
        return (place.Kind, place.Start);
    }
}

using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Changes;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Passages.Anchoring;
using Annotator.Domain.Reading;
using Annotator.Domain.Sources;

namespace Annotator.Tests.Domain.Reading;

public sealed class SnapshotReadingTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private static readonly string[] Pond =
    [
        "I went to the woods because I wished to live deliberately.",
        "Time is but the stream I go a-fishing in.",
        "Simplicity, simplicity, simplicity!",
    ];

    [Fact]
    public async Task A_text_without_commentary_is_read_and_listed()
    {
        var (mei, source, _) = await PondAsync("bare");
        var reading = await Store.Sources.ReadAsync(mei, source, Ct);
        Assert.Equal(3, reading.Text!.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains((await Store.Library.BrowseAsync(mei, new LibraryQuery(Order: LibraryOrder.Added), Ct)).Items, c => c.Id == source);
        Assert.Equal("en", reading.Source.Language);
    }

    [Fact]
    public async Task A_private_text_is_read_by_who_added_it_alone()
    {
        var (mei, noor) = (await Store.PersonAsync("mei-private"), await Store.PersonAsync("noor-private"));
        var text = await Store.Texts.StoreAsync(
            mei, Drafts.Text("Nobody shall read this."), Drafts.Unique("Diary").Details() with { Shared = false }, Ct);
        Assert.Equal(text.Id, (await Store.Sources.ReadAsync(mei, text.SourceId, Ct)).Text!.Version.Id);
        await Assert.ThrowsAsync<Missing>(() => Store.Sources.ReadAsync(noor, text.SourceId, Ct));
        Assert.DoesNotContain(
            (await Store.Library.BrowseAsync(noor, new LibraryQuery(Order: LibraryOrder.Added), Ct)).Items, c => c.Id == text.SourceId);
        Assert.Null(await Store.Sources.TitleAsync(noor, text.SourceId, Ct));
        await Assert.ThrowsAsync<Missing>(() => Store.WriteAsync(noor, On(text.SourceId, text.Id, new Quote("Nobody"))));
    }

    [Fact]
    public async Task Only_who_has_added_a_text_or_an_administrator_changes_it()
    {
        var (mei, source, snapshot) = await PondAsync("changed");
        var noor = await Store.PersonAsync("noor-changed");
        var said = await Store.WriteAsync(noor, On(source, snapshot, new Quote("stream I go")));
        Assert.Equal("change_text", (await Assert.ThrowsAsync<Forbidden>(() => Store.Texts.RemoveAsync(noor, snapshot, Ct))).Action);
        Assert.Equal("change_text", (await Assert.ThrowsAsync<Forbidden>(() => Store.Texts.ShareAsync(noor, snapshot, false, Ct))).Action);
        await Assert.ThrowsAsync<Forbidden>(() => Store.Texts.RemoveAsync(Viewer.Visitor, snapshot, Ct));
        await Store.Texts.ShareAsync(mei, snapshot, false, Ct);
        Assert.Null((await Store.Sources.ReadAsync(noor, source, Ct)).Text);
        await Assert.ThrowsAsync<Missing>(() => Store.Texts.RemoveAsync(noor with { IsAdministrator = true }, snapshot, Ct));
        await Store.Texts.ShareAsync(mei, snapshot, true, Ct);
        await Store.Texts.RemoveAsync(noor with { IsAdministrator = true }, snapshot, Ct);
        var reading = await Store.Sources.ReadAsync(mei, source, Ct);
        Assert.Null(reading.Text);
        Assert.Equal(said.Id, Assert.Single(Assert.Single(reading.Passages).Threads).Id);
    }

    [Fact]
    public async Task An_open_page_asks_again_until_all_passages_are_found_when_the_time_was_too_short()
    {
        var (mei, source, _) = await PondAsync("slow");
        foreach (var paragraph in Pond)
            await Store.WriteAsync(mei, Drafts.CommentOn(paragraph, "Said.") with { Source = null, SourceId = source });
        var (log, slow) = (new ChangeLog(Store.Databases), new SourceReader(Store.Databases) { PlacingTime = TimeSpan.Zero });
        var versions = new List<string> { await log.VersionAsync(Viewer.Visitor, source, Ct) };
        List<int> found = [];
        // As a page does: it asks again when the source has another version than what it shows.
        do
        {
            found.Add((await slow.ReadAsync(mei, source, Ct)).Passages.Count(p => p.IsPlaced));
            versions.Add(await log.VersionAsync(Viewer.Visitor, source, Ct));
        } while (!string.Equals(versions[^2], versions[^1], StringComparison.Ordinal));
        Assert.Equal([1, 2, 3], found);
    }

    [Fact]
    public async Task What_is_selected_is_stored_with_its_surroundings_as_the_text_has_them()
    {
        var (mei, source, snapshot) = await PondAsync("selected");
        var written = await Store.WriteAsync(mei, On(source, snapshot, new Quote("stream I go", "wrong", "wrong", 75, 86)));
        var passage = Assert.Single((await Store.Sources.ReadAsync(mei, source, Ct)).Passages);
        Assert.Equal(("stream I go", 75, 86), (passage.Quote.Exact, passage.Quote.Start, passage.Quote.End));
        Assert.EndsWith("Time is but the ", passage.Quote.Prefix, StringComparison.Ordinal);
        Assert.Equal((PlacementKind.Exact, 75, 86), (passage.Place!.Kind, passage.Place.Start, passage.Place.End));
        Assert.Equal(written.PassageId, passage.Id);
    }

    [Fact]
    public async Task Wrong_positions_do_not_matter_where_the_words_stand_once()
    {
        var (mei, source, snapshot) = await PondAsync("positions");
        Assert.Equal(
            75,
            (await Placed(
                mei, source, await Store.WriteAsync(mei, On(source, snapshot, new Quote("stream", Start: 7_600, End: 7_606))))).Start);
    }

    [Theory]
    [InlineData("stream I went")]
    [InlineData("simplicity")]
    public async Task Words_that_the_text_has_not_or_several_times_are_refused(string words)
    {
        var (mei, source, snapshot) = await PondAsync($"wrong {words}");
        Assert.Equal(
            "not_in_the_text",
            (await Assert.ThrowsAsync<Invalid>(() => Store.WriteAsync(mei, On(source, snapshot, new Quote(words))))).Reason);
    }

    [Fact]
    public async Task In_a_newer_text_passages_stand_where_their_words_went_and_nothing_is_lost()
    {
        var (mei, source, snapshot) = await PondAsync("newer");
        var fishing = await Store.WriteAsync(mei, On(source, snapshot, new Quote("Time is but the stream I go a-fishing in.")));
        var woods = await Store.WriteAsync(mei, On(source, snapshot, new Quote("I wished to live deliberately")));
        var gone = await Store.WriteAsync(mei, On(source, snapshot, new Quote("Simplicity, simplicity, simplicity!")));
        Store.Clock.Advance(TimeSpan.FromDays(1));
        await Store.Texts.StoreAsync(
            mei,
            Drafts.Text(
                "A preface.",
                "I went to the woods because I wished very much to live deliberately.",
                "Time is but the stream I go a-fishing in."),
            new TextDetails { SourceId = source },
            Ct);
        Assert.Equal(PlacementKind.Exact, (await Placed(mei, source, fishing)).Kind);
        var moved = await Placed(mei, source, woods);
        Assert.Equal((PlacementKind.Changed, "I wished very much to live deliberately"), (moved.Kind, moved.Text));
        Assert.Equal(PlacementKind.Unplaced, (await Placed(mei, source, gone)).Kind);
        var read = await Store.Sources.ReadAsync(mei, source, new() { Text = snapshot }, Ct);
        Assert.Equal(3, read.Passages.Count(p => p.Place!.Kind is PlacementKind.Exact));
    }

    [Fact]
    public async Task Who_wrote_about_a_passage_says_where_it_stands_others_do_not()
    {
        var (mei, source, snapshot) = await PondAsync("by hand");
        var noor = await Store.PersonAsync("noor-by-hand");
        var woods = await Store.WriteAsync(
            mei, Drafts.CommentOn("we went to the forest", "Another translation.", null) with { Source = null, SourceId = source });
        Assert.Equal(PlacementKind.Unplaced, (await Placed(mei, source, woods)).Kind);
        await Assert.ThrowsAsync<Forbidden>(() =>
            Store.Placer.PlaceAsync(noor, woods.PassageId!.Value, snapshot, new Quote("I went to the woods"), Ct));
        await Store.Placer.PlaceAsync(mei, woods.PassageId!.Value, snapshot, new Quote("I went to the woods"), Ct);
        Assert.Equal((PlacementKind.Changed, 0, 19, "I went to the woods"), Told(await Placed(mei, source, woods)));
        await Store.Placer.PlaceAsync(mei, woods.PassageId!.Value, snapshot, null, Ct);
        Assert.Equal(PlacementKind.WholeSource, (await Placed(mei, source, woods)).Kind);
    }

    [Fact]
    public async Task People_who_place_a_passage_at_the_same_time_all_succeed()
    {
        var (mei, source, snapshot) = await PondAsync("at once");
        var woods = await Store.WriteAsync(
            mei, Drafts.CommentOn("we went to the forest", "Another translation.", null) with { Source = null, SourceId = source });
        Quote[] quotes = [new("I went to the woods"), new("I wished to live deliberately")];
        await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => Store.Placer.PlaceAsync(mei, woods.PassageId!.Value, snapshot, quotes[i % 2], Ct)));
        var placed = await Placed(mei, source, woods);
        Assert.Contains(quotes, q => string.Equals(q.Exact, placed.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Readers_of_a_new_text_find_its_passages_once_and_stop_when_they_leave()
    {
        var (mei, source, snapshot) = await PondAsync("many readers");
        await Store.WriteAsync(mei, On(source, snapshot, new Quote("stream I go")));
        await Store.Texts.StoreAsync(mei, Drafts.Text(["A preface.", .. Pond]), new TextDetails { SourceId = source }, Ct);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Store.Sources.ReadAsync(mei, source, new CancellationToken(canceled: true)));
        var readings = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.Sources.ReadAsync(mei, source, Ct)));
        Assert.All(readings, r => Assert.Equal(PlacementKind.Exact, Assert.Single(r.Passages).Place!.Kind));
    }

    [Fact]
    public async Task The_same_text_again_is_the_same_snapshot()
    {
        var (mei, source, snapshot) = await PondAsync("again");
        Assert.Equal(snapshot, (await Store.Texts.StoreAsync(mei, Drafts.Text(Pond), new TextDetails { SourceId = source }, Ct)).Id);
    }

    [Fact]
    public async Task A_text_outlives_the_last_comment_on_it()
    {
        var (mei, source, snapshot) = await PondAsync("outlives");
        var comment = await Store.WriteAsync(mei, On(source, snapshot, new Quote("simplicity!")));
        await Store.Removal.DeleteAsync(mei, comment.Id, Ct);
        Store.Clock.Advance(Annotation.Restorable + TimeSpan.FromDays(1));
        await Store.Removal.PurgeAsync(Ct);
        Assert.Empty((await Store.Sources.ReadAsync(mei, source, Ct)).Passages);
    }

    [Fact]
    public async Task A_refrain_is_a_passage_wherever_it_is_selected()
    {
        var mei = await Store.PersonAsync("mei-refrain");
        var noor = await Store.PersonAsync("noor-refrain");
        const string Refrain = "Oh keep the letter, keep it well, and tell nobody where it fell, till winter comes again.";
        var text = await Store.Texts.StoreAsync(
            mei, Drafts.Text("First verse of it.", Refrain, "Second one here.", Refrain, "A third verse.", Refrain),
            Drafts.Unique("Song").Details(), Ct);
        var song = (await Store.Sources.ReadAsync(mei, text.SourceId, Ct)).Text!.Text;
        var starts = new List<int>();
        for (var at = -1; (at = song.IndexOf("keep it", at + 1, StringComparison.Ordinal)) >= 0;)
            starts.Add(at);
        Quote Selected(int start) => new("keep it", song[(start - 16)..start], song[(start + 7)..(start + 23)], start, start + 7);
        var third = await Store.WriteAsync(mei, On(text.SourceId, text.Id, Selected(starts[2])));
        var second = await Store.WriteAsync(mei, On(text.SourceId, text.Id, Selected(starts[1])));
        var again = await Store.WriteAsync(noor, On(text.SourceId, text.Id, Selected(starts[2])));
        Assert.Equal(starts[1], (await Placed(mei, text.SourceId, second)).Start);
        Assert.Equal(starts[2], (await Placed(mei, text.SourceId, third)).Start);
        Assert.Equal(third.PassageId, again.PassageId);
    }

    [Fact]
    public async Task Words_alone_that_stand_several_times_join_nobodys_mark_and_are_shown_with_their_places()
    {
        var mei = await Store.PersonAsync("mei-alone");
        var noor = await Store.PersonAsync("noor-alone");
        var text = await Store.Texts.StoreAsync(
            mei, Drafts.Text("We copy the letter by hand.", "A copy is kept here.", "Nobody has seen the other copy."),
            Drafts.Unique("Copies").Details(), Ct);
        var marked = await Store.WriteAsync(mei, On(text.SourceId, text.Id, new Quote("copy", "A ", " is kept here.")));
        var bare = await Store.WriteAsync(
            noor, Drafts.CommentOn(new Quote("copy"), "Which?") with { Source = null, SourceId = text.SourceId });
        Assert.NotEqual(marked.PassageId, bare.PassageId);
        var passage = (await Store.Sources.ReadAsync(noor, text.SourceId, Ct)).Passages.Single(p => p.Id == bare.PassageId);
        Assert.Equal((true, 3, 3), (passage.IsLost, passage.Standing, passage.Choices.Count));
        await Store.Placer.PlaceAsync(noor, passage.Id, text.Id, passage.Choices[2], Ct);
        Assert.Equal(passage.Choices[2].Start, (await Placed(noor, text.SourceId, bare)).Start);
        var once = await Store.WriteAsync(mei, On(text.SourceId, text.Id, new Quote("by hand")));
        var same = await Store.WriteAsync(
            noor, Drafts.CommentOn(new Quote("by hand"), "Once.") with { Source = null, SourceId = text.SourceId });
        Assert.Equal(once.PassageId, same.PassageId);
    }

    private TestStore Store => shared.Store;

    private static (PlacementKind, int, int, string) Told(PassagePlace place) => (place.Kind, place.Start, place.End, place.Text);

    private static AnnotationDraft On(Guid source, Guid snapshot, Quote quote) =>
        Drafts.CommentOn(quote, "Noted.") with { Source = null, SourceId = source, SnapshotId = snapshot };

    private async Task<(Viewer Mei, Guid Source, Guid Snapshot)> PondAsync(string title)
    {
        var mei = await Store.PersonAsync($"mei-{title}".Replace(' ', '-'));
        var snapshot = await Store.Texts.StoreAsync(mei, Drafts.Text(Pond), Drafts.Unique(title).Details() with { Language = null }, Ct);
        return (mei, snapshot.SourceId, snapshot.Id);
    }

    private async Task<PassagePlace> Placed(Viewer viewer, Guid source, AnnotationView about) =>
        (await Store.Sources.ReadAsync(viewer, source, Ct)).Passages.Single(p => p.Id == about.PassageId).Place!;
}

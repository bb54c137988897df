using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Passages;
using Annotator.Domain.Reading;
using Annotator.Domain.Sources;

namespace Annotator.Tests.Domain.Reading;

/// <summary>A source with more annotations than a page shows is read window by window, with the counts of all of it.</summary>
public sealed class SourceWindowTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private const int Size = SourceReader.WindowSize;
    private const int SizeInText = SourceReader.WindowSizeInText;
    private static readonly DateTimeOffset Time = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private TestStore Store => shared.Store;

    [Fact]
    public async Task Windows_follow_the_positions_and_count_all()
    {
        var drafts = Remarks(Drafts.Unique("Long"), Size + 10);
        var source = await WriteAsync(drafts);
        var first = await Store.Sources.ReadAsync(Viewer.Visitor, source, Ct);
        Assert.Equal(new ReadingCounts(Size + 10, Size + 10, 3), first.Counts);
        var second = await Store.Sources.ReadAsync(Viewer.Visitor, source, new() { Around = first.Window!.Until }, Ct);
        Assert.Equal(drafts.Select(d => d.Id), first.Annotations.Concat(second.Annotations).Select(a => a.Id));
        Assert.Equal(Enumerable.Range(1, Size + 10), first.Passages.Concat(second.Passages).Select(p => p.Number));
        Assert.Equal((Size + 1, Size + 10, null), (second.Window!.First, second.Window.Last, second.Window.Until));
        Assert.Equal(second.Counts, first.Counts);
    }

    [Fact]
    public async Task What_was_deleted_leads_to_where_it_stood()
    {
        var mei = await Store.PersonAsync("Mei.Deletes.Far");
        var source = await WriteAsync(Remarks(Drafts.Unique("Long, deleted"), Size + 10));
        var said = await Store.WriteAsync(
            mei, Drafts.CommentOn(new Quote("late words", Start: 10_000 * Size), "Gone") with { Source = null, SourceId = source });
        await Store.Removal.DeleteAsync(mei, said.Id, Ct);
        foreach (var asked in new[] { said.Id, said.PassageId!.Value })
            Assert.Equal(Size + 1, (await Store.Sources.ReadAsync(mei, source, new() { Around = asked }, Ct)).Window!.First);
    }

    [Fact]
    public async Task What_is_written_edited_and_deleted_is_in_the_next_window_that_is_read()
    {
        var mei = await Store.PersonAsync("Mei.Follows");
        var source = await WriteAsync(Remarks(Drafts.Unique("Long, followed"), Size + 10));
        Assert.Equal(Size + 10, (await CountsAsync(Viewer.Visitor)).Passages);
        var said = await Store.WriteAsync(
            mei, Drafts.CommentOn(new Quote("new words", Start: 10_000 * Size), "New") with { Source = null, SourceId = source });
        foreach (var viewer in new[] { Viewer.Visitor, mei })
            Assert.Equal(new ReadingCounts(Size + 11, Size + 11, 4), await CountsAsync(viewer));
        var last = await Store.Sources.ReadAsync(Viewer.Visitor, source, new() { Around = said.Id }, Ct);
        Assert.Contains(last.Annotations, a => a.Id == said.Id);
        await Store.Removal.DeleteAsync(mei, said.Id, Ct);
        Assert.Equal(Size + 10, (await CountsAsync(Viewer.Visitor)).Passages);
        var after = await Store.Sources.ReadAsync(Viewer.Visitor, source, new() { Around = said.Id }, Ct);
        Assert.DoesNotContain(after.Annotations, a => a.Id == said.Id);

        async Task<ReadingCounts> CountsAsync(Viewer viewer) => (await Store.Sources.ReadAsync(viewer, source, Ct)).Counts;
    }

    [Fact]
    public async Task What_is_private_to_somebody_is_neither_counted_nor_found_by_others()
    {
        var mei = await Store.PersonAsync("Mei.Private.Far");
        var source = await WriteAsync(Remarks(Drafts.Unique("Long, private"), Size + 10));
        var note = await Store.WriteAsync(
            mei,
            Drafts.CommentOn(new Quote("hidden words", Start: 10_000 * Size), "Mine").Private() with { Source = null, SourceId = source });
        var (own, others) = (
            await Store.Sources.ReadAsync(mei, source, new() { Around = note.Id }, Ct),
            await Store.Sources.ReadAsync(Viewer.Visitor, source, new() { Around = note.PassageId }, Ct));
        Assert.Contains(own.Annotations, a => a.Id == note.Id);
        Assert.Equal(Size + 11, own.Counts.Passages);
        Assert.Equal((1, Size + 10), (others.Window!.First, others.Counts.Passages));
    }

    [Fact]
    public async Task In_a_text_the_order_is_that_of_the_text()
    {
        var mei = await Store.PersonAsync("Mei.Text.Far");
        var citation = Drafts.Unique("Long text");
        string[] sentences =
            [.. Enumerable.Range(0, SizeInText + 20).Select(i => $"Sentence number {i} of many that follow each other here.")];
        var text = await Store.Texts.StoreAsync(mei, Drafts.Text(sentences), citation.Details(), Ct);
        // Written from the end of the text to its beginning, without positions, and one that is not in it.
        await WriteAsync(
            [.. sentences.Reverse().Append("words that the text does not have").Select((s, i) =>
                Drafts.CommentOn(s, $"On it {i}", citation).Imported("crowd", Time.AddMinutes(i)) with { Language = "en" })]);
        SourceReading first;
        do
            first = await Store.Sources.ReadAsync(mei, text.SourceId, Ct);
        while (first.Window!.LostCount > 1);
        Assert.Equal(sentences[..SizeInText], first.Passages.Select(p => p.Quote.Exact));
        Assert.All(first.Passages, p => Assert.True(p.IsPlaced));
        var end = await Store.Sources.ReadAsync(mei, text.SourceId, new() { Around = first.Window.Lost }, Ct);
        Assert.Equal([.. sentences[SizeInText..], "words that the text does not have"], end.Passages.Select(p => p.Quote.Exact));
        var there = await Store.Sources.ReadAsync(mei, text.SourceId, new() { Position = end.Passages[3].Place!.Start }, Ct);
        Assert.Equal(end.Window!.First, there.Window!.First);
    }

    /// <summary>From three people, on passages in the order in which they are written.</summary>
    private static List<AnnotationDraft> Remarks(Citation source, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => Drafts.CommentOn(new Quote($"the words {i}", Start: 100 * i), $"On it {i}", source)
            .Imported($"person{i % 3}", Time.AddMinutes(i)) with { Language = "en" }),
    ];

    private async Task<Guid> WriteAsync(List<AnnotationDraft> drafts)
    {
        await Store.Batches.WriteAsync(drafts, Ct);
        return (await Store.Reader.FindAsync(Viewer.Visitor, drafts[0].Id, Ct)).SourceId;
    }
}

using Annotator.Domain.Reading;

namespace Annotator.Tests.Domain.Reading;

/// <summary>A long source is cut into windows that hold everything once.</summary>
public sealed class ReadingOrderTests
{
    private const int Size = SourceReader.WindowSize;

    [Fact]
    public void Windows_hold_everything_once_in_order()
    {
        var made = Made(notes: 3, [.. Enumerable.Repeat(1, Size), 5, .. Enumerable.Repeat(2, Size)]);
        var windows = All(made.Order);
        Assert.Equal(made.Annotations, windows.SelectMany(w => w.Annotations));
        Assert.All(windows, w => Assert.InRange(w.Annotations.Count, 1, Size));
        Assert.Equal([(1, 197), (198, 297), (298, 397), (398, 401)], windows.Select(w => (w.First, w.Last)));
        Assert.Equal((null, null), (windows[0].From, windows[0].Before));
        Assert.Equal([null, null, windows[1].From, windows[2].From], windows.Select(w => w.Previous));
        Assert.Null(windows[^1].Until);
    }

    [Fact]
    public void A_passage_stays_in_one_window_unless_it_is_larger()
    {
        var made = Made(notes: 0, [Size - 1, 2, 2 * Size + 10, 1]);
        var windows = All(made.Order);
        Assert.Equal([Size - 1, 2, Size, Size, 11], windows.Select(w => w.Annotations.Count));
        Assert.Equal([(1, 1), (2, 2), (3, 3), (3, 3), (3, 4)], windows.Select(w => (w.First, w.Last)));
    }

    [Fact]
    public void What_is_asked_for_is_in_the_window()
    {
        var made = Made(notes: 1, [.. Enumerable.Repeat(1, 3 * Size)]);
        foreach (var (passage, annotation) in made.Passages.Zip(made.Annotations.Skip(1)).Where((_, i) => i % 37 == 0))
        {
            Assert.Contains(annotation, made.Order.WindowOf(new() { Around = passage }).Annotations);
            Assert.Contains(annotation, made.Order.WindowOf(new() { Around = annotation }).Annotations);
        }

        Assert.Equal(All(made.Order)[0].Annotations, made.Order.WindowOf(new() { Around = Guid.CreateVersion7() }).Annotations);
        var there = made.Order.WindowOf(new() { Number = 2 * Size });
        Assert.InRange(2 * Size, there.First, there.Last);
        Assert.Equal(3 * Size, made.Order.WindowOf(new() { Number = 9_999 }).Last);
    }

    [Fact]
    public void A_place_in_the_text_is_in_the_window_of_what_stands_before_it()
    {
        var made = Made(notes: 0, [.. Enumerable.Repeat(1, 2 * Size)]);
        Assert.Equal(1, made.Order.WindowOf(new() { Position = 5 }).First);
        Assert.Equal(Size + 1, made.Order.WindowOf(new() { Position = 10 * Size + 5 }).First);
    }

    [Fact]
    public void An_open_page_stays_the_same_stretch_though_more_is_written_before_it()
    {
        int[] before = [.. Enumerable.Repeat(1, 3 * Size)];
        var made = Made(notes: 0, before);
        var shown = All(made.Order)[1];
        var later = Made(notes: 7, before);
        var (from, until) = (later.Passages[Size], later.Passages[2 * Size]);
        var open = later.Order.WindowOf(new() { Open = new OpenRange(from, until) });
        Assert.Equal(shown.Annotations.Count, open.Annotations.Count);
        Assert.Equal((Size + 1, 2 * Size), (open.First, open.Last));
        Assert.Equal((from, until), (open.From, open.Until));
        Assert.Equal(Size + 7, later.Order.WindowOf(new() { Open = new OpenRange(null, from) }).Annotations.Count);
        Assert.Equal(Size, later.Order.WindowOf(new() { Open = new OpenRange(until, null) }).Annotations.Count);
    }

    [Fact]
    public void Nobody_gets_more_than_two_windows_at_once()
    {
        var made = Made(notes: 0, [.. Enumerable.Repeat(1, 9 * Size)]);
        Assert.Equal(2 * Size, made.Order.WindowOf(new() { Open = new OpenRange(null, null) }).Annotations.Count);
        var thread = new ReadingOrder.Thread(Guid.CreateVersion7(), [.. Enumerable.Range(0, 5 * Size).Select(_ => Guid.CreateVersion7())]);
        var only = new ReadingOrder([], new[] { thread }.ToLookup(_ => (Guid?)null), Size).WindowOf(new());
        Assert.True(only.IsCut);
        Assert.Equal([thread.Annotations[0], .. thread.Annotations.TakeLast(2 * Size - 1)], only.Annotations);
    }

    [Fact]
    public void A_passage_that_nobody_talks_about_any_more_leads_to_where_it_stood()
    {
        var (order, _, _) = Made(notes: 0, [.. Enumerable.Repeat(1, Size), 0, .. Enumerable.Repeat(1, Size), 0]);
        var made = Made(notes: 0, [.. Enumerable.Repeat(1, Size), 0, .. Enumerable.Repeat(1, Size), 0]);
        Assert.Equal(2 * Size, order.Passages);
        Assert.Equal(Size + 1, made.Order.WindowOf(new() { Around = made.Passages[Size] }).First);
        Assert.Equal(Size + 1, made.Order.WindowOf(new() { Around = made.Passages[^1] }).First);
        Assert.Empty(made.Order.WindowOf(new() { Open = new OpenRange(made.Passages[Size], made.Passages[Size + 1]) }).Annotations);
        Assert.Equal(
            Size, made.Order.WindowOf(new() { Open = new OpenRange(made.Passages[Size], made.Passages[^1]) }).Annotations.Count);
    }

    private static List<SourceWindow> All(ReadingOrder order)
    {
        var all = new List<SourceWindow> { order.WindowOf(new()) };
        while (all[^1].Until is { } next)
            all.Add(order.WindowOf(new() { Around = next }));
        return all;
    }

    /// <param name="sizes">How many comments stand on each passage; they stand ten code points apart.</param>
    private static (ReadingOrder Order, List<Guid> Passages, List<Guid> Annotations) Made(int notes, int[] sizes)
    {
        var passages = sizes.Select(_ => Guid.CreateVersion7()).ToList();
        var said = Enumerable.Repeat((Guid?)null, notes)
            .Concat(passages.Zip(sizes).SelectMany(p => Enumerable.Repeat((Guid?)p.First, p.Second)))
            .Select(passage => (Passage: passage, Id: Guid.CreateVersion7()))
            .ToList();
        var order = new ReadingOrder(
            passages.Select((id, i) => new ReadingOrder.Place(id, 10 * i)),
            said.ToLookup(s => s.Passage, s => new ReadingOrder.Thread(s.Id, [s.Id])),
            Size);
        return (order, passages, said.ConvertAll(s => s.Id));
    }
}

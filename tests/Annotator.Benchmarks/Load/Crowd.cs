using System.Collections.Concurrent;
using System.Diagnostics;

namespace Annotator.Benchmarks.Load;

/// <summary>How many read and write, and how long.</summary>
internal sealed record CrowdPlan(int Readers, int Writers, int Seconds);

/// <summary>
/// Readers who ask for a page every two seconds and writers who comment every five, each by a timetable of their own: nobody waits
/// with the next page for an answer that is late, and a time is measured from when the page was due.
/// </summary>
internal sealed class Crowd(IReadOnlyList<LoadPlace> places, IReadOnlyList<LoadVisitor> readers, IReadOnlyList<LoadVisitor> writers)
{
    private static readonly TimeSpan BetweenPages = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenComments = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, int> _errors = new(StringComparer.Ordinal);
    private readonly MadeUpWords _words = new("en", "a e i o u ea", "b d f l m n p r s t th w");
    private int _turn;
    private long _start;

    /// <summary>Seconds since the start at which a page or a search was due, and the milliseconds that it took.</summary>
    public ConcurrentBag<(double Due, double Took)> Course { get; } = [];

    /// <summary>Milliseconds.</summary>
    public ConcurrentBag<double> Pages { get; } = [];
    public ConcurrentBag<double> Searches { get; } = [];

    /// <summary>Form and sending together, in milliseconds.</summary>
    public ConcurrentBag<double> Comments { get; } = [];

    /// <summary>The sending of these alone, in milliseconds.</summary>
    public ConcurrentBag<double> Sendings { get; } = [];

    /// <summary>Public ids of what the program said that it has stored.</summary>
    public ConcurrentBag<string> Stored { get; } = [];

    /// <summary>What went wrong, and how often.</summary>
    public IReadOnlyDictionary<string, int> Errors => _errors;

    public Task RunAsync(int seconds, CancellationToken ct)
    {
        var random = new Random(1);
        var start = _start = Stopwatch.GetTimestamp();
        var end = TimeSpan.FromSeconds(seconds);
        return Task.WhenAll([
            .. readers.Select(r => FollowAsync(BetweenPages, random.NextDouble(), due => ReadAsync(r, due, ct), ct)),
            .. writers.Select(w => FollowAsync(BetweenComments, random.NextDouble(), due => WriteAsync(w, due, ct), ct)),
        ]);

        async Task FollowAsync(TimeSpan pace, double phase, Func<long, Task> act, CancellationToken token)
        {
            var running = new List<Task>();
            for (var due = pace * phase; due < end; due += pace)
            {
                var wait = due - Stopwatch.GetElapsedTime(start);
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait, token);
                running.Add(act(start + (long)(due.TotalSeconds * Stopwatch.Frequency)));
            }

            await Task.WhenAll(running);
        }
    }

    private Task ReadAsync(LoadVisitor reader, long due, CancellationToken ct)
    {
        var turn = Interlocked.Increment(ref _turn);
        var path = places[turn * 31 % places.Count].PathAt(turn, new Random(turn));
        return path.StartsWith("/search", StringComparison.Ordinal)
            ? TryAsync(due, Searches, () => reader.SearchAsync(path, ct))
            : TryAsync(due, Pages, () => reader.SkimAsync(path, ct));
    }

    private async Task WriteAsync(LoadVisitor writer, long due, CancellationToken ct)
    {
        var turn = Interlocked.Increment(ref _turn);
        var place = places[turn * 17 % places.Count];
        var path = $"/sources/{place.Source}?{(turn % 3 == 0 ? $"reply={place.Comment}" : $"comment={place.Passage}")}";
        string? page = null;
        await TryAsync(due, Comments, async () =>
        {
            var form = await writer.OpenFormAsync(path, ct);
            var sent = Stopwatch.GetTimestamp();
            page = await writer.SendAsync(path, form, _words.Sentence(new Random(turn), 20), ct);
            Sendings.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        });
        if (page is null)
            return;
        Stored.Add(page[(page.IndexOf("at=", StringComparison.Ordinal) + 3)..]);
        await TryAsync(Stopwatch.GetTimestamp(), Pages, () => writer.SkimAsync(page, ct));
    }

    private async Task TryAsync(long due, ConcurrentBag<double> times, Func<Task> act)
    {
        try
        {
            await act();
            var took = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
            times.Add(took);
            if (times != Comments)
                Course.Add((Stopwatch.GetElapsedTime(_start, due).TotalSeconds, took));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            _errors.AddOrUpdate(e.Message, 1, (_, count) => count + 1);
        }
    }
}

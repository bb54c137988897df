using Annotator.Domain.Languages;
using Annotator.Domain.Text;

namespace Annotator.Web.Hosting;

/// <summary>
/// Gives memory back to the system when there is little to do: the collector by itself keeps what a busy time has taken, and a program
/// at rest is not collected at all.
/// </summary>
internal sealed class MemoryUpkeep(LanguageDetector detector, MarkdownCache markdown, KeptPages pages, TimeProvider clock)
    : BackgroundService
{
    /// <summary>Bytes allocated since it was given back before which there is nothing to win.</summary>
    internal const long Worth = 64L << 20;

    /// <summary>Bytes allocated in <see cref="Look"/> by a program that has time for it: some pages.</summary>
    internal const long Little = 32L << 20;

    /// <summary>A collection stops the program for some tenths of a second.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Time until what was kept in memory for others is old, and is let go of in a program at rest.</summary>
    internal static readonly TimeSpan Old = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (given, time, last, again) = (0L, clock.GetTimestamp(), GC.GetTotalAllocatedBytes(), false);
        using var looks = new PeriodicTimer(Look, clock);
        while (await looks.WaitForNextTickAsync(stoppingToken))
        {
            var hasRested = detector.Rest(Pause);
            var now = GC.GetTotalAllocatedBytes();
            var (busy, waited) = (now - last, clock.GetElapsedTime(time));
            var isLast = again && waited >= Old;
            last = now;
            if (!IsDue(busy, hasRested || isLast ? long.MaxValue : now - given, waited))
                continue;
            markdown.Rest();
            pages.Rest();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            (given, time, again) = (GC.GetTotalAllocatedBytes(), clock.GetTimestamp(), !isLast);
            last = given;
        }
    }

    /// <param name="busy">Bytes allocated since the last look.</param>
    /// <param name="since">Bytes allocated since memory was given back.</param>
    /// <param name="waited">Time since then, or since the start.</param>
    internal static bool IsDue(long busy, long since, TimeSpan waited) => busy < Little && since >= Worth && waited >= Pause;
}

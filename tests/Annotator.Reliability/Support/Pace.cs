using System.Diagnostics;

namespace Annotator.Reliability.Support;

/// <summary>
/// How hard and how long the program is tried. The only place that waits a fixed time, as a fault lasts one, and that measures time:
/// seconds are printed and never asserted.
/// </summary>
internal static class Pace
{
    /// <summary>Long runs are asked for by <c>ANNOTATOR_RELIABILITY=long</c>; short ones are part of <c>dotnet test</c>.</summary>
    public static bool IsLong { get; } =
        string.Equals(Environment.GetEnvironmentVariable("ANNOTATOR_RELIABILITY"), "long", StringComparison.OrdinalIgnoreCase);

    /// <summary>People who write at the same time. Short runs stay near the number of cores that other tests leave.</summary>
    public static int Writers => IsLong ? 8 : 2;

    public static int Readers => IsLong ? 4 : 1;

    /// <summary>Writes that each writer has acknowledged before a fault, and again after it until it counts as over.</summary>
    public static int Acknowledged => IsLong ? 40 : 4;

    /// <summary>Records of the file that is imported.</summary>
    public static int Records => IsLong ? 20_000 : 3_000;

    /// <summary>How often a command is killed before it may run to its end.</summary>
    public static int Interruptions => IsLong ? 8 : 1;

    /// <summary>How long a fault lasts that has a duration.</summary>
    public static TimeSpan Fault => TimeSpan.FromSeconds(IsLong ? 30 : 3);

    /// <summary>A program that is not back after this time is taken not to come back: many times what it needs on a slow machine.</summary>
    public static TimeSpan Patience => TimeSpan.FromMinutes(2);

    public static long Now => Stopwatch.GetTimestamp();

    public static double Seconds(long from, long to) => Math.Max(0, Stopwatch.GetElapsedTime(from, to).TotalSeconds);

    /// <summary>Lets a fault last.</summary>
    public static Task HoldAsync() => Task.Delay(Fault, Ct);

    /// <summary>The pause of a person between two requests, and of a program that asks again.</summary>
    public static Task BreatheAsync() => Task.Delay(TimeSpan.FromMilliseconds(50), Ct);

    /// <returns>False when the condition has not held within <see cref="Patience"/>.</returns>
    public static async Task<bool> ComesAsync(Func<bool> condition)
    {
        for (var start = Now; !condition(); await BreatheAsync())
        {
            if (Seconds(start, Now) > Patience.TotalSeconds)
                return false;
        }

        return true;
    }
}

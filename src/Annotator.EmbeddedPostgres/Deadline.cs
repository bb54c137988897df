using System.Diagnostics;

namespace Annotator.EmbeddedPostgres;

/// <summary>A span of time that began when the object was made.</summary>
internal sealed class Deadline(TimeSpan limit)
{
    private readonly long _began = Stopwatch.GetTimestamp();

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);

    public bool Passed => Elapsed >= limit;

    /// <summary>What is left, never less than a second, so that a last step can still report its own failure.</summary>
    public TimeSpan Remaining => limit - Elapsed is var left && left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1);
}

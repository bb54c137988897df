using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Annotator.Domain.Kernel;

/// <summary>
/// What the program measures of itself beside what ASP.NET Core, Npgsql and .NET do: a meter and a source of traces, both by the name
/// <see cref="Name"/>. Durations are in seconds, as OpenTelemetry has them. The README lists the instruments.
/// </summary>
public static class Telemetry
{
    public const string Name = "Annotator";

    public static readonly Meter Meter = new(Name);

    private static readonly ActivitySource Traces = new(Name);

    private static readonly Histogram<double> Searches =
        Meter.CreateHistogram<double>("annotator.search.duration", "s", "Time of a search, all its statements");

    private static readonly Histogram<double> Texts =
        Meter.CreateHistogram<double>("annotator.text.duration", "s", "Time that the reading of a document took, without its waiting");

    private static readonly UpDownCounter<long> TextsWaiting =
        Meter.CreateUpDownCounter<long>("annotator.text.waiting", "{document}", "Documents that wait to be read");

    private static readonly UpDownCounter<long> TextsReading =
        Meter.CreateUpDownCounter<long>("annotator.text.reading", "{document}", "Documents that are being read");

    private static readonly UpDownCounter<long> LiveListeners =
        Meter.CreateUpDownCounter<long>("annotator.live.listeners", "{page}", "Open pages that hear of changes");

    private static readonly Counter<long> LimitsHit =
        Meter.CreateCounter<long>("annotator.limits.hit", "{request}", "Requests that were refused because of a limit");

    private static readonly Counter<long> RequestsRefused =
        Meter.CreateCounter<long>("annotator.database.refused", "{request}", "Requests that were told to come again");

    /// <param name="why">"busy" or "outage"; it becomes the attribute <c>annotator.reason</c>.</param>
    public static void Refused(string why) => RequestsRefused.Add(1, new KeyValuePair<string, object?>("annotator.reason", why));

    /// <param name="limit">Which limit; it becomes the attribute <c>annotator.limit</c>.</param>
    public static void LimitHit(string limit) => LimitsHit.Add(1, new KeyValuePair<string, object?>("annotator.limit", limit));

    /// <summary>A search; its time is noted when it is disposed of.</summary>
    public static Measured Search() => new(Traces.StartActivity("search"), Searches);

    /// <summary>A document that is being read.</summary>
    public static Measured Text() => new(Traces.StartActivity("text read"), Texts, TextsReading);

    /// <summary>A document that waits to be read, until it is disposed of.</summary>
    public static Measured Waiting() => new(Traces.StartActivity("text wait"), null, TextsWaiting);

    /// <summary>An open page that hears of changes, until it is disposed of. It lasts for hours and is no trace.</summary>
    public static Measured Listening() => new(null, null, LiveListeners);
}

/// <summary>Something that goes on and is measured until it is disposed of.</summary>
public sealed class Measured : IDisposable
{
    private readonly Activity? _trace;
    private readonly Histogram<double>? _duration;
    private readonly UpDownCounter<long>? _atOnce;
    private readonly long _begin = Stopwatch.GetTimestamp();
    private string? _error;
    private bool _isOver;

    internal Measured(Activity? trace, Histogram<double>? duration, UpDownCounter<long>? atOnce = null)
    {
        (_trace, _duration, _atOnce) = (trace, duration, atOnce);
        _atOnce?.Add(1);
    }

    /// <param name="error">A word for what went wrong, of few values: it becomes the attribute <c>error.type</c>.</param>
    public void Failed(string error)
    {
        _error = error;
        _trace?.SetStatus(ActivityStatusCode.Error, error);
    }

    public void Dispose()
    {
        if (_isOver)
            return;
        _isOver = true;
        _atOnce?.Add(-1);
        var seconds = Stopwatch.GetElapsedTime(_begin).TotalSeconds;
        if (_error is null)
            _duration?.Record(seconds);
        else
            _duration?.Record(seconds, new KeyValuePair<string, object?>("error.type", _error));
        _trace?.Dispose();
    }
}

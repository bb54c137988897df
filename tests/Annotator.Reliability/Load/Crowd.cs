using System.Collections.Concurrent;
using System.Net;
using Annotator.Reliability.Support;

namespace Annotator.Reliability.Load;

/// <summary>Writers and readers of one site, all at the same time.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private readonly Func<Uri> _site;
    private readonly List<Browser> _browsers = [];
    private readonly List<Writer> _writers = [];
    private readonly List<SemaphoreSlim> _turns = [];
    private readonly ConcurrentQueue<string> _pages = new(["/", "/search?q=words"]);
    private readonly AsyncLocal<SemaphoreSlim> _turn = new();
    private readonly Lock _lock = new();
    private readonly List<Task> _running = [];
    private long? _firstAcknowledged;
    private int _rounds;

    private Crowd(Func<Uri> site) => _site = site;

    /// <summary>Makes the names of this crowd's people and sources its own.</summary>
    public string Id { get; } = Guid.CreateVersion7().ToString("N")[20..];

    /// <summary>Of the present fault.</summary>
    public Answers Answers { get; private set; } = new();

    public IEnumerable<Written> Sent => _writers.SelectMany(w => w.Sent);

    public int Acknowledged => _writers.Sum(w => w.Acknowledged);

    /// <summary>Writers give up what is not answered.</summary>
    public bool IsPausing { get; private set; }

    public bool IsEnding { get; private set; }

    /// <param name="site">Where the program is at the moment.</param>
    public static async Task<Crowd> StartAsync(Func<Uri> site)
    {
        var crowd = new Crowd(site);
        for (var i = 1; i <= Pace.Writers; i++)
        {
            var writer = new Writer(FormattableString.Invariant($"Writer{i}x{crowd.Id}"), crowd, crowd.NewBrowser());
            await writer.JoinAsync();
            crowd._writers.Add(writer);
        }

        crowd._running.AddRange(crowd._writers.Select(crowd.RunAsync));
        crowd._running.AddRange(Enumerable.Range(0, Pace.Readers).Select(i => crowd.ReadAsync(crowd.NewBrowser(), i)));
        return crowd;
    }

    /// <summary>Waits until each writer has had some writes acknowledged, counted from now.</summary>
    /// <returns>False when that does not come.</returns>
    public async Task<bool> IsBusyAsync()
    {
        // One may have been on its way before.
        var enough = _writers.ConvertAll(w => w.Acknowledged + Pace.Acknowledged + 1);
        return await Pace.ComesAsync(() => Ended() || _writers.Zip(enough).All(w => w.First.Acknowledged >= w.Second));
    }

    /// <summary>Begins to count answers anew.</summary>
    public void Forget() => Answers = new();

    /// <summary>Waits until all write again.</summary>
    /// <returns>Seconds from the start until the first write that no failure followed; null when that does not come.</returns>
    public async Task<double?> BackAsync(long start)
    {
        lock (_lock)
        {
            _firstAcknowledged = null;
        }

        return await IsBusyAsync() ? Pace.Seconds(start, _firstAcknowledged ?? start) : null;
    }

    /// <summary>Lets the writers wait until it is disposed of. What was not answered by then is given up.</summary>
    public async Task<IDisposable> PauseAsync()
    {
        IsPausing = true;
        foreach (var turn in _turns)
            await turn.WaitAsync(Ct);
        return new Ending(() =>
        {
            IsPausing = false;
            _turns.ForEach(t => t.Release());
        });
    }

    /// <summary>What a writer does in one go: pauses wait for its end.</summary>
    public async Task<IDisposable> TurnAsync()
    {
        var turn = _turn.Value!;
        await turn.WaitAsync(Ct);
        return new Ending(() => turn.Release());
    }

    /// <summary>Some rounds follow each other closely, so that writers meet.</summary>
    public int NextRound() => Interlocked.Increment(ref _rounds) / Pace.Writers;

    /// <summary>Pages that readers shall look at, since they stay.</summary>
    public void Read(params ReadOnlySpan<string> pages)
    {
        foreach (var page in pages)
            _pages.Enqueue(page);
        while (_pages.Count > 20)
            _pages.TryDequeue(out _);
    }

    public void HasAcknowledged()
    {
        lock (_lock)
        {
            _firstAcknowledged ??= Pace.Now;
        }
    }

    public void HasFailed()
    {
        lock (_lock)
        {
            _firstAcknowledged = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        (IsEnding, IsPausing) = (true, true);
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _browsers.ForEach(b => b.Dispose());
        _turns.ForEach(t => t.Dispose());
    }

    private Browser NewBrowser()
    {
        var browser = new Browser(_site, () => Answers);
        _browsers.Add(browser);
        return browser;
    }

    private Task RunAsync(Writer writer)
    {
        var turn = new SemaphoreSlim(1);
        _turns.Add(turn);
        return Task.Run(() =>
        {
            _turn.Value = turn;
            return writer.RunAsync();
        }, Ct);
    }

    private Task ReadAsync(Browser browser, int first) => Task.Run(async () =>
    {
        for (var i = first; !IsEnding; i++)
        {
            var pages = _pages.ToArray();
            var page = pages[i % pages.Length];
            if (await browser.GetAsync(page) is { Status: { } status and not HttpStatusCode.OK and < HttpStatusCode.InternalServerError })
                Answers.Note($"GET {page}: {(int)status}");
            await Pace.BreatheAsync();
        }
    }, Ct);

    // A writer that fails is a fault of the harness, to be shown at once.
    private bool Ended() => _running.Find(r => r.IsFaulted)?.Exception is { } fault ? throw fault : false;

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

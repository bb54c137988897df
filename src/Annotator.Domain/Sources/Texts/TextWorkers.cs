using System.ComponentModel;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Sources.Texts;

/// <summary>Reads documents in processes of their own, a few at once; the others wait in the order they came.</summary>
public sealed class TextWorkers(TextWorkerOptions options) : IDisposable
{
    private const int MostWaiting = 100;
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(1);

    private readonly WaitingLine _line = new(options.AtOnce, MostWaiting);
    private readonly Lock _lock = new();
    private TextWorker? _ready;
    private Timer? _idle;
    private bool _isClosed;

    /// <summary>Documents that are being read now.</summary>
    public int Reading => _line.Inside;

    /// <summary>Reads a document. Once cancelled, nothing of it goes on.</summary>
    /// <param name="content">Read when its turn has come, up to <see cref="TextWorkerOptions.LargestFile"/>; stays open.</param>
    /// <param name="ahead">Gets the number of documents that come before this one, 0 when it is read.</param>
    /// <exception cref="Invalid">The field is <c>file</c>.</exception>
    public async Task<ExtractedText> ReadAsync(Stream content, DocumentInfo about, IProgress<int>? ahead, CancellationToken ct)
    {
        using var turn = await TurnAsync(ahead, ct);
        using var measured = Telemetry.Text();
        using var worker = Take();
        try
        {
            return await worker.ReadAsync(content, about, ct);
        }
        catch (Invalid refused)
        {
            measured.Failed(refused.Reason);
            throw;
        }
    }

    /// <summary>Starts a process for the next document, which then need not wait for it. Unused, it ends after a minute.</summary>
    public void WarmUp()
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            _idle ??= new Timer(_ => Cool());
            _idle.Change(IdleTime, Timeout.InfiniteTimeSpan);
            if (_ready is { IsAlive: true })
                return;
            _ready?.Dispose();
            try
            {
                _ready = TextWorker.Start(options);
            }
            catch (Win32Exception)
            {
                // Reading will say so.
                _ready = null;
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _isClosed = true;
        Cool();
        _idle?.Dispose();
    }

    private async Task<IDisposable> TurnAsync(IProgress<int>? ahead, CancellationToken ct)
    {
        using var measured = Telemetry.Waiting();
        return await _line.EnterAsync(ahead, ct);
    }

    private TextWorker Take()
    {
        TextWorker? ready;
        lock (_lock)
            (ready, _ready) = (_ready, null);
        if (ready is { IsAlive: true })
            return ready;
        ready?.Dispose();
        return TextWorker.Start(options);
    }

    private void Cool()
    {
        lock (_lock)
        {
            _ready?.Dispose();
            _ready = null;
        }
    }
}

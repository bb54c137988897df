using System.Threading.Channels;
using Annotator.Domain.Access;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Changes;

/// <summary>
/// One listener to one source. It buffers one signal: however many changes happen while nobody waits, the next wait ends at once,
/// and once. Reading again then shows all of them.
/// </summary>
public sealed class ChangeSubscription : IDisposable
{
    private readonly Channel<bool> _signals =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Action<ChangeSubscription> _leave;

    internal ChangeSubscription(Guid sourceId, Viewer viewer, long sequence, Action<ChangeSubscription> leave) =>
        (SourceId, Viewer, Sequence, _leave) = (sourceId, viewer, sequence, leave);

    public Guid SourceId { get; }

    /// <summary>The subscriber, with the rights they had at the beginning.</summary>
    public Viewer Viewer { get; }

    /// <summary>
    /// Number of the last change that was signalled here; it grows with each change the hub publishes. What is read from the store
    /// now is at least as new as all changes up to it. Subscriptions signalled by the same change have the same number.
    /// </summary>
    public long Sequence { get; private set; }

    /// <summary>The rights of the viewer have changed since: end this subscription and begin another.</summary>
    public bool IsOutdated { get; private set; }

    /// <summary>A wait would end at once.</summary>
    internal bool IsSignalled => _signals.Reader.TryPeek(out _);

    /// <summary>Waits for a change.</summary>
    /// <returns>False when there was none within the time given.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<bool> WaitAsync(TimeSpan atMost, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(atMost);
        try
        {
            return await _signals.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }

    internal void Signal(long sequence)
    {
        Sequence = sequence;
        _signals.Writer.TryWrite(true);
    }

    internal void Outdate(long sequence)
    {
        IsOutdated = true;
        Signal(sequence);
    }

    public void Dispose() => _leave(this);
}

using System.Threading.Channels;

namespace Annotator.Domain.Live;

/// <summary>
/// Hears that a source has changed. It has one place: however much happens while nobody waits, the next wait ends at once, and
/// once. Reading again then shows all of it.
/// </summary>
public sealed class ChangeSubscription : IDisposable
{
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Action<ChangeSubscription> _leave;

    internal ChangeSubscription(Guid sourceId, Guid? personId, Action<ChangeSubscription> leave) => (SourceId, PersonId, _leave) = (sourceId, personId, leave);

    public Guid SourceId { get; }

    /// <summary>Who listens; null without an account.</summary>
    public Guid? PersonId { get; }

    /// <summary>Waits for a change.</summary>
    /// <returns>False when there was none for so long.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<bool> WaitAsync(TimeSpan atMost, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(atMost);
        try
        {
            return await _news.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }

    internal void Tell() => _news.Writer.TryWrite(true);

    public void Dispose() => _leave(this);
}

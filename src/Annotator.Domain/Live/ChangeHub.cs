namespace Annotator.Domain.Live;

/// <summary>
/// Tells subscribers that something about a source has changed. It knows neither what nor who may see it: whoever hears of a
/// change reads again, with their own rights.
/// </summary>
public sealed class ChangeHub
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, HashSet<ChangeSubscription>> _bySource = [];

    /// <summary>Dispose it when nobody listens any more.</summary>
    public ChangeSubscription Subscribe(Guid sourceId)
    {
        var subscription = new ChangeSubscription(sourceId, Leave);
        lock (_lock)
        {
            if (!_bySource.TryGetValue(sourceId, out var subscribers))
                _bySource.Add(sourceId, subscribers = []);
            subscribers.Add(subscription);
        }

        return subscription;
    }

    /// <summary>How many listen.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _bySource.Values.Sum(s => s.Count);
        }
    }

    /// <summary>Never waits for a subscriber.</summary>
    internal void Tell(Guid sourceId)
    {
        lock (_lock)
        {
            foreach (var subscription in _bySource.GetValueOrDefault(sourceId) ?? [])
                subscription.Tell();
        }
    }

    /// <summary>Lets everybody read again: what has changed is not known.</summary>
    internal void TellAll()
    {
        lock (_lock)
        {
            foreach (var subscription in _bySource.Values.SelectMany(s => s))
                subscription.Tell();
        }
    }

    private void Leave(ChangeSubscription subscription)
    {
        lock (_lock)
        {
            if (_bySource.TryGetValue(subscription.SourceId, out var subscribers) && subscribers.Remove(subscription) && subscribers.Count == 0)
                _bySource.Remove(subscription.SourceId);
        }
    }
}

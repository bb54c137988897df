namespace Annotator.Domain.Live;

/// <summary>
/// Tells subscribers that something about a source has changed. It does not know what: whoever hears of a change reads again, with
/// their own rights. Of private writing only its writer hears, else others would learn when somebody takes notes.
/// </summary>
public sealed class ChangeHub
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, HashSet<ChangeSubscription>> _bySource = [];

    /// <summary>Dispose it when nobody listens any more.</summary>
    /// <param name="personId">Who listens; null without an account.</param>
    public ChangeSubscription Subscribe(Guid sourceId, Guid? personId = null)
    {
        var subscription = new ChangeSubscription(sourceId, personId, Leave);
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
    internal void Tell(Change change)
    {
        lock (_lock)
        {
            foreach (var subscription in _bySource.GetValueOrDefault(change.SourceId) ?? [])
            {
                if (change.OnlyTo is null || change.OnlyTo == subscription.PersonId)
                    subscription.Tell();
            }
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

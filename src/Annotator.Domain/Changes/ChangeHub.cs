using Annotator.Domain.Access;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Changes;

/// <summary>
/// Signals to subscribers that a source has changed, not what: they read again, with their own rights. A change that a viewer
/// could not see before and cannot see after is not signalled to them, else others would learn when somebody takes private notes.
/// </summary>
public sealed class ChangeHub
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, HashSet<ChangeSubscription>> _bySource = [];

    /// <summary>Dispose of the subscription when nobody listens any more.</summary>
    public ChangeSubscription Subscribe(Viewer viewer, Guid sourceId)
    {
        var subscription = new ChangeSubscription(sourceId, viewer, Leave);
        lock (_lock)
        {
            if (!_bySource.TryGetValue(sourceId, out var subscribers))
                _bySource.Add(sourceId, subscribers = []);
            subscribers.Add(subscription);
        }

        return subscription;
    }

    /// <summary>Number of subscriptions.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _bySource.Values.Sum(s => s.Count);
        }
    }

    /// <summary>Never waits for a subscriber.</summary>
    internal void Publish(Change change)
    {
        lock (_lock)
        {
            if (change.SourceId is { } source && _bySource.TryGetValue(source, out var subscribers))
                foreach (var subscription in subscribers.Where(s => change.IsSeenBy(s.Viewer)))
                    subscription.Signal();
        }
    }

    /// <summary>The rights of a person have changed: their subscriptions are to end.</summary>
    internal void Outdate(Guid personId)
    {
        lock (_lock)
        {
            foreach (var subscription in _bySource.Values.SelectMany(s => s).Where(s => s.Viewer.PersonId == personId))
                subscription.Outdate();
        }
    }

    /// <summary>Lets all subscribers read again: it is not known what has changed.</summary>
    internal void PublishUnknown()
    {
        lock (_lock)
        {
            foreach (var subscription in _bySource.Values.SelectMany(s => s))
                subscription.Signal();
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

using Annotator.Domain.Access;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Changes;

/// <summary>
/// Signals to subscribers that a source has changed, not what: they read again, with their own rights. A change that a viewer could
/// not see before and cannot see after is not signalled to them, so that the time of private notes stays private.
/// </summary>
public sealed class ChangeHub
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, HashSet<ChangeSubscription>> _bySource = [];
    private long _sequence;

    /// <summary>A subscription to one source, to be disposed of when nobody listens any more.</summary>
    public ChangeSubscription Subscribe(Viewer viewer, Guid sourceId)
    {
        lock (_lock)
        {
            var subscription = new ChangeSubscription(sourceId, viewer, _sequence, Leave);
            if (!_bySource.TryGetValue(sourceId, out var subscribers))
                _bySource.Add(sourceId, subscribers = []);
            subscribers.Add(subscription);
            return subscription;
        }
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

    /// <summary>
    /// The people who subscribe, each with the <see cref="Viewer.RightsVersion"/> that a subscription of theirs began with.
    /// </summary>
    internal IReadOnlyList<(Guid PersonId, long RightsVersion)> RightsInUse()
    {
        lock (_lock)
        {
            return
            [
                .. from subscription in _bySource.Values.SelectMany(s => s)
                   let viewer = subscription.Viewer
                   where viewer.PersonId is not null
                   group viewer by (viewer.PersonId ?? Guid.Empty, viewer.RightsVersion) into same
                   select same.Key,
            ];
        }
    }

    /// <summary>Never waits for a subscriber.</summary>
    internal void Publish(Change change)
    {
        lock (_lock)
        {
            _sequence++;
            if (change.SourceId is { } source && _bySource.TryGetValue(source, out var subscribers))
            {
                foreach (var subscription in subscribers.Where(s => change.IsSeenBy(s.Viewer)))
                    subscription.Signal(_sequence);
            }
        }
    }

    /// <summary>The rights of a person have changed: their subscriptions are to end.</summary>
    internal void Outdate(Guid personId)
    {
        lock (_lock)
        {
            foreach (var subscription in _bySource.Values.SelectMany(s => s).Where(s => s.Viewer.PersonId == personId))
                subscription.Outdate(++_sequence);
        }
    }

    /// <summary>Signals to all subscribers, after a gap in which changes were missed.</summary>
    internal void PublishUnknown()
    {
        lock (_lock)
        {
            _sequence++;
            foreach (var subscription in _bySource.Values.SelectMany(s => s))
                subscription.Signal(_sequence);
        }
    }

    private void Leave(ChangeSubscription subscription)
    {
        lock (_lock)
        {
            if (_bySource.TryGetValue(subscription.SourceId, out var subscribers)
                && subscribers.Remove(subscription)
                && subscribers.Count == 0)
            {
                _bySource.Remove(subscription.SourceId);
            }
        }
    }
}

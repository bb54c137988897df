using System.Collections.Concurrent;
using Annotator.Domain.Data;
using Annotator.Domain.Groups;
using Annotator.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Access;

/// <summary>
/// The rights of people, cached in memory while this program is connected to the database's notifications of their changes;
/// otherwise read each time.
/// </summary>
public sealed class Viewers(IDbContextFactory<AnnotatorDb> databases, PeopleDirectory people, TimeProvider clock)
{
    private const int MaxKept = 10_000;

    private readonly ConcurrentDictionary<Guid, Task<Known>> _kept = new();
    private volatile bool _isNotified;

    /// <summary>The person with their rights; a visitor when there is no such account or it is locked out.</summary>
    public async Task<Viewer> OfAsync(Guid personId, CancellationToken ct) => (await KnownAsync(personId, ct)).Viewer;

    /// <summary>
    /// Whether a session goes on: it has not ended, and the account has still the security stamp that it began with. A changed
    /// password gives the account another stamp.
    /// </summary>
    public async Task<bool> IsSignedInAsync(Guid personId, Guid session, string? securityStamp, CancellationToken ct)
    {
        if (Goes(await KnownAsync(personId, ct)))
            return true;
        // Read once more from the database: a new session is not notified, and a changed password may arrive here before its
        // notification.
        _kept.TryRemove(personId, out _);
        return Goes(await KnownAsync(personId, ct));

        bool Goes(Known known) =>
            known.Viewer.PersonId is not null
            && known.Sessions.Contains(session)
            && string.Equals(known.SecurityStamp, securityStamp, StringComparison.Ordinal);
    }

    /// <summary>Reads the rights of a person again when they are asked for next.</summary>
    internal void Forget(Guid personId) => _kept.TryRemove(personId, out _);

    /// <summary>Switches the cache on or off: whether notifications of changes arrive.</summary>
    internal void Notified(bool isNotified)
    {
        _isNotified = isNotified;
        _kept.Clear();
    }

    private async Task<Known> KnownAsync(Guid personId, CancellationToken ct)
    {
        if (!_isNotified)
            return await ReadAsync(personId);
        if (_kept.Count >= MaxKept)
            _kept.Clear();
        var reading = _kept.GetOrAdd(personId, ReadAsync);
        try
        {
            var known = await reading.WaitAsync(ct);
            // A new account is not notified, so "no such account" is not kept.
            if (known.Viewer.PersonId is null)
                _kept.TryRemove(KeyValuePair.Create(personId, reading));
            return known;
        }
        catch when (reading.IsFaulted)
        {
            _kept.TryRemove(KeyValuePair.Create(personId, reading));
            throw;
        }
    }

    // Shared by all requests for the person, so that none of them can cancel it.
    private async Task<Known> ReadAsync(Guid personId)
    {
        if (await people.RightsAsync(personId, CancellationToken.None) is not { } account
            || account.LockoutEnd > clock.GetUtcNow())
        {
            return new Known(Viewer.Visitor, null, []);
        }
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        var memberships = await db.Memberships.Where(m => m.PersonId == personId)
            .Join(db.Groups, m => m.GroupId, g => g.Id, (m, g) => new { m.GroupId, m.Role, g.Kind })
            .OrderBy(m => m.GroupId)
            .ToListAsync(CancellationToken.None);
        var viewer = new Viewer(personId)
        {
            Reads = [.. memberships.Where(m => m.Kind is GroupKind.Private).Select(m => m.GroupId)],
            Writes = [.. memberships.Select(m => m.GroupId)],
            Moderates = [.. memberships.Where(m => m.Role is GroupRole.Owner or GroupRole.Moderator).Select(m => m.GroupId)],
            IsAdministrator = account.IsAdministrator,
            RightsVersion = account.Version,
        };
        return new Known(viewer, account.SecurityStamp, account.Sessions);
    }

    private sealed record Known(Viewer Viewer, string? SecurityStamp, IReadOnlyList<Guid> Sessions);
}

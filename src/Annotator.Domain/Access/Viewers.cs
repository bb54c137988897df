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

    /// <summary>
    /// Lock-outs longer than this were set by an administrator and end sessions; those after wrong passwords last minutes and do
    /// not.
    /// </summary>
    private static readonly TimeSpan LongLockOut = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<Guid, Task<Session>> _kept = new();
    private volatile bool _isNotified;

    /// <summary>The person with their rights; a visitor when there is no such account or it is locked out.</summary>
    public async Task<Viewer> OfAsync(Guid personId, CancellationToken ct) => (await SessionAsync(personId, ct)).Viewer;

    /// <summary>
    /// Whether a session with this security stamp is still valid. Changing the password and signing out everywhere give the account
    /// another stamp.
    /// </summary>
    public async Task<bool> IsSignedInAsync(Guid personId, string? securityStamp, CancellationToken ct)
    {
        if (Goes(await SessionAsync(personId, ct)))
            return true;
        // Read once more from the database: a changed password may arrive here before its notification.
        _kept.TryRemove(personId, out _);
        return Goes(await SessionAsync(personId, ct));

        bool Goes(Session session) =>
            session.Viewer.PersonId is not null && string.Equals(session.SecurityStamp, securityStamp, StringComparison.Ordinal);
    }

    /// <summary>Reads the rights of a person again when they are asked for next.</summary>
    internal void Forget(Guid personId) => _kept.TryRemove(personId, out _);

    /// <summary>Switches the cache on or off: whether notifications of changes arrive.</summary>
    internal void Notified(bool isNotified)
    {
        _isNotified = isNotified;
        _kept.Clear();
    }

    private async Task<Session> SessionAsync(Guid personId, CancellationToken ct)
    {
        if (!_isNotified)
            return await ReadAsync(personId);
        if (_kept.Count >= MaxKept)
            _kept.Clear();
        var reading = _kept.GetOrAdd(personId, ReadAsync);
        try
        {
            var session = await reading.WaitAsync(ct);
            // A new account is not notified, so "no such account" is not kept.
            if (session.Viewer.PersonId is null)
                _kept.TryRemove(KeyValuePair.Create(personId, reading));
            return session;
        }
        catch when (reading.IsFaulted)
        {
            _kept.TryRemove(KeyValuePair.Create(personId, reading));
            throw;
        }
    }

    // Shared by all requests for the person, so that none of them can cancel it.
    private async Task<Session> ReadAsync(Guid personId)
    {
        if (await people.RightsAsync(personId, CancellationToken.None) is not { } account
            || account.LockoutEnd > clock.GetUtcNow() + LongLockOut)
        {
            return new Session(Viewer.Visitor, null);
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
        return new Session(viewer, account.SecurityStamp);
    }

    private sealed record Session(Viewer Viewer, string? SecurityStamp);
}

using System.Collections.Concurrent;
using Annotator.Domain.Data;
using Annotator.Domain.Groups;
using Annotator.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Access;

/// <summary>
/// The rights of people. They are kept in memory while the database notifies this program of each change to them; else they are
/// read each time.
/// </summary>
public sealed class Viewers(IDbContextFactory<AnnotatorDb> databases, PeopleDirectory people, TimeProvider clock)
{
    private const int MaxKept = 10_000;

    /// <summary>A lock-out that is longer than this was set by somebody; wrong passwords lock out for minutes, and sessions go on.</summary>
    private static readonly TimeSpan LongLockOut = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<Guid, Task<Session>> _kept = new();
    private volatile bool _isNotified;

    /// <summary>The person with their rights; a visitor when there is no such account or it is locked out.</summary>
    public async Task<Viewer> OfAsync(Guid personId, CancellationToken ct) => (await SessionAsync(personId, ct)).Viewer;

    /// <summary>Whether a session that began under this security stamp goes on. Signing out everywhere makes another stamp.</summary>
    public async Task<bool> IsSignedInAsync(Guid personId, string? securityStamp, CancellationToken ct)
    {
        if (Goes(await SessionAsync(personId, ct)))
            return true;
        // Who has just changed their password is here before the notification.
        _kept.TryRemove(personId, out _);
        return Goes(await SessionAsync(personId, ct));

        bool Goes(Session session) =>
            session.Viewer.PersonId is not null && string.Equals(session.SecurityStamp, securityStamp, StringComparison.Ordinal);
    }

    /// <summary>Reads the rights of a person again when they are asked for next.</summary>
    internal void Forget(Guid personId) => _kept.TryRemove(personId, out _);

    /// <summary>Begins or ends keeping rights: whether notifications of their changes arrive.</summary>
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
            // The making of an account is not notified.
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

    // For all who ask for the person, so none of them can cancel it.
    private async Task<Session> ReadAsync(Guid personId)
    {
        if (await people.RightsAsync(personId, CancellationToken.None) is not { } account || account.LockoutEnd > clock.GetUtcNow() + LongLockOut)
            return new Session(Viewer.Visitor, null);
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

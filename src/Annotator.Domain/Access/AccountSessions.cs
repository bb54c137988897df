using System.Collections.Concurrent;
using Annotator.Domain.Data;
using Annotator.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Access;

/// <summary>
/// The browsers that people are signed in with. One that is ended has no rights from then on, whoever has a copy of its cookie: in this
/// program at once, in other instances when they are notified.
/// </summary>
public sealed class AccountSessions(IDbContextFactory<AnnotatorDb> databases, Viewers viewers, TimeProvider clock)
{
    /// <summary>A session that is not used for this long ends.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    /// <summary>Of one person; with the next one the session ends that was not used for the longest time.</summary>
    private const int MaxCount = 50;
    private const int MaxKept = 10_000;
    private static readonly TimeSpan SeenAgain = TimeSpan.FromHours(1);

    // When this program wrote last that a session was used.
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _seen = new();

    /// <returns>The id of the new session.</returns>
    public async Task<Guid> BeginAsync(Guid person, string browser, CancellationToken ct)
    {
        var session = AccountSession.Of(person, browser, clock.GetUtcNow());
        await using var db = await databases.CreateDbContextAsync(ct);
        db.AccountSessions.Add(session);
        await db.SaveChangesAsync(ct);
        var spare = db.AccountSessions.Where(s => s.PersonId == person).OrderByDescending(s => s.Seen).Skip(MaxCount).Select(s => s.Id);
        await db.AccountSessions.Where(s => spare.Contains(s.Id)).ExecuteDeleteAsync(ct);
        return session.Id;
    }

    /// <summary>Of one person, the one used last first.</summary>
    public async Task<IReadOnlyList<AccountSession>> ListAsync(Guid person, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.AccountSessions.AsNoTracking().Where(s => s.PersonId == person).OrderByDescending(s => s.Seen).ToListAsync(ct);
    }

    /// <summary>Ends one session of a person; nothing happens when there is no such one.</summary>
    public Task EndAsync(Guid person, Guid session, CancellationToken ct) => EndAsync(person, s => s.Where(x => x.Id == session), ct);

    /// <summary>Ends all sessions of a person.</summary>
    public Task EndAllAsync(Guid person, CancellationToken ct) => EndAsync(person, s => s, ct);

    /// <summary>Ends all sessions of a person but one.</summary>
    public Task EndOthersAsync(Guid person, Guid session, CancellationToken ct) => EndAsync(person, s => s.Where(x => x.Id != session), ct);

    /// <summary>Notes that a session is used, once an hour.</summary>
    public async Task SeeAsync(Guid session, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_seen.TryGetValue(session, out var last) && now - last < SeenAgain)
            return;
        if (_seen.Count >= MaxKept)
            _seen.Clear();
        _seen[session] = now;
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.AccountSessions.Where(s => s.Id == session && s.Seen < now - SeenAgain)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Seen, now), ct);
    }

    /// <summary>Removes sessions that have ended because nobody used them.</summary>
    public async Task PruneAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - Longest - SeenAgain;
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.AccountSessions.Where(s => s.Seen < before).ExecuteDeleteAsync(ct);
    }

    private async Task EndAsync(
        Guid person, Func<IQueryable<AccountSession>, IQueryable<AccountSession>> which, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await which(db.AccountSessions.Where(s => s.PersonId == person)).ExecuteDeleteAsync(ct);
        viewers.Forget(person);
    }
}

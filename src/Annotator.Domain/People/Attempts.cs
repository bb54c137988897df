using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.People;

/// <summary>
/// Counts what somebody may try only so often in a time, such as passwords. The counts are in the database, so that all instances of
/// the program have the same.
/// </summary>
public sealed class Attempts(IDbContextFactory<AnnotatorDb> databases, TimeProvider clock)
{
    /// <summary>Counts an attempt, before it is made: of many at the same moment only as many as are allowed get through.</summary>
    /// <param name="who">Whose attempts are counted together: an address, a name, or several of them joined.</param>
    /// <returns>Null when it may be made; else the time until it may be.</returns>
    public async Task<TimeSpan?> CountAsync(AttemptLimit limit, string who, CancellationToken ct)
    {
        var (key, now) = (KeyOf(limit, who), clock.GetUtcNow());
        await using var db = await databases.CreateDbContextAsync(ct);
        // Most attempts of somebody who goes on and on end here, and write nothing.
        var full = await db.Attempts.AsNoTracking()
            .FirstOrDefaultAsync(a => a.Key == key && a.Until > now && a.Count >= limit.Most, ct);
        if (full is not null)
            return full.Until - now;
        var until = now + limit.Within;
        var counted = await db.Attempts.FromSql(
            $"""
            insert into attempt as a (key, count, until) values ({key}, 1, {until})
            on conflict (key) do update set
                count = case when a.until <= {now} then 1 else a.count + 1 end,
                until = case when a.until <= {now} then excluded.until else a.until end
            returning *
            """)
            .AsNoTracking().ToListAsync(ct);
        return counted[0].Count > limit.Most ? counted[0].Until - now : null;
    }

    /// <summary>Gives back all attempts, as after the right password.</summary>
    public async Task ForgetAsync(AttemptLimit limit, string who, CancellationToken ct)
    {
        var key = KeyOf(limit, who);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Attempts.Where(a => a.Key == key).ExecuteDeleteAsync(ct);
    }

    /// <summary>Removes counts whose time is over.</summary>
    public async Task PruneAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Attempts.Where(a => a.Until <= now).ExecuteDeleteAsync(ct);
    }

    private static Guid KeyOf(AttemptLimit limit, string who) => TextKey.Of($"{limit.Name}\n{who}");
}

/// <summary>How often something may be tried.</summary>
/// <param name="Name">What: counts of different names are apart.</param>
/// <param name="Most">Attempts that are allowed in the time.</param>
/// <param name="Within">The time, which begins with the first attempt.</param>
public sealed record AttemptLimit(string Name, int Most, TimeSpan Within);

/// <summary>How often somebody has tried something lately.</summary>
public sealed class Attempt
{
    /// <summary>Hash of what was tried by whom: addresses and names that people typed are not stored.</summary>
    public Guid Key { get; private set; }
    public int Count { get; private set; }

    /// <summary>When the count begins anew.</summary>
    public DateTimeOffset Until { get; private set; }

    private Attempt() { }
}

using System.Globalization;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Text;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.People;

/// <summary>Looks people up, and renames them.</summary>
public sealed class PeopleDirectory(IDbContextFactory<AnnotatorDb> databases)
{
    /// <summary>A person by their id, not tracked.</summary>
    /// <exception cref="Missing">There is no such person.</exception>
    public async Task<Person> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, ct) ?? throw new Missing("person");
    }

    /// <summary>The rights that the person's account has; null when they have no account.</summary>
    public async Task<AccountRights?> RightsAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Users.Where(a => a.Id == id)
            .Join(
                db.People,
                a => a.Id,
                p => p.Id,
                (a, p) => new AccountRights(
                    a.IsAdministrator,
                    a.SecurityStamp,
                    a.LockoutEnd,
                    p.RightsVersion,
                    db.AccountSessions.Where(s => s.PersonId == a.Id).Select(s => s.Id).ToArray()))
            .FirstOrDefaultAsync(ct);
    }

    /// <summary>Changes the name a person is shown by; an empty one shows the username.</summary>
    /// <exception cref="Invalid">The field is <c>display_name</c>: it cannot be stored, or looks like another account's name.</exception>
    public async Task RenameAsync(Guid id, string? displayName, CancellationToken ct)
    {
        var name = UserText.Line("display_name", displayName, Limits.Author);
        await using var db = await databases.CreateDbContextAsync(ct);
        var person = await db.People.FirstOrDefaultAsync(p => p.Id == id, ct) ?? throw new Missing("person");
        var looks = LookAlikes.KeysOf(name ?? "").Except(LookAlikes.KeysOf(person.Username)).ToArray();
        if (name is not null
            && looks.Length > 0
            && (LookAlikes.IsReserved(name) || await db.People.AnyAsync(p => looks.Contains(p.LookKey ?? Guid.Empty) && p.Id != id, ct)))
        {
            throw new Invalid("display_name", "looks_like_another");
        }
        person.BeCalled(name);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Makes the keys of names anew where they are of another version of <see cref="LookAlikes"/>, the oldest first.</summary>
    /// <returns>A line for each account whose name looks like that of an older one; both keep their names.</returns>
    public async Task<IReadOnlyList<string>> RenewLookKeysAsync(CancellationToken ct)
    {
        const string setting = "look-alikes";
        var version = LookAlikes.Version.ToString(CultureInfo.InvariantCulture);
        await using var db = await databases.CreateDbContextAsync(ct);
        var stored = await db.SiteSettings.FirstOrDefaultAsync(s => s.Name == setting, ct);
        if (string.Equals(stored?.Value, version, StringComparison.Ordinal))
        {
            await ClaimMissedAsync(db, ct);
            return [];
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var people = await db.People.Where(p => p.LookKey != null || db.Users.Any(a => a.Id == p.Id)).OrderBy(p => p.Id).ToListAsync(ct);
        await db.People.Where(p => p.LookKey != null).ExecuteUpdateAsync(set => set.SetProperty(p => p.LookKey, (Guid?)null), ct);
        var taken = new HashSet<Guid>();
        var report = new List<string>();
        foreach (var person in people)
        {
            var look = LookAlikes.KeyOf(person.Username);
            if (taken.Add(look))
                await db.People.Where(p => p.Id == person.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.LookKey, look), ct);
            else
                report.Add($"the name {person.Username} looks like that of an older account; user rename gives it another");
        }

        await db.Database.ExecuteSqlAsync(
            $"insert into setting (name, value) values ({setting}, {version}) on conflict (name) do update set value = excluded.value", ct);
        await transaction.CommitAsync(ct);
        return report;
    }

    // Accounts that a program of an earlier version has made since, as during an upgrade.
    private static async Task ClaimMissedAsync(AnnotatorDb db, CancellationToken ct)
    {
        var missed = await db.People.Where(p => p.LookKey == null && db.Users.Any(a => a.Id == p.Id)).OrderBy(p => p.Id).ToListAsync(ct);
        foreach (var person in missed)
        {
            var look = LookAlikes.KeyOf(person.Username);
            await db.People.Where(p => p.Id == person.Id && !db.People.Any(other => other.LookKey == look))
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.LookKey, look), ct);
        }
    }
}

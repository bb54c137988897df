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
    /// <exception cref="Invalid">The field is <c>display_name</c>.</exception>
    public async Task RenameAsync(Guid id, string? displayName, CancellationToken ct)
    {
        if (!UserText.TryClean(displayName ?? "", Limits.Author, out var name, out var reason))
            throw new Invalid("display_name", reason, Limits.Author);
        await using var db = await databases.CreateDbContextAsync(ct);
        var person = await db.People.FirstOrDefaultAsync(p => p.Id == id, ct) ?? throw new Missing("person");
        person.BeCalled(name.ReplaceLineEndings(" "));
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>The rights of a person with an account.</summary>
/// <param name="SecurityStamp">
/// ASP.NET Core Identity's stamp, which the cookies of the person's sessions carry; another one ends them.
/// </param>
/// <param name="LockoutEnd">The person is locked out until this time; null when they are not.</param>
/// <param name="Version"><see cref="Person.RightsVersion"/>.</param>
/// <param name="Sessions">Ids of the sessions that have not ended.</param>
public sealed record AccountRights(
    bool IsAdministrator, string? SecurityStamp, DateTimeOffset? LockoutEnd, long Version, IReadOnlyList<Guid> Sessions);

using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Text;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.People;

/// <summary>Knows people by what they are called.</summary>
public sealed class PeopleDirectory(IDbContextFactory<AnnotatorDb> databases)
{
    public async Task<Person> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, ct) ?? throw new NotFound("person");
    }

    /// <summary>What the person's account says of their rights; null when they have none.</summary>
    public async Task<AccountRights?> RightsAsync(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Users.Where(a => a.Id == id)
            .Join(db.People, a => a.Id, p => p.Id, (a, p) => new AccountRights(a.IsAdministrator, a.SecurityStamp, a.LockoutEnd, p.RightsVersion))
            .FirstOrDefaultAsync(ct);
    }

    /// <summary>Changes the name a person is shown by; an empty one shows the username.</summary>
    /// <exception cref="Invalid">The field is <c>display_name</c>.</exception>
    public async Task RenameAsync(Guid id, string? displayName, CancellationToken ct)
    {
        if (!UserText.TryClean(displayName ?? "", Limits.Author, out var name, out var reason))
            throw new Invalid("display_name", reason, Limits.Author);
        await using var db = await databases.CreateDbContextAsync(ct);
        var person = await db.People.FirstOrDefaultAsync(p => p.Id == id, ct) ?? throw new NotFound("person");
        person.BeCalled(name.ReplaceLineEndings(" "));
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>What an account says of the rights of its person.</summary>
/// <param name="SecurityStamp">Is in the cookies of the person's sessions; another one ends them.</param>
/// <param name="LockoutEnd">Until then the person cannot sign in.</param>
/// <param name="Version"><see cref="Person.RightsVersion"/>.</param>
public sealed record AccountRights(bool IsAdministrator, string? SecurityStamp, DateTimeOffset? LockoutEnd, long Version);

using Annotator.Domain.Data;
using Annotator.Domain.Groups;
using Annotator.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Access;

/// <summary>Reads the rights of people from the store.</summary>
public sealed class Viewers(IDbContextFactory<AnnotatorDb> databases, PeopleDirectory people)
{
    /// <summary>The person with their rights; a visitor when there is no such account.</summary>
    public async Task<Viewer> OfAsync(Guid personId, CancellationToken ct)
    {
        if (await people.RightsAsync(personId, ct) is not { } account)
            return Viewer.Visitor;
        await using var db = await databases.CreateDbContextAsync(ct);
        var memberships = await db.Memberships.Where(m => m.PersonId == personId)
            .Join(db.Groups, m => m.GroupId, g => g.Id, (m, g) => new { m.GroupId, m.Role, g.Kind })
            .OrderBy(m => m.GroupId)
            .ToListAsync(ct);
        return new Viewer(personId)
        {
            Reads = [.. memberships.Where(m => m.Kind is GroupKind.Private).Select(m => m.GroupId)],
            Writes = [.. memberships.Select(m => m.GroupId)],
            Moderates = [.. memberships.Where(m => m.Role is GroupRole.Owner or GroupRole.Moderator).Select(m => m.GroupId)],
            IsAdministrator = account.IsAdministrator,
            RightsVersion = account.Version,
        };
    }
}

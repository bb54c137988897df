using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Groups;

/// <summary>Knows who belongs where.</summary>
public sealed class GroupDirectory(IDbContextFactory<AnnotatorDb> databases, PeopleDirectory people)
{
    /// <summary>The person as a viewer, with the groups they read; a visitor when the account is gone.</summary>
    public async Task<Viewer> ViewerAsync(Guid personId, CancellationToken ct)
    {
        if (await people.IsAdministratorAsync(personId, ct) is not { } isAdministrator)
            return Viewer.Visitor;
        await using var db = await databases.CreateDbContextAsync(ct);
        var groups = await db.Memberships.Where(m => m.PersonId == personId).Select(m => m.GroupId).ToListAsync(ct);
        return new Viewer(personId, [Viewer.PublicGroup, .. groups], isAdministrator);
    }
}

using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Groups;

/// <summary>Knows who belongs where.</summary>
public sealed class GroupDirectory(IDbContextFactory<AnnotatorDb> databases)
{
    /// <summary>The person as a viewer, with the groups they read; a visitor when the account is gone.</summary>
    public async Task<Viewer> ViewerAsync(Guid personId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var known = await db.Users.AsNoTracking().Where(a => a.Id == personId)
            .Select(a => new { a.IsAdministrator, Groups = db.Memberships.Where(m => m.PersonId == personId).Select(m => m.GroupId).ToList() })
            .FirstOrDefaultAsync(ct);
        return known is null
            ? Viewer.Visitor
            : new Viewer(personId, [Viewer.PublicGroup, .. known.Groups], known.IsAdministrator);
    }
}

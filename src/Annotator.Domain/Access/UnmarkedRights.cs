using Annotator.Domain.Data;
using Annotator.Domain.Groups;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Access;

/// <summary>
/// Rights that the lexemes in the search index do not express (yet): they are added to each search. Hits are checked again with the
/// rule in SQL all the same.
/// </summary>
/// <param name="Silenced">Silenced persons. Their annotations keep their lexemes, so that silencing rewrites no rows.</param>
/// <param name="Opened">Groups that are not private any more, whose rows are not yet rewritten.</param>
/// <param name="Closed">Groups that are private now, whose rows are not yet rewritten.</param>
internal sealed record UnmarkedRights(IReadOnlyList<Guid> Silenced, IReadOnlyList<string> Opened, IReadOnlyList<string> Closed)
{
    /// <summary>
    /// Silenced persons that a search excludes by lexemes. More would make it slow; their annotations are removed by the check in
    /// SQL.
    /// </summary>
    private const int MaxSilenced = 200;

    public static UnmarkedRights None { get; } = new([], [], []);

    /// <summary>Reads them; once for each search.</summary>
    public static async Task<UnmarkedRights> ReadAsync(AnnotatorDb db, CancellationToken ct)
    {
        var silenced = await db.People.Where(p => p.IsSilenced).OrderBy(p => p.Id).Select(p => p.Id).Take(MaxSilenced).ToListAsync(ct);
        var groups = await db.Groups.Where(g => g.IsReindexing).Select(g => new { g.Id, g.Kind }).ToListAsync(ct);
        var isPrivate = groups.ToLookup(g => g.Kind is GroupKind.Private, g => g.Id);
        return new UnmarkedRights(silenced, [.. isPrivate[false]], [.. isPrivate[true]]);
    }
}

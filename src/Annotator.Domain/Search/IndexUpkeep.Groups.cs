using Annotator.Domain.Access;
using Annotator.Domain.Analysis;
using Annotator.Domain.Data;
using Annotator.Domain.Groups;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Search;

public sealed partial class IndexUpkeep
{
    /// <summary>
    /// Rewrites the lexemes of groups that have become private, or have ceased to be. Until then questions name these groups
    /// (<see cref="UnmarkedRights"/>).
    /// </summary>
    /// <returns>Number of entries rewritten.</returns>
    public async Task<int> RegroupAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var rewritten = 0;
        foreach (var group in await db.Groups.AsNoTracking().Where(g => g.IsReindexing).ToListAsync(ct))
        {
            var isPrivate = group.Kind is GroupKind.Private;
            rewritten += await RewriteAsync(db, AccessLexemes.For(group.Id), AccessLexemes.World, isPrivate, ct);
            rewritten += await RewriteAsync(db, AccessLexemes.HeldIn(group.Id), AccessLexemes.Held, isPrivate, ct);
            // Not marked as done if the kind has changed once more meanwhile.
            await db.Groups.Where(g => g.Id == group.Id && g.Kind == group.Kind)
                .ExecuteUpdateAsync(set => set.SetProperty(g => g.IsReindexing, false), ct);
        }

        return rewritten;
    }

    /// <summary>Gives the entries that have one lexeme another one, or takes that away, batch by batch.</summary>
    private async Task<int> RewriteAsync(AnnotatorDb db, string having, string lexeme, bool isTakenAway, CancellationToken ct)
    {
        var due = $"{QueryTerm.Quoted(having)} & {(isTakenAway ? "" : "!")}{QueryTerm.Quoted(lexeme)}";
        for (var rewritten = 0; ;)
        {
            var rows = await db.Database.ExecuteSqlAsync(
                $"""
                update annotation_search set indexed = {clock.GetUtcNow()},
                    tokens = case when {isTakenAway}
                        then ts_delete(tokens, {lexeme}) else tokens || {QueryTerm.Quoted(lexeme)}::tsvector end
                where annotation_id in (select annotation_id from annotation_search where tokens @@ {due}::tsquery limit {BatchSize})
                """, ct);
            if (rows == 0)
                return rewritten;
            rewritten += rows;
        }
    }
}

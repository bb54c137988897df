using Annotator.Domain.Analysis;
using Annotator.Domain.Access;
using Annotator.Domain.Changes;
using Annotator.Domain.Data;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>
/// Makes two sources one, with everything that is said about them, and parts one again: each annotation has the address it came
/// with. All of it goes into the transaction of the caller.
/// </summary>
internal sealed class SourceMerging(AnnotatorDb db, DateTimeOffset now)
{
    /// <summary>Moves passages, annotations, texts and addresses; the first source is gone then, and its id leads to the other.</summary>
    /// <exception cref="Missing">One of the two is not there.</exception>
    public async Task MergeAsync(Guid from, Guid into, CancellationToken ct)
    {
        var (gone, kept) = (await LockedAsync([from, into], ct)) switch
        {
            [var one, var other] => one.Id == from ? (one, other) : (other, one),
            _ => throw new Missing("source"),
        };
        var isOfOneLanguage = string.Equals(gone.Language, kept.Language, StringComparison.Ordinal);
        await MergePassagesAsync(from, into, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update former_id set source_id = {into} where source_id = {from};
            insert into former_id (id, source_id, uri)
            values ({from}, {into}, (select uri from source_uri where source_id = {from} order by added, uri limit 1));
            update passage set source_id = {into} where source_id = {from};
            update snapshot set source_id = {into} where source_id = {from};
            update source_revision set source_id = {into} where source_id = {from};
            update removed_source set source_id = {into} where source_id = {from};
            update annotation set source_id = {into} where source_id = {from};
            update source_uri set source_id = {into} where source_id = {from}
            """, ct);
        kept.TakeOver(gone);
        kept.Index(now);
        db.Sources.Remove(gone);
        await db.SaveChangesAsync(ct);
        await ReindexAsync(from, kept, isOfOneLanguage, ct);
        await ChangeLog.AddAsync(db, Change.OfTwoSources(ChangeAction.Merge, from, into), ct);
    }

    /// <summary>Gives some addresses of a source a source of their own, with the annotations and texts that came with them.</summary>
    /// <param name="keys">Of the addresses.</param>
    /// <returns>The new source; null when nothing came with these addresses.</returns>
    /// <exception cref="Missing">The source is not there.</exception>
    public async Task<Source?> PartAsync(Guid sourceId, IReadOnlySet<Guid> keys, CancellationToken ct)
    {
        var source = (await LockedAsync([sourceId], ct)).SingleOrDefault() ?? throw new Missing("source");
        var uris = await UrisAsync(sourceId, keys, ct);
        var roots = db.Annotations.Where(a => a.SourceId == sourceId && a.RootId == null && uris.Contains(a.Uri!)).Select(a => a.Id);
        var moved = await db.Annotations.Where(a => a.SourceId == sourceId && (roots.Contains(a.Id) || roots.Contains(a.RootId!.Value)))
            .Select(a => a.Id)
            .ToArrayAsync(ct);
        var addresses = await db.SourceUris.Where(u => u.SourceId == sourceId && keys.Contains(u.Key)).ToListAsync(ct);
        if (uris.Length == 0 && addresses.Count == 0)
            return null;
        var parted = await PartedAsync(source, addresses.Select(u => u.Uri).Concat(uris).First(), moved, ct);
        db.SourceUris.RemoveRange(addresses);
        await db.SaveChangesAsync(ct);
        var own = parted.Uris[0].Key;
        // Another source has the address already: the caller merges the two.
        if (await db.SourceUris.AnyAsync(u => u.Key == own, ct))
            parted.Uris.Clear();
        db.Sources.Add(parted);
        db.SourceUris.AddRange(addresses.Where(u => !parted.Uris.Exists(p => p.Key == u.Key)).Select(u => u.Renewed(parted.Id)));
        await db.SaveChangesAsync(ct);
        await PartPassagesAsync(sourceId, parted.Id, moved, ct);
        await PartFormerIdsAsync(sourceId, parted.Id, keys, ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            update snapshot set source_id = {parted.Id} where source_id = {sourceId} and uri = any({uris});
            update annotation set source_id = {parted.Id} where id = any({moved});
            update annotation a set snapshot_id = null from snapshot s
            where s.id = a.snapshot_id and a.source_id in ({sourceId}, {parted.Id}) and s.source_id <> a.source_id;
            delete from passage_place o using passage p, snapshot s
            where p.id = o.passage_id and s.id = o.snapshot_id and p.source_id in ({sourceId}, {parted.Id}) and p.source_id <> s.source_id
            """, ct);
        await ReindexAsync(sourceId, parted, isOfOneLanguage: true, ct);
        await ChangeLog.AddAsync(db, Change.OfTwoSources(ChangeAction.Part, sourceId, parted.Id), ct);
        return parted;
    }

    // In one order, so that two merges wait for each other instead of blocking each other.
    private async Task<List<Source>> LockedAsync(Guid[] ids, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select from source where id = any({ids}) order by id for update", ct);
        return await db.Sources.Include(s => s.SearchEntry).Where(s => ids.Contains(s.Id)).ToListAsync(ct);
    }

    // The same words in the same surroundings are one passage from now on.
    private async Task MergePassagesAsync(Guid from, Guid into, CancellationToken ct)
    {
        var moved = await db.Passages.AsNoTracking().Where(p => p.SourceId == from).OrderBy(p => p.Id).ToListAsync(ct);
        var words = moved.Select(p => p.WordsKey).Distinct().ToArray();
        var there =
            (await db.Passages.Where(p => p.SourceId == into && words.Contains(p.WordsKey))
                .OrderBy(p => p.Id)
                .ToListAsync(ct)).ToLookup(p => p.WordsKey);
        var same = moved.Select(p => (Old: p, New: there[p.WordsKey].FirstOrDefault(o => o.Quote.IsCompatibleWith(p.Quote))))
            .Where(p => p.New is not null)
            .ToList();
        if (same.Count == 0)
            return;
        await new PassageCorrection(db, now).ForgetGuessesAsync([.. same.Where(p => p.New!.TakeOver(p.Old)).Select(p => p.New!.Id)], ct);
        await db.SaveChangesAsync(ct);
        var (old, @new) = (same.ConvertAll(p => p.Old.Id), same.ConvertAll(p => p.New!.Id));
        await db.Database.ExecuteSqlAsync(
            $"""
            update annotation a set passage_id = m.new from unnest({old}, {@new}) m (old, new) where a.passage_id = m.old;
            update revision r set passage_id = m.new from unnest({old}, {@new}) m (old, new) where r.passage_id = m.old;
            insert into passage_place (snapshot_id, passage_id, kind, position_start, position_end, confidence, text)
            select distinct on (p.snapshot_id, m.new) p.snapshot_id, m.new, p.kind, p.position_start, p.position_end, p.confidence, p.text
            from passage_place p join unnest({old}, {@new}) m (old, new) on m.old = p.passage_id
            on conflict do nothing;
            update former_id f set source_id = {into}, passage_id = m.new from unnest({old}, {@new}) m (old, new) where f.passage_id = m.old;
            insert into former_id (id, source_id, passage_id) select m.old, {into}, m.new from unnest({old}, {@new}) m (old, new);
            delete from passage where id = any({old})
            """, ct);
    }

    private async Task<string[]> UrisAsync(Guid sourceId, IReadOnlySet<Guid> keys, CancellationToken ct)
    {
        var uris = await db.Annotations.Where(a => a.SourceId == sourceId && a.Uri != null).Select(a => a.Uri!)
            .Union(db.Snapshots.Where(s => s.SourceId == sourceId && s.Uri != null).Select(s => s.Uri!)).ToListAsync(ct);
        return [.. uris.Where(u => keys.Contains(SourceUri.KeyOf(u)))];
    }

    // Its title is the newest that was given in public with what moves, else that of the source it comes from.
    private async Task<Source> PartedAsync(Source source, string uri, Guid[] moved, CancellationToken ct)
    {
        var shared = db.Annotations.Where(a => moved.Contains(a.Id) && a.Shared && a.Group!.Kind != GroupKind.Private && a.Deleted == null);
        var isPublic = await shared.AnyAsync(ct);
        var given = await shared.Where(a => a.CitedTitle != null)
            .OrderByDescending(a => a.Created)
            .Select(a => new { a.CitedTitle, a.CitedAuthor })
            .FirstOrDefaultAsync(ct);
        var title = given?.CitedTitle ?? (source.TitleGiven ? source.Title : null);
        var parted = Source.Cited(new Citation(uri, title, given?.CitedAuthor ?? source.Author, null), isPublic, source.Language, now);
        parted.Touch(source.LastActivity);
        parted.Index(now);
        return parted;
    }

    // A passage that annotations of both sources quote is copied, so that each source has its own.
    private async Task PartPassagesAsync(Guid sourceId, Guid partedId, Guid[] moved, CancellationToken ct)
    {
        var leaving = db.Annotations.Where(a => moved.Contains(a.Id) && a.PassageId != null).Select(a => a.PassageId!.Value);
        var divided = await db.Passages.AsNoTracking()
            .Where(p => leaving.Contains(p.Id) && db.Annotations.Any(a => a.PassageId == p.Id && !moved.Contains(a.Id)))
            .ToListAsync(ct);
        var copies = divided.ConvertAll(p => p.CopiedTo(partedId, now));
        db.Passages.AddRange(copies);
        await db.SaveChangesAsync(ct);
        var (old, @new) = (divided.ConvertAll(p => p.Id), copies.ConvertAll(p => p.Id));
        await db.Database.ExecuteSqlAsync(
            $"""
            update annotation a set passage_id = m.new from unnest({old}, {@new}) m (old, new) where a.passage_id = m.old and a.id = any({moved});
            update passage p set source_id = {partedId}
            where p.source_id = {sourceId} and exists (select from annotation a where a.passage_id = p.id and a.id = any({moved}))
            """, ct);
    }

    // Links to a source that was merged lead to where its address is.
    private async Task PartFormerIdsAsync(Guid sourceId, Guid partedId, IReadOnlySet<Guid> keys, CancellationToken ct)
    {
        var known = await db.FormerIds.Where(f => f.SourceId == sourceId && f.Uri != null)
            .Select(f => new { f.Id, Uri = f.Uri! })
            .ToListAsync(ct);
        var leaving = known.Where(f => keys.Contains(SourceUri.KeyOf(f.Uri))).Select(f => f.Id).ToArray();
        await db.Database.ExecuteSqlAsync(
            $"""
            update former_id set source_id = {partedId} where id = any({leaving});
            update former_id f set source_id = p.source_id from passage p where p.id = f.passage_id and p.source_id = {partedId}
            """, ct);
    }

    // Of the search entries only the lexeme of the source is replaced. Page notes also carry the language of the source, so they are
    // indexed anew unless both sources have the same language.
    private async Task ReindexAsync(Guid from, Source into, bool isOfOneLanguage, CancellationToken ct)
    {
        var (old, @new) = (FilterLexemes.Source(from), FilterLexemes.Source(into.Id));
        await db.Database.ExecuteSqlAsync(
            $"""
            update annotation_search e set tokens = ts_delete(e.tokens, {old}) || array_to_tsvector(array[{@new}]), indexed = {now}
            from annotation a where a.id = e.annotation_id and a.source_id = {into.Id} and not e.tokens @@ {QueryTerm.Quoted(@new)}::tsquery
            """, ct);
        if (isOfOneLanguage)
            return;
        foreach (var note in await db.Annotations.Include(a => a.SearchEntry)
            .Include(a => a.Group)
            .Where(a => a.SourceId == into.Id && a.PassageId == null && a.Deleted == null)
            .ToListAsync(ct))
        {
            note.Index(null, into, note.Group!, now);
        }
        await db.SaveChangesAsync(ct);
    }
}

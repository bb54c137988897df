using Annotator.Domain.Access;
using System.Globalization;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Annotator.Domain.Changes;

/// <summary>The change log: the basis of live pages, notifications, feeds and audit.</summary>
public sealed class ChangeLog(IDbContextFactory<AnnotatorDb> databases)
{
    /// <summary>
    /// How long records stay. A sign-in lasts as long: a page that was opened before it is loaded anew anyway, and no digest or
    /// feed looks further back.
    /// </summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>The channel of the notifications. Their payload is ids of records, in decimal digits, separated by spaces.</summary>
    internal const string Channel = "annotator_changes";

    /// <summary>
    /// Records of one source that go into its version. A slow transaction may add a record with a smaller id than others that are
    /// there already; while it is among the newest of this number, the version becomes another.
    /// </summary>
    private const int Newest = 64;

    /// <summary>Adds records by one statement, within the transaction of the context.</summary>
    internal static async Task AddAsync(AnnotatorDb db, IEnumerable<Change> records, CancellationToken ct)
    {
        var all = records.ToList();
        if (all.Count == 0)
            return;
        await db.Database.ExecuteSqlRawAsync(
            """
            insert into change
                (kind, action, source_id, other_source_id, annotation_id, group_id, author_id, client_id, seen_before, seen_after)
            select k, act, s, o, a, g, p, {0}, b, e
            from unnest({1}, {2}, {3}, {4}, {5}, {6}, {7}, {8}, {9}) as t (k, act, s, o, a, g, p, b, e)
            """,
            [
                new NpgsqlParameter { Value = (object?)ChangeClient.Current ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
                all.ConvertAll(c => c.Kind.ToString()), all.ConvertAll(c => c.Action.ToString()), all.ConvertAll(c => c.SourceId),
                all.ConvertAll(c => c.OtherSourceId), all.ConvertAll(c => c.AnnotationId), all.ConvertAll(c => c.GroupId),
                all.ConvertAll(c => c.AuthorId), all.ConvertAll(c => c.SeenBefore.ToString()), all.ConvertAll(c => c.SeenAfter.ToString()),
            ],
            ct
        );
    }

    /// <summary>
    /// The version of a source for a viewer: it changes when a record is added that they could see, and only then. Private changes
    /// of others and those in other groups leave it as it is.
    /// </summary>
    /// <returns>Short ASCII text without spaces; equal texts are equal pages.</returns>
    public async Task<string> VersionAsync(Viewer viewer, Guid sourceId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var newest = db.Changes.Where(c => c.SourceId == sourceId).Where(Change.SeenBy(viewer))
            .OrderByDescending(c => c.Id).Take(Newest).Select(c => new { c.Id, IsOfPerson = false });
        // Names stand beside the comments of every source.
        var renamed = db.Changes.Where(c => c.Kind == ChangeKind.Person)
            .OrderByDescending(c => c.Id).Take(1).Select(c => new { c.Id, IsOfPerson = true });
        var ids = (await newest.Concat(renamed).ToListAsync(ct)).ToLookup(c => c.IsOfPerson, c => c.Id);
        return string.Create(
            CultureInfo.InvariantCulture, $"{ids[false].DefaultIfEmpty().Max():x}-{ids[false].Sum():x}-{ids[true].FirstOrDefault():x}");
    }

    /// <summary>Removes what is older than <see cref="Kept"/>.</summary>
    /// <returns>Number of records.</returns>
    public async Task<int> PruneAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        // By the clock of the database, which also wrote the times.
        return await db.Database.ExecuteSqlAsync($"delete from change where at < now() - {Kept}", ct);
    }
}

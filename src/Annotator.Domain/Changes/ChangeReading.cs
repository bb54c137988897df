using System.Globalization;
using Annotator.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Changes;

/// <summary>
/// Position of a reader of the change log: a horizon (<c>pg_snapshot_xmin</c>), and the records beyond it that were read. Ids do
/// not come in the order of commits, so "the last id" would miss a slower transaction. Below the horizon, every transaction has
/// ended and was read.
/// </summary>
internal sealed class ChangeReading
{
    /// <summary>Records remembered beyond the horizon before it is moved forward.</summary>
    private const int Most = 1_000;

    private readonly Dictionary<long, ulong> _read = [];
    private ulong _horizon;

    /// <summary>The last call had no earlier position to continue from: what was written before it is not known.</summary>
    public bool IsAnew { get; private set; }

    /// <summary>The ids of a notification; what is no id is left out.</summary>
    public static IEnumerable<long> Ids(string payload) =>
        from word in payload.Split(' ')
        select long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0 into id
        where id > 0
        select id;

    /// <summary>
    /// Reads what was committed since the last call, whatever was notified. The first call sets the position and reads little or
    /// nothing.
    /// </summary>
    public async Task<IReadOnlyList<Change>> CatchUpAsync(AnnotatorDb db, CancellationToken ct)
    {
        // One snapshot for both: what it does not see yet stays beyond its horizon.
        await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var xmin = await db.Database.SqlQuery<string>($"select pg_snapshot_xmin(pg_current_snapshot())::text as \"Value\"").SingleAsync(ct);
        var horizon = ulong.Parse(xmin, CultureInfo.InvariantCulture);
        // A horizon only goes back when the database was put back to an earlier state.
        IsAnew = _horizon == 0 || horizon < _horizon;
        if (IsAnew)
        {
            _read.Clear();
            _horizon = horizon;
        }

        var found = await db.Changes.AsNoTracking().Where(c => c.Xact >= _horizon).OrderBy(c => c.Id).ToListAsync(ct);
        await transaction.CommitAsync(ct);
        var unread = found.Where(c => !_read.ContainsKey(c.Id)).ToList();
        foreach (var change in found)
            _read[change.Id] = change.Xact;
        foreach (var (id, _) in _read.Where(r => r.Value < horizon).ToList())
            _read.Remove(id);
        _horizon = horizon;
        return unread;
    }

    /// <summary>Reads the records with these ids that were not read before.</summary>
    public async Task<IReadOnlyList<Change>> ReadAsync(AnnotatorDb db, IReadOnlyList<long> ids, CancellationToken ct)
    {
        if (_read.Count + ids.Count > Most)
            return await CatchUpAsync(db, ct);
        var wanted = ids.Where(id => !_read.ContainsKey(id)).ToArray();
        if (wanted.Length == 0)
            return [];
        var found = await db.Changes.AsNoTracking().Where(c => wanted.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync(ct);
        foreach (var change in found)
            _read[change.Id] = change.Xact;
        return found;
    }
}

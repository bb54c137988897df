using System.Data.Common;
using System.Runtime.CompilerServices;
using Annotator.Domain.Annotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Annotator.Domain.Live;

/// <summary>
/// Says in the transaction that writes annotations which sources they are about: whoever listens hears of it when it is
/// committed, and never when it is not. Only ids are said. What is copied or changed in bulk is not announced: an import touches
/// hundreds of sources a batch.
/// </summary>
internal sealed class ChangeNotice : SaveChangesInterceptor, IDbTransactionInterceptor
{
    public const string Channel = "annotator_changes";

    /// <summary>Keeps nothing but what is about to be said, so all contexts share it.</summary>
    public static readonly ChangeNotice Instance = new();

    private readonly ConditionalWeakTable<DbContext, string[]> _unsaid = [];

    private ChangeNotice() { }

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is not { } db || Touched(db) is not { Length: > 0 } changes)
            return result;
        if (db.Database.CurrentTransaction is not null)
        {
            await SayAsync(db, changes, cancellationToken);
            return result;
        }

        // A single statement would otherwise go without a transaction, and what is said before it would be heard before it.
        db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
        _unsaid.AddOrUpdate(db, changes);
        return result;
    }

    public async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } db && _unsaid.TryGetValue(db, out var changes))
        {
            _unsaid.Remove(db);
            await using var command = connection.CreateCommand();
            command.Transaction = result;
            command.CommandText = "select pg_notify($1, change) from unnest($2::text[]) as change";
            foreach (object value in (object[])[Channel, changes])
            {
                var parameter = command.CreateParameter();
                parameter.Value = value;
                command.Parameters.Add(parameter);
            }

            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return result;
    }

    private static string[] Touched(DbContext db)
    {
        var changes = db.ChangeTracker.Entries<Annotation>()
            .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .Select(e => new Change(e.Entity.SourceId, IsSeenByOthers(e) ? null : e.Entity.AuthorId))
            .ToHashSet();
        // Who is told with all others is not told once more.
        return [.. changes.Where(c => c.OnlyTo is null || !changes.Contains(new Change(c.SourceId))).Select(c => c.ToString())];
    }

    // Also what others could see until now.
    private static bool IsSeenByOthers(EntityEntry<Annotation> entry) => entry.Entity.Shared || (entry.State is not EntityState.Added && entry.Property(a => a.Shared).OriginalValue);

    private static Task<int> SayAsync(DbContext db, string[] changes, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_notify({Channel}, change) from unnest({changes}) as change", ct);
}

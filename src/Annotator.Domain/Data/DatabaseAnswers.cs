using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Annotator.Domain.Data;

/// <summary>
/// Counts the statements that the database has answered: while others are answered it works, however long a question of one's own takes.
/// </summary>
public sealed class DatabaseAnswers : DbCommandInterceptor
{
    private long _count;

    /// <summary>Answers since the start of the program.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Notes an answer to a statement that did not come from the mapper.</summary>
    public void Add() => Interlocked.Increment(ref _count);

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result) =>
        Counted(result);

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Counted(result));

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result) => Counted(result);

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Counted(result));

    private T Counted<T>(T result)
    {
        Add();
        return result;
    }
}

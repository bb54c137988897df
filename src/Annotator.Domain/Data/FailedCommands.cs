using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Annotator.Domain.Data;

/// <summary>
/// Keeps a command that failed from being used again. Npgsql keeps the last command of a connection object, and contexts of the pool
/// keep their connection objects: a command that broke off while it was being prepared would be taken for a prepared one on the next
/// connection, whose answer it then misreads.
/// </summary>
internal sealed class FailedCommands : DbCommandInterceptor
{
    public static readonly FailedCommands Instance = new();

    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => command.Connection = null;

    public override Task CommandFailedAsync(
        DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        command.Connection = null;
        return Task.CompletedTask;
    }

    public override void CommandCanceled(DbCommand command, CommandEndEventData eventData) => command.Connection = null;

    public override Task CommandCanceledAsync(
        DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default)
    {
        command.Connection = null;
        return Task.CompletedTask;
    }

    // Where it broke while rows were read.
    public override InterceptionResult DataReaderDisposing(
        DbCommand command, DataReaderDisposingEventData eventData, InterceptionResult result)
    {
        if (command.Connection?.State is not ConnectionState.Open)
            command.Connection = null;
        return result;
    }
}

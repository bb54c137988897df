using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Annotator.Domain.Data;

/// <summary>Looks whether the database answers.</summary>
public sealed class DatabaseProbe(IDbContextFactory<AnnotatorDb> databases, DatabaseAnswers others)
{
    /// <summary>
    /// In seconds. A database that works answers a question about nothing sooner; one on a machine that is busy may not, and answers
    /// others meanwhile.
    /// </summary>
    private const int Patience = 2;

    private readonly Lock _lock = new();
    private Task<bool>? _asking;

    /// <summary>
    /// Asks the database over a connection of its own, for two seconds at most, and looks whether anybody else is answered in that time.
    /// Who asks meanwhile gets the same answer.
    /// </summary>
    public Task<bool> AnswersAsync()
    {
        lock (_lock)
            return _asking is { IsCompleted: false } ? _asking : _asking = Task.Run(AskAsync);
    }

    /// <summary>
    /// Closes the idle connections of the pool: where one has broken, the others have as well, and each would be one more page that
    /// fails after the database is back.
    /// </summary>
    public void ForgetConnections()
    {
        using var db = databases.CreateDbContext();
        NpgsqlConnection.ClearPool((NpgsqlConnection)db.Database.GetDbConnection());
    }

    private async Task<bool> AskAsync()
    {
        var before = others.Count;
        try
        {
            await using var db = await databases.CreateDbContextAsync();
            // Not of the pool, where all may be in use by others.
            var own = new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString())
            {
                Pooling = false, Timeout = Patience, CommandTimeout = Patience, CancellationTimeout = -1,
            };
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(Patience));
            await using var connection = new NpgsqlConnection(own.ConnectionString);
            await connection.OpenAsync(limit.Token);
            await using var question = new NpgsqlCommand("select 1", connection);
            await question.ExecuteScalarAsync(limit.Token);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException or SocketException or IOException)
        {
            return others.Count > before;
        }
    }
}

using System.Collections.Concurrent;
using Annotator.Domain.Access;
using Annotator.Domain.Changes;
using Annotator.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Domain.Data;

/// <summary>Connections that break under queries, as when the server is killed.</summary>
public sealed class BrokenConnectionTests(SharedStore shared) : IClassFixture<SharedStore>
{
    [Fact]
    public async Task Whoever_asks_meets_an_outage_or_the_right_answer_and_nothing_else()
    {
        var mei = await shared.Store.PersonAsync("mei");
        var said = await shared.Store.WriteAsync(mei, Drafts.PageNote("Something.", Drafts.Unique("Broken")));
        var log = new ChangeLog(shared.Store.Databases);
        var right = await log.VersionAsync(Viewer.Visitor, said.SourceId, Ct);
        ConcurrentQueue<string> wrong = [];
        var (answers, broken) = (0, 0);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var asking = Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                try
                {
                    var version = await log.VersionAsync(Viewer.Visitor, said.SourceId, CancellationToken.None);
                    if (!string.Equals(right, version, StringComparison.Ordinal))
                        wrong.Enqueue("another answer");
                    Interlocked.Increment(ref answers);
                }
                catch (Exception e)
                {
                    if (DatabaseOutage.Explains(e))
                        Interlocked.Increment(ref broken);
                    else
                        wrong.Enqueue(e.ToString());
                }
            }
        })).ToList();
        for (var kills = 0; kills < 100; kills++)
        {
            var before = answers;
            await Until.HoldsAsync(() => answers >= before + 60);
            await KillAsync();
        }

        await end.CancelAsync();
        await Task.WhenAll(asking);
        Assert.True(broken > 0);
        Assert.Empty(wrong);
    }

    private async Task KillAsync()
    {
        var own = new Npgsql.NpgsqlConnectionStringBuilder(shared.Store.ConnectionString) { Pooling = false };
        await using var connection = new Npgsql.NpgsqlConnection(own.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var kill = new Npgsql.NpgsqlCommand(
            """
            select count(pg_terminate_backend(pid)) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()
            """,
            connection);
        await kill.ExecuteNonQueryAsync(Ct);
    }
}

using System.Diagnostics;
using Annotator.EmbeddedPostgres;
using Xunit;

namespace Annotator.Tests.EmbeddedPostgres;

/// <summary>A server that ends under the program that uses it.</summary>
public sealed class WatchTests(MadeCluster made) : IClassFixture<MadeCluster>
{
    private const string StartTime = "SELECT pg_postmaster_start_time()";

    private readonly TemporaryRoot _root = made.Root.WithFreshLog();

    [Theory]
    [InlineData(0)]
    [InlineData(90)] // too long for a socket
    public async Task A_killed_server_is_started_again_at_its_address(int length)
    {
        await using var root = new TemporaryRoot(new string('x', length));
        await using var server = await root.StartAsync(options => options with { Durable = true });
        await TemporaryRoot.DoAsync(server, "CREATE TABLE kept AS SELECT 'still here' AS word");

        Kill(root);

        await AnswersAsync(server);
        Assert.Equal("still here", await TemporaryRoot.AskAsync<string>(server, "SELECT word FROM kept"));
        Assert.False(server.Lost.IsCompleted);
        await server.DisposeAsync();
        Assert.Null(PostmasterPid.Read(root.Cluster));
    }

    [Fact]
    public async Task Whoever_comes_and_goes_after_a_crash_recovery_leaves_the_server_to_those_who_use_it()
    {
        await using var server = await _root.StartAsync();
        // PostgreSQL ends all sessions when one is killed, and recovers.
        Kill(await TemporaryRoot.AskAsync<int>(server, "SELECT pg_backend_pid()"));
        await AnswersAsync(server);
        var running = PostmasterPid.Read(_root.Cluster)!;

        await using (var command = await _root.StartAsync())
            Assert.Equal(1, await TemporaryRoot.AskAsync<int>(command, "SELECT 1"));

        Assert.True(running.IsAlive);
        Assert.Equal(running.Pid, PostmasterPid.Read(_root.Cluster)!.Pid);
        Assert.Equal(1, await TemporaryRoot.AskAsync<int>(server, "SELECT 1"));
    }

    [Fact]
    public async Task Who_comes_and_goes_while_a_killed_server_is_down_does_not_end_it()
    {
        await using var server = await _root.StartAsync();

        Kill(_root);
        await using (await _root.StartAsync())
        {
        }

        await AnswersAsync(server);
        Assert.True(PostmasterPid.Read(_root.Cluster)!.IsAlive);
    }

    [Fact]
    public async Task A_program_of_an_earlier_release_and_one_of_this_do_not_stop_each_others_server()
    {
        await using var server = await _root.StartAsync();
        var maintenance = new Npgsql.NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "postgres", Pooling = false };
        await using var earlier = new Npgsql.NpgsqlConnection(maintenance.ConnectionString);
        await earlier.OpenAsync(Ct);
        await using var leave = new Npgsql.NpgsqlCommand(
            "SELECT pg_try_advisory_lock(7020670294090151023) AND pg_advisory_unlock(7020670294090151023)", earlier);
        await using var come = new Npgsql.NpgsqlCommand("SELECT pg_advisory_lock_shared(7020670294090151023)", earlier);

        // It looks whether anybody else holds the lock, and finds this program.
        await Until.HoldsAsync(async () => await leave.ExecuteScalarAsync(Ct) is false);
        await come.ExecuteNonQueryAsync(Ct);
        await server.DisposeAsync();

        Assert.True(PostmasterPid.Read(_root.Cluster)!.IsAlive);
        await earlier.CloseAsync();
        // Its session ends a moment later.
        await Until.HoldsAsync(async () =>
        {
            await (await _root.StartAsync()).DisposeAsync();
            return PostmasterPid.Read(_root.Cluster) is null;
        });
    }

    [Fact]
    public async Task Of_several_programs_one_starts_the_server_again()
    {
        await using var root = new TemporaryRoot();
        var servers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => root.StartAsync())));

        Kill(root);

        foreach (var server in servers)
            await AnswersAsync(server);
        Assert.Single((await Task.WhenAll(servers.Select(s => TemporaryRoot.AskAsync<DateTime>(s, StartTime)))).Distinct());
        // How it began, and how it came back.
        Assert.Equal(2, root.Log.Text.Split('\n').Count(line => line.Contains("Started PostgreSQL", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_program_that_leaves_while_the_server_is_started_again_leaves_none()
    {
        await using var server = await _root.StartAsync();

        Kill(_root);
        await Until.HoldsAsync(() => _root.Log.Text.Contains("bringing it back", StringComparison.Ordinal));
        await server.DisposeAsync();

        Assert.False(PostmasterPid.Read(_root.Cluster)?.IsAlive ?? false);
    }

    [Fact]
    public async Task A_full_disk_is_waited_for_however_long_it_takes()
    {
        using var programs = await ChangeablePrograms.MakeAsync();
        await using var server = await _root.StartAsync(options => programs.Of(options) with { MostTries = 1 });

        programs.Refuse("FATAL:  could not write lock file \"postmaster.pid\": No space left on device");
        Kill(_root);
        await Until.HoldsAsync(() => programs.Refused >= 3);
        Assert.False(server.Lost.IsCompleted);
        // One line for all tries, with the remedy.
        var line = Assert.Single(_root.Log.Text.Split('\n'), line => line.Contains("No space left", StringComparison.Ordinal));
        Assert.Contains("free some space", line, StringComparison.Ordinal);
        Assert.DoesNotContain("owner", line, StringComparison.Ordinal);

        programs.Mend();
        await AnswersAsync(server);
    }

    [Fact]
    public async Task A_full_disk_is_waited_for_at_the_start_too()
    {
        using var programs = await ChangeablePrograms.MakeAsync();
        programs.Refuse("FATAL:  could not write lock file \"postmaster.pid\": No space left on device");
        // A command says it at once.
        await Assert.ThrowsAsync<EmbeddedPostgresException>(() => _root.StartAsync(programs.Of));

        var starting = _root.StartAsync(options => programs.Of(options) with { Waits = true });
        await Until.HoldsAsync(() => programs.Refused >= 4 || starting.IsCompleted);
        Assert.False(starting.IsCompleted);
        var line = Assert.Single(_root.Log.Text.Split('\n'), line => line.Contains("No space left", StringComparison.Ordinal));
        Assert.Contains("free some space", line, StringComparison.Ordinal);
        Assert.Contains("The program waits", line, StringComparison.Ordinal);

        programs.Mend();
        await using var server = await starting;
        Assert.Equal(1, await TemporaryRoot.AskAsync<int>(server, "SELECT 1"));
    }

    [Fact]
    public async Task What_waiting_does_not_mend_ends_a_start()
    {
        using var programs = await ChangeablePrograms.MakeAsync();
        programs.Refuse("FATAL:  data directory has wrong ownership");
        await Assert.ThrowsAsync<EmbeddedPostgresException>(
            () => _root.StartAsync(options => programs.Of(options) with { Waits = true }));
        Assert.Equal(1, programs.Refused);
    }

    [Fact]
    public async Task What_waiting_does_not_mend_is_tried_a_few_times_and_said()
    {
        using var programs = await ChangeablePrograms.MakeAsync();
        await using var server = await _root.StartAsync(options => programs.Of(options) with { MostTries = 2 });

        programs.Refuse("FATAL:  data directory has wrong ownership");
        Kill(_root);

        var lost = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => server.Lost);
        Assert.Equal(2, programs.Refused);
        Assert.Contains("wrong ownership", lost.Message, StringComparison.Ordinal);
        Assert.Contains("chown", lost.Message, StringComparison.Ordinal);
        Assert.Contains("Its:Setting", lost.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', lost.Message);
    }

    [Fact]
    public async Task Programs_that_are_gone_are_named()
    {
        using var programs = await ChangeablePrograms.MakeAsync();
        await using var server = await _root.StartAsync(options => programs.Of(options) with { MostTries = 1 });

        programs.Remove();
        Kill(_root);

        var lost = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => server.Lost);
        Assert.Contains("pg_ctl is gone. Install PostgreSQL", lost.Message, StringComparison.Ordinal);
    }

    private static void Kill(TemporaryRoot root) => Kill(PostmasterPid.Read(root.Cluster)!.Pid);

    private static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
        process.WaitForExit();
    }

    private static Task AnswersAsync(EmbeddedPostgresServer server) => Until.HoldsAsync(async () =>
    {
        try
        {
            return await TemporaryRoot.AskAsync<int>(server, "SELECT 1") == 1;
        }
        catch (Npgsql.NpgsqlException)
        {
            return false;
        }
    });
}

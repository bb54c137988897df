using Annotator.EmbeddedPostgres;
using Npgsql;
using Xunit;

namespace Annotator.Tests.EmbeddedPostgres;

public sealed class StartingTests(MadeCluster made) : IClassFixture<MadeCluster>
{
    private const string StartTime = "SELECT pg_postmaster_start_time()";

    private readonly TemporaryRoot _root = made.Root.WithFreshLog();

    [Fact]
    public async Task The_first_start_makes_a_cluster_that_knows_letters_of_all_scripts()
    {
        await using var server = await _root.StartAsync();

        Assert.True(made.WasNew);
        Assert.True(server.ServerVersion.Major >= 14);
        Assert.Equal(_root.FullPath, server.DataRoot);
        Assert.Equal(
            "annotator UTF8",
            await TemporaryRoot.AskAsync<string>(server, "SELECT current_database() || ' ' || current_setting('server_encoding')"));
        Assert.True(
            await TemporaryRoot.AskAsync<bool>(server, "SELECT lower('ÄЖ') = 'äж' AND '阿بé' ~ '^[[:alpha:]]+$' AND '標註' LIKE '_註'"));
    }

    [Fact]
    public async Task The_second_start_keeps_the_data()
    {
        await using (var first = await _root.StartAsync())
        {
            await TemporaryRoot.DoAsync(first, "CREATE TABLE kept AS SELECT 'still here' AS word");
        }

        await using var second = await _root.StartAsync();
        Assert.False(second.IsNew);
        Assert.Equal("still here", await TemporaryRoot.AskAsync<string>(second, "SELECT word FROM kept"));
    }

    [Fact]
    public async Task Two_instances_share_one_server_and_the_last_to_leave_stops_it()
    {
        await using var first = await _root.StartAsync();
        await using var second = await _root.StartAsync();
        var began = await TemporaryRoot.AskAsync<DateTime>(first, StartTime);
        Assert.Equal(began, await TemporaryRoot.AskAsync<DateTime>(second, StartTime));

        await first.DisposeAsync();
        Assert.Equal(began, await TemporaryRoot.AskAsync<DateTime>(second, StartTime));
        var running = PostmasterPid.Read(_root.Cluster);
        Assert.NotNull(running);
        Assert.True(running.IsAlive);

        await second.DisposeAsync();
        Assert.False(running.IsAlive);
        Assert.Null(PostmasterPid.Read(_root.Cluster));
        await Assert.ThrowsAsync<NpgsqlException>(() => TemporaryRoot.AskAsync<DateTime>(second, StartTime));
    }

    [Fact]
    public async Task Five_started_at_once_on_an_empty_folder_make_one_cluster()
    {
        await using var root = new TemporaryRoot();
        var servers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => root.StartAsync())));
        var began = await Task.WhenAll(servers.Select(server => TemporaryRoot.AskAsync<DateTime>(server, StartTime)));

        Assert.Single(servers, server => server.IsNew);
        Assert.Single(began.Distinct());
    }

    [Fact]
    public async Task The_password_is_in_a_file_of_the_owner_only_and_in_no_log()
    {
        var server = await _root.StartAsync();
        var password = new NpgsqlConnectionStringBuilder(server.ConnectionString).Password!;
        await server.DisposeAsync();

        Assert.Equal(48, password.Length);
        Assert.Equal(password, _root.Cluster.ReadPassword());
        Assert.Contains("Started PostgreSQL", _root.Log.Text, StringComparison.Ordinal);
        Assert.Contains("Stopped PostgreSQL", _root.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(password, _root.Log.Text, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_root.Cluster.PasswordFile));
        }
    }

    [Fact]
    public async Task A_path_too_long_for_a_socket_leads_to_a_port_on_loopback()
    {
        await using var root = new TemporaryRoot(new string('x', 90));
        var server = await root.StartAsync();

        Assert.Equal("127.0.0.1", new NpgsqlConnectionStringBuilder(server.ConnectionString).Host);
        Assert.Equal("127.0.0.1", await TemporaryRoot.AskAsync<string>(server, "SELECT current_setting('listen_addresses')"));
    }

    [Fact]
    public async Task A_start_that_is_cancelled_leaves_no_server()
    {
        using var cancel = new CancellationTokenSource();

        // Cancelled as soon as the server writes its process number: in the middle of pg_ctl start.
        var starting = _root.StartAsync(ct: cancel.Token);
        await Until.HoldsAsync(() => starting.IsCompleted || PostmasterPid.Read(_root.Cluster) is not null);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
        Assert.Null(PostmasterPid.Read(_root.Cluster));
    }

    [Fact]
    public async Task Indexes_are_rebuilt_when_the_order_of_a_collation_has_changed()
    {
        await using (var first = await _root.StartAsync())
        {
            await TemporaryRoot.DoAsync(
                first, "CREATE TABLE word (w text PRIMARY KEY); UPDATE pg_collation SET collversion = '0' WHERE collname = 'und-x-icu'");
        }

        const string file = "SELECT pg_relation_filepath('word_pkey')";
        const string version = "SELECT collversion <> '0' FROM pg_collation WHERE collname = 'und-x-icu'";
        string rebuilt;
        await using (var second = await _root.StartAsync())
        {
            Assert.True(await TemporaryRoot.AskAsync<bool>(second, version));
            Assert.Contains("rebuilding the indexes", _root.Log.Text, StringComparison.Ordinal);
            rebuilt = await TemporaryRoot.AskAsync<string>(second, file);
        }

        await using var third = await _root.StartAsync();
        Assert.Equal(rebuilt, await TemporaryRoot.AskAsync<string>(third, file));
    }
}

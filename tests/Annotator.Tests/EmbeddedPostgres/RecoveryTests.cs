using System.Diagnostics;
using System.Globalization;
using Annotator.EmbeddedPostgres;
using Xunit;

namespace Annotator.Tests.EmbeddedPostgres;

public sealed class RecoveryTests(MadeCluster made) : IClassFixture<MadeCluster>
{
    private readonly TemporaryRoot _root = made.Root.WithFreshLog();

    [Fact]
    public async Task A_killed_server_is_recovered_by_the_next_start()
    {
        await using var killed = await _root.StartAsync(options => options with { Durable = true });
        await TemporaryRoot.DoAsync(killed, "CREATE TABLE kept AS SELECT 'still here' AS word");
        using (var postmaster = Process.GetProcessById(PostmasterPid.Read(_root.Cluster)!.Pid))
        {
            postmaster.Kill();
        }

        await using var next = await _root.StartAsync();
        Assert.Equal("still here", await TemporaryRoot.AskAsync<string>(next, "SELECT word FROM kept"));
    }

    [Fact]
    public async Task A_server_that_outlived_its_program_is_joined_and_then_stopped()
    {
        // What kill -9 of a program leaves: a server that nobody holds.
        var options = new EmbeddedPostgresOptions { DataRoot = _root.FullPath, Durable = false };
        var account = ServerAccount.Choose(options, DataRoot.Open(options), _root.Log);
        var binaries = await ServerBinaries.ProbeAsync(await TemporaryRoot.BinDirectoryAsync(), account, Assert.Fail, Ct);
        await new ServerControl(new ServerPrograms(binaries!, account, _root.Cluster, options), _root.Log)
            .EnsureRunningAsync(new Deadline(options.StartTimeout), Ct);
        var outlived = PostmasterPid.Read(_root.Cluster)!.Pid;

        var next = await _root.StartAsync();
        Assert.Equal(outlived, PostmasterPid.Read(_root.Cluster)!.Pid);
        Assert.Equal(1, await TemporaryRoot.AskAsync<int>(next, "SELECT 1"));
        await next.DisposeAsync();
        Assert.Null(PostmasterPid.Read(_root.Cluster));
    }

    [Fact]
    public async Task A_process_number_left_behind_that_now_belongs_to_another_program_does_not_matter()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs the program sleep");
        await using (await _root.StartAsync())
        {
            File.Copy(_root.Cluster.PidFile, Path.Combine(_root.FullPath, "copy"));
        }

        // As the server's user: PostgreSQL itself already disregards processes of others.
        var account = ServerAccount.Choose(new(), new DataRoot(_root.FullPath), _root.Log);
        using var other = Process.Start(new ProcessStartInfo("sleep", "60") { UserName = account?.Name, WorkingDirectory = "/" })!;
        try
        {
            var lines = await File.ReadAllLinesAsync(Path.Combine(_root.FullPath, "copy"), TestContext.Current.CancellationToken);
            lines[0] = other.Id.ToString(CultureInfo.InvariantCulture);
            _root.Cluster.WritePrivate(_root.Cluster.PidFile, string.Join('\n', lines) + "\n", account);

            await using var server = await _root.StartAsync();
            Assert.Equal(1, await TemporaryRoot.AskAsync<int>(server, "SELECT 1"));
            Assert.False(other.HasExited);
        }
        finally
        {
            other.Kill();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("12\n")]
    public async Task A_process_file_cut_short_does_not_matter(string rest)
    {
        await File.WriteAllTextAsync(_root.Cluster.PidFile, rest, TestContext.Current.CancellationToken);

        await using var server = await _root.StartAsync();
        Assert.Equal(1, await TemporaryRoot.AskAsync<int>(server, "SELECT 1"));
    }

    [Fact]
    public async Task What_an_interrupted_initdb_left_is_cleared_away()
    {
        await using var root = new TemporaryRoot();
        var bin = await ServerBinaries.ProbeAsync(
            await TemporaryRoot.BinDirectoryAsync(), null, Assert.Fail, TestContext.Current.CancellationToken);
        var cluster = DataRoot.Open(new() { DataRoot = root.FullPath }).Cluster(bin!.Major);
        var leftover = Path.Combine(cluster.FullPath, "data.new-1");
        DataRoot.CreateFolder(cluster.FullPath, open: DataRoot.RunsAsRoot);
        Directory.CreateDirectory(Path.Combine(leftover, "base"));
        await File.WriteAllTextAsync(cluster.PasswordFile, "old", TestContext.Current.CancellationToken);

        var server = await root.StartAsync();
        Assert.True(server.IsNew);
        Assert.False(Directory.Exists(leftover));
        Assert.Equal(1, await TemporaryRoot.AskAsync<int>(server, "SELECT 1"));
    }
}

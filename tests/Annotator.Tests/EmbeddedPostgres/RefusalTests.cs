using Annotator.EmbeddedPostgres;
using Xunit;

namespace Annotator.Tests.EmbeddedPostgres;

public sealed class RefusalTests(MadeCluster made) : IClassFixture<MadeCluster>
{
    private readonly TemporaryRoot _root = made.Root.WithFreshLog();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Data_of_a_version_without_binaries_is_refused_and_not_touched(bool configured)
    {
        await using var root = new TemporaryRoot();
        var data = Directory.CreateDirectory(Path.Combine(root.FullPath, "pg12", "data")).FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "PG_VERSION"), "12\n", TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<EmbeddedPostgresException>(() =>
            root.StartAsync(options => options with { BinDirectory = configured ? options.BinDirectory : null }));

        Assert.Contains("holds data of PostgreSQL 12", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(configured ? "(version " : "no package of PostgreSQL 12 is known", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Install PostgreSQL 12", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(
            ["pg.lock", "pg12", "pg12/data", "pg12/data/PG_VERSION"],
            Directory.EnumerateFileSystemEntries(root.FullPath, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(root.FullPath, path).Replace('\\', '/')).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Missing_binaries_are_answered_with_the_remedy()
    {
        await using var root = new TemporaryRoot();
        var refusal = await Assert.ThrowsAsync<EmbeddedPostgresException>(() =>
            root.StartAsync(options => options with { BinDirectory = null, SearchInstalled = false, Fetch = false }));

        Assert.Contains("apt-get install postgresql", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("set a connection string", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configured_folder_without_the_programs_is_named()
    {
        await using var root = new TemporaryRoot();
        var refusal = await Assert.ThrowsAsync<EmbeddedPostgresException>(() =>
            root.StartAsync(options => options with { BinDirectory = root.FullPath }));

        Assert.Contains(root.FullPath + " (no postgres)", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PG_VERSION", null, "has no file PG_VERSION")]
    [InlineData("PG_VERSION", "12", "holds data of PostgreSQL 12")]
    [InlineData("postgresql.conf", "no_such_setting = on", "no_such_setting")]
    [InlineData("../password", null, "password file")]
    [InlineData("global/pg_control", null, "pg_control")]
    public async Task A_damaged_cluster_is_refused_with_the_reason_and_no_server_is_left(string file, string? text, string reason)
    {
        var path = Path.GetFullPath(file, _root.Cluster.Data);
        var sound = path + ".sound";
        File.Move(path, sound);
        try
        {
            if (text is not null)
            {
                await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
            }

            var refusal = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => _root.StartAsync());
            Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
            Assert.Null(PostmasterPid.Read(_root.Cluster));
        }
        finally
        {
            File.Move(sound, path, overwrite: true);
        }

        await using var server = await _root.StartAsync();
        Assert.False(server.IsNew);
    }

    [Fact]
    public async Task A_lock_that_is_never_released_ends_the_wait()
    {
        await using var root = new TemporaryRoot();
        using var held = await StartLock.TakeAsync(
            DataRoot.Open(new() { DataRoot = root.FullPath }).LockFile,
            TimeSpan.FromSeconds(1),
            root.Log,
            TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<EmbeddedPostgresException>(() =>
            root.StartAsync(options => options with { StartTimeout = TimeSpan.FromMilliseconds(300), FetchTimeout = TimeSpan.Zero }));
        Assert.Contains("pg.lock", refusal.Message, StringComparison.Ordinal);
    }
}

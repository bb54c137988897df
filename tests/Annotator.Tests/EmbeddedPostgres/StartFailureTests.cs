using Annotator.EmbeddedPostgres;
using Xunit;

namespace Annotator.Tests.EmbeddedPostgres;

/// <summary>Each reason has its own remedy.</summary>
public sealed class StartFailureTests
{
    private static readonly StartFailure Failure = new(
        Path.GetTempPath(), new EmbeddedPostgresOptions { DataRootSetting = "Its:Setting" }, "postgres");

    [Theory]
    [InlineData("FATAL: could not write lock file \"postmaster.pid\": No space left on device", "free some space", true)]
    [InlineData("PANIC: could not write to file \"pg_wal/xlogtemp.7\": Disk quota exceeded", "free some space", true)]
    [InlineData("FATAL: could not map anonymous shared memory: Cannot allocate memory", "memory", true)]
    [InlineData("FATAL: pre-existing shared memory block is still in use", "by itself", true)]
    [InlineData("Read-only file system : '/data/pg.lock'", "writable", false)]
    [InlineData("FATAL: data directory has wrong ownership", "chown", false)]
    [InlineData("Access to the path '/data/pg.lock' is denied.", "chown", false)]
    [InlineData("LOG: could not bind IPv4 address: Address already in use", "Another program listens", false)]
    [InlineData("FATAL: could not open file \"global/pg_control\"", "restore", false)]
    public void A_reason_leads_to_its_remedy(string reason, string remedy, bool mayHeal)
    {
        var failure = Failure.Of("It did not start", $"first line\n  {reason}");
        Assert.Contains(remedy, failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(mayHeal, failure.MayHeal);
        Assert.DoesNotContain('\n', failure.Message);
        // Waiting needs no other folder.
        Assert.False(mayHeal && failure.Message.Contains("Its:Setting", StringComparison.Ordinal));
        Assert.Equal(remedy is "chown", failure.Message.Contains("chown", StringComparison.Ordinal));
    }

    [Fact]
    public void A_server_that_is_killed_as_it_starts_may_live_later() => Assert.True(Failure.OfSilence("It did not start").MayHeal);
}

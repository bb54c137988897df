using Annotator.Reliability.Support;
using Annotator.Tests.EmbeddedPostgres;
using Npgsql;

namespace Annotator.Reliability.Faults;

/// <summary>The disk of the program's own PostgreSQL is full for a while.</summary>
public sealed class FullDiskTests
{
    private const string Fault = "full disk";

    [Fact]
    public async Task Space_that_is_free_again_is_all_that_is_needed()
    {
        var (disk, reason) = await FullDisk.MountAsync();
        if (disk is null)
        {
            Report.Add(new Row(Fault) { Back = $"NOT TRIED: {reason}" });
            Assert.Skip($"A small file system cannot be mounted here, which takes root: {reason}");
        }

        await using var mounted = disk;
        await using var site = new EmbeddedSite { Root = new TemporaryRoot(folder: disk.Data) };
        await site.InitializeAsync();
        var trial = site.Trial(Fault, async () =>
        {
            try
            {
                await disk.FillAsync();
                await EndSegmentAsync(site);
                await Pace.HoldAsync();
            }
            finally
            {
                disk.Empty();
            }
        });
        await trial.RunAsync(site.Crowd);
    }

    [Fact]
    public async Task A_program_that_is_started_on_a_full_disk_waits_for_space()
    {
        var (disk, reason) = await FullDisk.MountAsync();
        if (disk is null)
            Assert.Skip($"A small file system cannot be mounted here, which takes root: {reason}");
        await using var mounted = disk;
        await using var site = new EmbeddedSite { Root = new TemporaryRoot(folder: disk.Data) };
        await site.InitializeAsync();
        await Signals.SendAsync("TERM", site.Program.Id);
        await site.Program.EndedAsync();

        await disk.FillAsync();
        var starting = site.StartAsync();
        await Until.HoldsAsync(() => starting.IsCompleted || site.Program.Output.Contains("The program waits", StringComparison.Ordinal));
        Assert.False(site.Program.HasEnded, site.Program.Output);
        disk.Empty();
        var began = Pace.Now;
        await starting;
        Report.Add(new Row("full disk at the start") { Seconds = Pace.Seconds(began, Pace.Now), Back = "yes" });
    }

    // The log of PostgreSQL goes on in a file that does not fit any more, which it takes worse than a table that cannot grow.
    private static async Task EndSegmentAsync(EmbeddedSite site)
    {
        try
        {
            await using var connection = new NpgsqlConnection(site.Store());
            await connection.OpenAsync(Ct);
            await using var command = new NpgsqlCommand("select pg_switch_wal()", connection);
            await command.ExecuteNonQueryAsync(Ct);
        }
        catch (Exception e) when (e is NpgsqlException or NullReferenceException)
        {
            // It has ended already.
        }
    }
}

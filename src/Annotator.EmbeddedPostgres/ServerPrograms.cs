using System.ComponentModel;

namespace Annotator.EmbeddedPostgres;

/// <summary>The server's programs at work on one cluster, as the user that owns it.</summary>
internal sealed record ServerPrograms(
    ServerBinaries Binaries, ServerAccount? Account, ClusterFolder Cluster, EmbeddedPostgresOptions Options)
{
    /// <summary>Who runs the server.</summary>
    public string User => Account?.Name ?? Environment.UserName;

    /// <summary>Says why the server cannot work.</summary>
    public StartFailure Failure => new(Path.GetDirectoryName(Cluster.FullPath)!, Options, User);

    /// <exception cref="EmbeddedPostgresException">The program could not be started or met the limit.</exception>
    public async Task<ProgramRun> RunAsync(string program, string[] arguments, TimeSpan limit, CancellationToken ct)
    {
        var start = ServerBinaries.StartInfo(Binaries.Directory, program, arguments, Account, Cluster.Run);
        try
        {
            // The children of pg_ctl are the server, which must not be killed with it: it may be recovering.
            return await ProgramRun.ToEndAsync(start, limit, wholeTree: program is not "pg_ctl", ct);
        }
        catch (Win32Exception e) when (!File.Exists(start.FileName))
        {
            throw new EmbeddedPostgresException(
                $"The program {start.FileName} is gone. Install PostgreSQL {Binaries.Major} again, "
                + "or name its folder in EmbeddedPostgres:BinDirectory.", e);
        }
        catch (Win32Exception e)
        {
            throw new EmbeddedPostgresException(
                $"The user '{User}' cannot run {program} in {Cluster.Run}: {e.Message}. "
                + "Each folder above it must let that user pass (chmod o+x), "
                    + $"or set {Options.DataRootSetting} to a place outside private folders such as /root.", e);
        }
    }
}

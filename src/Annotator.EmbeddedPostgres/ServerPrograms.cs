using System.ComponentModel;

namespace Annotator.EmbeddedPostgres;

/// <summary>The server's programs at work on one cluster, as the user that owns it.</summary>
internal sealed record ServerPrograms(ServerBinaries Binaries, ServerAccount? Account, ClusterFolder Cluster)
{
    /// <exception cref="EmbeddedPostgresException">The program could not be started or met the limit.</exception>
    public async Task<ProgramRun> RunAsync(string program, string[] arguments, TimeSpan limit, CancellationToken ct)
    {
        try
        {
            var start = ServerBinaries.StartInfo(Binaries.Directory, program, arguments, Account, Cluster.Run);
            // The children of pg_ctl are the server, which must not be killed with it: it may be recovering.
            return await ProgramRun.ToEndAsync(start, limit, wholeTree: program is not "pg_ctl", ct);
        }
        catch (Win32Exception e)
        {
            throw new EmbeddedPostgresException(
                $"The user '{Account?.Name ?? Environment.UserName}' cannot run {program} in {Cluster.Run}: {e.Message}. "
                + "Each folder above it must let that user pass (chmod o+x), "
                    + "or set EmbeddedPostgres:DataRoot to a place outside private folders such as /root.", e);
        }
    }
}

namespace Annotator.EmbeddedPostgres;

/// <summary>
/// A shared lock on a file (flock on Unix) that each instance holds while it uses the server; the instance that finds no other holder
/// stops the server. The system drops it with the process, and keeps it whatever becomes of the server. Taken, returned and looked at
/// under the <see cref="StartLock"/>.
/// </summary>
internal sealed class Lease : IDisposable
{
    private readonly FileStream _file;

    private Lease(FileStream file) => _file = file;

    public static Lease Take(DataRoot root) => new(new FileStream(root.LeaseFile, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read));

    /// <summary>Whether any instance holds one; the caller has returned its own.</summary>
    public static bool IsHeld(DataRoot root)
    {
        try
        {
            using var alone = new FileStream(root.LeaseFile, FileMode.OpenOrCreate, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (IOException e) when (StartLock.IsTaken(e))
        {
            return true;
        }
    }

    public void Dispose() => _file.Dispose();
}

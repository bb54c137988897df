using Microsoft.Extensions.Logging;

namespace Annotator.EmbeddedPostgres;

/// <summary>
/// Held while a server is looked for, made, started or stopped, so that of several instances only one does it. It is a
/// lock on an open file (flock on Unix): the system drops it with the process, whatever becomes of that.
/// </summary>
internal sealed class StartLock : IDisposable
{
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int LinuxWouldBlock = 11;
    private const int BsdWouldBlock = 35;

    private readonly FileStream _file;

    private StartLock(FileStream file) => _file = file;

    /// <summary>Whether a file could not be opened because somebody else has locked it.</summary>
    public static bool IsTaken(IOException e) => e.HResult is WindowsSharingViolation or LinuxWouldBlock or BsdWouldBlock;

    /// <exception cref="EmbeddedPostgresException">Another process kept the lock for longer than the limit.</exception>
    public static async Task<StartLock> TakeAsync(string path, TimeSpan limit, ILogger logger, CancellationToken ct)
    {
        var deadline = new Deadline(limit);
        for (var attempt = 0; !deadline.Passed; attempt++)
        {
            try
            {
                return new StartLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException e) when (IsTaken(e))
            {
                if (attempt == 0)
                    logger.LogDebug("Another instance is starting or stopping the embedded PostgreSQL: waiting for {LockFile}", path);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), ct);
        }

        throw new EmbeddedPostgresException(
            $"Another instance has been starting or stopping the embedded PostgreSQL for {limit.TotalSeconds:0} s and holds {path}. "
            + "Wait for it or end it, then start again.") { MayHeal = true };
    }

    public void Dispose() => _file.Dispose();
}

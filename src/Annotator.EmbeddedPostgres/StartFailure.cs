using System.Text.RegularExpressions;

namespace Annotator.EmbeddedPostgres;

/// <summary>Says in one line why a server cannot work in a data root, with the remedy for that reason.</summary>
/// <param name="folder">The data root.</param>
/// <param name="user">Who runs the server.</param>
internal sealed partial class StartFailure(string folder, EmbeddedPostgresOptions options, string user)
{
    /// <summary>Bytes without which PostgreSQL does not start: a segment of its log (16 MB), and some.</summary>
    private const long LeastSpace = 24L * 1024 * 1024;

    private const int LongestReason = 600;

    /// <param name="what">What was tried, a clause.</param>
    /// <param name="reason">What the system or the server's programs said to it.</param>
    public EmbeddedPostgresException Of(string what, string reason, Exception? inner = null)
    {
        var said = OneLine(reason);
        var (remedy, mayHeal) = RemedyFor(said);
        return new EmbeddedPostgresException($"{what}: {said}{(said.EndsWith('.') ? "" : ".")} {remedy}", inner) { MayHeal = mayHeal };
    }

    /// <summary>The server ended and did not say why: the system ended it, or it could not write its log.</summary>
    public EmbeddedPostgresException OfSilence(string what) =>
        new($"{what}, and did not say why. "
            + (HasSpace() ? "Look whether the system ended it for want of memory, or another program did." : FullDisk)) { MayHeal = true };

    private (string Remedy, bool MayHeal) RemedyFor(string said)
    {
        if (Says("No space left", "Disk quota exceeded", "not enough space"))
            return (FullDisk, true);
        if (Says("Cannot allocate memory", "out of memory", "Too many open files", "Resource temporarily unavailable"))
            return ("Free some memory, or end other programs.", true);
        if (Says("still in use", "starting up", "recovery mode", "shutting down"))
            return ("It goes on by itself: start again later.", true);
        if (Says("Read-only file system"))
            return ($"Make the file system of {folder} writable, or set another folder in {options.DataRootSetting}.", false);
        if (Says("Permission denied", "is denied", "wrong ownership", "not permitted"))
        {
            return ($"The user '{user}' must be able to enter {folder} and must own data, run, log and password in the folder of the "
                + $"version in it (chown -R), or set another folder in {options.DataRootSetting}.", false);
        }
        if (Says("Address already in use", "could not bind"))
            return ("Another program listens there: end it.", false);
        return HasSpace()
            ? ($"Mend what it names, restore {folder} from a backup, set another folder in {options.DataRootSetting}, "
                + "or set a connection string.", false)
            : (FullDisk, true);

        bool Says(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
            {
                if (said.Contains(word, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
            return false;
        }
    }

    private string FullDisk => $"The disk of {folder} is full: free some space there. What is stored is safe.";

    // A server that cannot write does not always say so: its log is on the same disk.
    private bool HasSpace()
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace >= LeastSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return true;
        }
    }

    private static string OneLine(string text)
    {
        var line = Space().Replace(text, " ").Trim();
        return line.Length <= LongestReason ? line : "…" + line[^LongestReason..];
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Space();
}

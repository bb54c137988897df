using System.Diagnostics;
using System.Globalization;

namespace Annotator.EmbeddedPostgres;

/// <summary>
/// <c>postmaster.pid</c>: the server's process, data folder, start time, port, socket folder, host and shared memory, one a
/// line. It stays behind when the server is killed, and then PostgreSQL takes any process of that number for a server.
/// </summary>
internal sealed class PostmasterPid
{
    // Above the largest process number of any system.
    private const string NoProcess = "2147483647";

    private readonly string[] _lines;
    private readonly int _pid;

    private PostmasterPid(string[] lines)
    {
        _lines = lines;
        _pid = lines.Length > 0 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid) ? Math.Abs(pid) : 0;
    }

    public int Pid => _pid;

    /// <summary>Null while the server has not written it yet.</summary>
    public ServerAddress? Address =>
        _lines.Length > 5
            && int.TryParse(_lines[3], CultureInfo.InvariantCulture, out var port)
            && (_lines[4].Length > 0 || _lines[5].Length > 0)
            ? new(_lines[4] is { Length: > 0 } socket ? socket : _lines[5], port)
            : null;

    /// <summary>
    /// Whether the process exists, is no zombie (in a container nobody may reap it), and is the server of this data folder.
    /// </summary>
    public bool IsAlive => _pid > 0 && (OperatingSystem.IsLinux() ? IsAliveOnLinux() : IsAliveElsewhere());

    /// <returns>Null when there is no such file.</returns>
    public static PostmasterPid? Read(ClusterFolder cluster)
    {
        try
        {
            return new PostmasterPid(File.ReadAllLines(cluster.PidFile));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// Lets a new server start where a dead one left its file. The line of the shared memory stays, so that PostgreSQL
    /// itself still refuses while an orphaned backend of the dead server is at work.
    /// </summary>
    public void Retire(ClusterFolder cluster, ServerAccount? account)
    {
        if (_lines.Length > 6)
        {
            cluster.WritePrivate(cluster.PidFile, string.Join('\n', [NoProcess, .. _lines[1..]]) + "\n", account);
        }
        else
        {
            File.Delete(cluster.PidFile);
        }

        // Removes the lock files of the socket, which have no such check; the lock of the data folder covers them.
        foreach (var file in Directory.EnumerateFiles(cluster.Run, ".s.PGSQL.*").ToList())
            File.Delete(file);
    }

    private bool IsAliveOnLinux()
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{_pid}/stat");
            var state = stat[stat.LastIndexOf(')') + 2];
            var command = File.ReadAllText($"/proc/{_pid}/cmdline").Split('\0');
            return state is not ('Z' or 'X')
                && IsServerName(Path.GetFileName(command[0]))
                && (command.Contains(_lines[1], StringComparer.Ordinal) || WorksIn(_lines[1]));
        }
        catch (IOException)
        {
            return false;
        }
    }

    // Not readable for every user in every container: only a second chance for a server started by hand with another spelling.
    private bool WorksIn(string folder)
    {
        try
        {
            return string.Equals(
                File.ResolveLinkTarget($"/proc/{_pid}/cwd", returnFinalTarget: false)?.FullName, folder, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private bool IsAliveElsewhere()
    {
        try
        {
            using var process = Process.GetProcessById(_pid);
            return !process.HasExited && IsServerName(process.ProcessName);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static bool IsServerName(string name) => Path.GetFileNameWithoutExtension(name) is "postgres" or "postmaster";
}

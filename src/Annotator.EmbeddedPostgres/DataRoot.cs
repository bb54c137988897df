using System.Globalization;

namespace Annotator.EmbeddedPostgres;

/// <summary>
/// The folder of everything that belongs to the embedded server: <c>pg15/</c>, <c>pg18/</c> … (one cluster for each
/// major version, so that no server ever meets the data of another), <c>pgbin/</c> and the lock files.
/// </summary>
internal sealed record DataRoot(string FullPath)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Enterable = OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public string LockFile => Path.Combine(FullPath, "pg.lock");

    public string LeaseFile => Path.Combine(FullPath, "pg.use");

    public string FetchedBinaries => Path.Combine(FullPath, "pgbin");

    /// <summary>
    /// File with the name of the user that owns the clusters, in case another user of the list appears in <c>/etc/passwd</c> later.
    /// </summary>
    public string ServerUserNote => Path.Combine(FullPath, "server-user");

    /// <summary>Major versions that have a data folder, newest first.</summary>
    public IReadOnlyList<int> Majors =>
        [.. Directory.EnumerateDirectories(FullPath, "pg*")
            .Select(folder => int.TryParse(Path.GetFileName(folder)[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
                ? major
                : 0)
            .Where(major => major > 0 && Cluster(major).HasData)
            .OrderDescending()];

    /// <exception cref="EmbeddedPostgresException">The folder cannot be made.</exception>
    public static DataRoot Open(EmbeddedPostgresOptions options)
    {
        var path = Path.GetFullPath(
            string.IsNullOrWhiteSpace(options.DataRoot) ? DefaultPath(options.DataRootSetting) : options.DataRoot);
        try
        {
            CreateFolder(path, open: RunsAsRoot);
            return new DataRoot(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartFailure(path, options, Environment.UserName)
                .Of($"The folder {path} for the embedded PostgreSQL cannot be made", e.Message, e);
        }
    }

    public ClusterFolder Cluster(int major) =>
        new(Path.Combine(FullPath, string.Create(CultureInfo.InvariantCulture, $"pg{major}")), major);

    /// <summary>
    /// Makes a folder unless it is there. <paramref name="open"/>: other users may pass through it, though not list it.
    /// </summary>
    public static void CreateFolder(string path, bool open)
    {
        if (Directory.Exists(path))
            return;

        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
        {
            // Set afterwards, because the mode given to mkdir is cut by the umask.
            File.SetUnixFileMode(path, open ? Enterable : OwnerOnly);
        }
    }

    public static bool RunsAsRoot => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    private static string DefaultPath(string setting)
    {
        if (RunsAsRoot)
            return "/var/lib/annotator";

        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return local.Length > 0
            ? Path.Combine(local, "annotator")
            : throw new EmbeddedPostgresException(
                $"The user {Environment.UserName} has no home folder for the data of the embedded PostgreSQL. "
                + $"Set {setting} to a folder that this user can write.");
    }
}

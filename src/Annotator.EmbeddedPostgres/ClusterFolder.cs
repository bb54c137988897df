using System.Text;

namespace Annotator.EmbeddedPostgres;

/// <summary>
/// Layout of one cluster. The folder itself belongs to the program; <c>data</c>, <c>run</c> (socket), <c>log</c> and
/// <c>password</c> belong to the user that runs the server.
/// </summary>
internal sealed record ClusterFolder(string FullPath, int Major)
{
    public string Data => Path.Combine(FullPath, "data");

    public string Run => Path.Combine(FullPath, "run");

    public string Logs => Path.Combine(FullPath, "log");

    /// <summary>What the server prints before its own log files are open.</summary>
    public string StartLog => Path.Combine(Logs, "start.log");

    public string PidFile => Path.Combine(Data, "postmaster.pid");

    public string SettingsFile => Path.Combine(FullPath, "annotator.conf");

    public string PasswordFile => Path.Combine(FullPath, "password");

    /// <summary>File with the path of the binaries that ran this cluster last.</summary>
    public string BinariesNote => Path.Combine(FullPath, "binaries");

    public bool HasData => Directory.Exists(Data) && Directory.EnumerateFileSystemEntries(Data).Any();

    public void Prepare(ServerAccount? account)
    {
        DataRoot.CreateFolder(FullPath, open: account is not null);
        foreach (var folder in (string[])[Run, Logs])
        {
            DataRoot.CreateFolder(folder, open: false);
            account?.Own(folder);
        }
    }

    /// <exception cref="EmbeddedPostgresException">The file is missing.</exception>
    public string ReadPassword() =>
        File.Exists(PasswordFile)
            ? File.ReadAllText(PasswordFile).Trim()
            : throw new EmbeddedPostgresException(
                $"The password file {PasswordFile} of the existing data folder is missing. Restore it from a backup, or set a new one: "
                + $"ALTER ROLE {ServerAddress.User} PASSWORD '…' with `postgres --single -D {Data} postgres`, "
                    + "and write it into that file.");

    /// <summary>
    /// Writes a file with mode 0600, whole or not at all. The rename replaces a link instead of following it: parts of
    /// this folder belong to a less privileged user.
    /// </summary>
    public void WritePrivate(string path, string text, ServerAccount? owner)
    {
        var draft = Path.Combine(FullPath, Path.GetFileName(path) + ".new");
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        using (var writer = new StreamWriter(draft, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options))
            writer.Write(text);

        owner?.Own(draft);
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>
    /// Holds no secret: the server reads it as another user. Written only when it differs, so that a full disk is no hindrance.
    /// </summary>
    public void WriteSettings(string text)
    {
        if (File.Exists(SettingsFile) && string.Equals(File.ReadAllText(SettingsFile), text, StringComparison.Ordinal))
            return;
        WritePrivate(SettingsFile, text, owner: null);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                SettingsFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
    }
}

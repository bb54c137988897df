using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Annotator.EmbeddedPostgres;

/// <summary>A folder with the programs of a PostgreSQL server that were seen to run.</summary>
internal sealed partial record ServerBinaries(string Directory, Version Version)
{
    public const int OldestMajor = 14;

    // Variables that the server's programs inherit: without the secrets in the environment of this program, and without PG*
    // variables, which would redirect them.
    private static readonly string[] PassedOn =
        [
            "PATH", "LD_LIBRARY_PATH", "TZ", "SystemRoot", "SystemDrive", "windir", "ComSpec", "TEMP", "TMP", "USERPROFILE", "APPDATA",
            "ProgramData",
        ];

    public int Major => Version.Major;

    /// <returns>
    /// Null when the folder lacks one of the programs or they do not run; then <paramref name="fault"/> is called with the reason.
    /// </returns>
    public static async Task<ServerBinaries?> ProbeAsync(
        string directory, ServerAccount? account, Action<string> fault, CancellationToken ct)
    {
        if (Array.Find(["postgres", "initdb", "pg_ctl"], program => !File.Exists(Executable(directory, program))) is { } missing)
        {
            fault($"no {missing}");
            return null;
        }

        try
        {
            var start = StartInfo(directory, "postgres", ["--version"], account, Path.GetPathRoot(directory)!);
            var run = await ProgramRun.ToEndAsync(start, TimeSpan.FromSeconds(20), wholeTree: true, ct);
            if (VersionLine().Match(run.Output) is { Success: true } match)
            {
                var number = (string name) => int.Parse("0" + match.Groups[name].Value, CultureInfo.InvariantCulture);
                return new ServerBinaries(directory, new Version(number("major"), number("minor")));
            }

            fault(run.Output);
        }
        catch (Exception e) when (e is Win32Exception or EmbeddedPostgresException)
        {
            fault(account is null ? e.Message : $"{e.Message} (as user '{account.Name}')");
        }

        return null;
    }

    /// <summary>One of the programs, as the server's user and with an environment of its own.</summary>
    public static ProcessStartInfo StartInfo(
        string directory, string program, string[] arguments, ServerAccount? account, string workingDirectory)
    {
        var start = new ProcessStartInfo(Executable(directory, program), arguments) { WorkingDirectory = workingDirectory };
        if (account is not null)
        {
            // On Unix .NET itself does setgroups, setgid and setuid between fork and exec.
            start.UserName = account.Name;
        }

        var inherited = PassedOn.Select(name => (name, value: Environment.GetEnvironmentVariable(name))).ToList();
        start.Environment.Clear();
        foreach (var (name, value) in inherited.Where(variable => variable.value is not null))
            start.Environment[name] = value;

        start.Environment["HOME"] = workingDirectory;
        // English messages, which are parsed; and macOS starts no server without a valid locale.
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    private static string Executable(string directory, string program) =>
        Path.Combine(directory, OperatingSystem.IsWindows() ? program + ".exe" : program);

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>[0-9]+)(\.(?<minor>[0-9]+))?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionLine();
}

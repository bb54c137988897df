using Annotator.EmbeddedPostgres;
using Npgsql;

namespace Annotator.Web.Hosting;

/// <summary>The PostgreSQL that the program works on: the one it was told of, or its own.</summary>
internal sealed class Store(string connectionString, EmbeddedPostgresServer? embedded) : IAsyncDisposable
{
    public const string ConnectionStringName = "Annotator";

    public string ConnectionString => connectionString;

    /// <summary>Folder of the embedded server; null with a connection string.</summary>
    public string? DataRoot => embedded?.DataRoot;

    public bool IsEmbedded => embedded is not null;

    /// <summary>
    /// Ends with an <see cref="EmbeddedPostgresException"/> when the embedded server has ended and cannot be started again.
    /// </summary>
    public Task Lost => embedded?.Lost ?? Task.Delay(Timeout.InfiniteTimeSpan);

    /// <exception cref="EmbeddedPostgresException">There is no connection string, and no server could be started.</exception>
    public static async Task<Store> OpenAsync(IConfiguration configuration, AnnotatorOptions options, ILogger logger, CancellationToken ct)
    {
        if (configuration.GetConnectionString(ConnectionStringName) is { Length: > 0 } given)
            return new Store(WithPassword(given, configuration[AnnotatorOptions.DatabasePasswordKey]), null);
        var embedded = await EmbeddedPostgresServer.StartAsync(Embedded(configuration, options), logger, ct);
        return new Store(embedded.ConnectionString, embedded);
    }

    private static string WithPassword(string given, string? password) =>
        password is { Length: > 0 } && new NpgsqlConnectionStringBuilder(given) is { Password: null or "" }
            ? new NpgsqlConnectionStringBuilder(given) { Password = password }.ConnectionString
            : given;

    private static EmbeddedPostgresOptions Embedded(IConfiguration configuration, AnnotatorOptions options) =>
        (configuration.GetSection("EmbeddedPostgres").Get<EmbeddedPostgresOptions>()
            ?? new EmbeddedPostgresOptions()) with
        {
            DataRoot = options.DataRoot,
            // Room for several programs, commands and psql.
            MaxConnections = Math.Max(EmbeddedPostgresOptions.UsualConnections, 2 * options.Database.Connections + 40),
            DataRootSetting = $"{AnnotatorOptions.Section}:{nameof(AnnotatorOptions.DataRoot)}",
        };

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (embedded is not null)
            await embedded.DisposeAsync();
    }
}

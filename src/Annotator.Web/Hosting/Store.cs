using Annotator.Domain.Data;
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

    /// <param name="waits">Whether to wait for what another can mend, such as a full disk.</param>
    /// <param name="patience">How long an embedded server may take to answer; null for the usual time.</param>
    /// <exception cref="EmbeddedPostgresException">There is no connection string, and no server could be started.</exception>
    public static async Task<Store> OpenAsync(
        IConfiguration configuration, AnnotatorOptions options, ILogger logger, bool waits, CancellationToken ct, TimeSpan? patience = null)
    {
        if (configuration.GetConnectionString(ConnectionStringName) is { Length: > 0 } given)
            return new Store(WithPassword(given, configuration[AnnotatorOptions.DatabasePasswordKey]), null);
        var server = Embedded(configuration, options) with { Waits = waits };
        server = server with { StartTimeout = patience ?? server.StartTimeout };
        var embedded = await EmbeddedPostgresServer.StartAsync(server, logger, ct);
        return new Store(embedded.ConnectionString, embedded);
    }

    /// <summary>As <see cref="Database.MigrateAsync"/>; an embedded server that ends meanwhile is waited for.</summary>
    public async Task<Migrated> MigrateAsync(IServiceProvider services)
    {
        while (true)
        {
            try
            {
                return await Database.MigrateAsync(services, CancellationToken.None);
            }
            catch (Exception e) when (IsEmbedded && DatabaseOutage.Explains(e))
            {
                services.GetRequiredService<ILogger<Store>>().LogWarning(
                    "The database cannot be brought up to date yet, trying again: {Reason}", e.GetBaseException().Message);
                if (await Task.WhenAny(Lost, Task.Delay(TimeSpan.FromSeconds(4))) == Lost)
                    await Lost;
            }
        }
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

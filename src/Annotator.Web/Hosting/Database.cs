using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Exchange;
using Annotator.Domain.Exchange.Demo;
using Annotator.Domain.Languages;
using Annotator.Domain.Changes;
using Annotator.Domain.People;
using Annotator.Domain.Reading;
using Annotator.Domain.Search;
using Annotator.Domain.Sources;
using Annotator.Domain.Sources.Texts;
using Annotator.Domain.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Annotator.Web.Hosting;

/// <summary>The domain on its database.</summary>
internal static class Database
{
    /// <summary>Only one of several instances that start together migrates; the others wait for this advisory lock.</summary>
    private const long MigrationLock = 0x416E_6E6F;

    private const int AttemptsToMigrate = 40;
    private static readonly TimeSpan PauseOfMigration = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestMigration = TimeSpan.FromHours(6);

    /// <summary>The most connections of a command, which works beside the program that serves pages.</summary>
    public const int ConnectionsOfCommand = 8;

    /// <summary>Seconds to wait for a connection: of the pool while all are in use, or to a server that does not answer.</summary>
    private const int Patience = 5;

    /// <summary>Statements that each connection keeps prepared: planning one often takes longer than running it.</summary>
    private const int Prepared = 128;

    /// <summary>The services of the domain; they take the time from a <see cref="TimeProvider"/> that is there already.</summary>
    /// <param name="connections">The most connections of the program, unless the connection string says it.</param>
    public static IServiceCollection AddAnnotatorDomain(
        this IServiceCollection services, string connectionString, int connections = ConnectionsOfCommand)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton<DatabaseAnswers>()
            .AddPooledDbContextFactory<AnnotatorDb>((sp, options) =>
                AnnotatorDb.Configure(options, Bounded(connectionString, connections), sp.GetRequiredService<DatabaseAnswers>()))
            .AddSingleton<DatabaseProbe>()
            .AddSingleton<DatabaseOutage>()
            .AddScoped(sp => sp.GetRequiredService<IDbContextFactory<AnnotatorDb>>().CreateDbContext())
            .AddSingleton<StoreState>()
            .AddSingleton<LanguageDetector>()
            .AddSingleton<MarkdownCache>()
            .AddScoped<Differences>()
            .AddSingleton<AnnotationReader>()
            .AddSingleton<AnnotationWriter>()
            .AddSingleton<AnnotationRemoval>()
            .AddSingleton<AnnotationModeration>()
            .AddSingleton<BatchWriter>()
            .AddSingleton<ChangeLog>()
            .AddSingleton<SourceAddresses>()
            .AddSingleton<SourceCorrection>()
            .AddSingleton<SourceRemoval>()
            .AddSingleton<ChangeHub>()
            .AddSingleton<ChangeListener>()
            .AddSingleton<PeopleDirectory>()
            .AddSingleton<Attempts>()
            .AddSingleton<AccountSessions>()
            .AddSingleton<SignUpRules>()
            .AddSingleton<AccountAdministration>()
            .AddSingleton<Viewers>()
            .AddSingleton<Library>()
            .AddSingleton<LibraryMenu>()
            .AddSingleton<SourceCounts>()
            .AddSingleton<SourceReader>()
            .AddSingleton(sp => new TextWorkers(sp.GetRequiredService<AnnotatorOptions>().Texts with { Program = WorkerProgram.Command }))
            .AddSingleton<SourceTexts>()
            .AddSingleton<PassagePlacer>()
            .AddSingleton(sp => new Fetcher(sp.GetRequiredService<AnnotatorOptions>().Fetch, sp.GetRequiredService<TimeProvider>()))
            .AddSingleton(sp => new TimeWindows(sp.GetRequiredService<TimeProvider>()))
            .AddSingleton<AnnotationSearch>()
            .AddSingleton<IndexUpkeep>()
            .AddSingleton<SavedSearches>()
            .AddSingleton<Importer>()
            .AddSingleton<DemoLibrary>();
    }

    /// <summary>The connection string with what the program needs of its connections, as far as it says nothing of its own.</summary>
    public static string Bounded(string connectionString, int connections)
    {
        var bounded = new NpgsqlConnectionStringBuilder(connectionString);
        if (!bounded.ShouldSerialize("Maximum Pool Size"))
            bounded.MaxPoolSize = Math.Max(connections, bounded.MinPoolSize);
        if (!bounded.ShouldSerialize("Timeout"))
            bounded.Timeout = Patience;
        if (!bounded.ShouldSerialize("Max Auto Prepare"))
            bounded.MaxAutoPrepare = Prepared;
        return bounded.ConnectionString;
    }

    /// <summary>Brings the schema up to date, and stored addresses to the present normal forms.</summary>
    public static async Task<Migrated> MigrateAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AnnotatorDb>>().CreateDbContextAsync(ct);
        // A connection of its own: a pooled one would keep the advisory lock until it is used again.
        var alone = new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false };
        await using var turn = new NpgsqlConnection(alone.ConnectionString);
        await turn.OpenAsync(ct);
        await using (var wait = new NpgsqlCommand($"select pg_advisory_lock({MigrationLock})", turn) { CommandTimeout = 120 })
            await wait.ExecuteNonQueryAsync(ct);
        var pending = await db.Database.GetPendingMigrationsAsync(ct);
        var isNew = !(await db.Database.GetAppliedMigrationsAsync(ct)).Any();
        if (pending.Any())
            await MigrateAsync(db, services.GetService<ILoggerFactory>()?.CreateLogger("Annotator"), ct);
        var report = await services.GetRequiredService<SourceAddresses>().RenewAsync(ct);
        report = [.. report, .. await services.GetRequiredService<PeopleDirectory>().RenewLookKeysAsync(ct)];
        foreach (var line in report)
            services.GetService<ILoggerFactory>()?.CreateLogger("Annotator").LogWarning("{Addresses}", line);
        return new Migrated(isNew, report);
    }

    // A change of a table waits for whoever uses it, and everybody else waits behind it: hence a short limit, and another attempt.
    private static async Task MigrateAsync(AnnotatorDb db, ILogger? logger, CancellationToken ct)
    {
        db.Database.SetCommandTimeout(LongestMigration);
        await db.Database.OpenConnectionAsync(ct);
        await db.Database.ExecuteSqlRawAsync("set lock_timeout = '3s'", ct);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await db.Database.MigrateAsync(ct);
                return;
            }
            catch (Exception e) when (attempt < AttemptsToMigrate
                && (e as PostgresException ?? e.InnerException) is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
            {
                logger?.LogWarning("The tables are in use; changing them is tried again ({Attempt} of {Most})", attempt, AttemptsToMigrate);
                await Task.Delay(PauseOfMigration, ct);
            }
        }
    }
}

/// <summary>What bringing a store up to date did.</summary>
/// <param name="IsNew">Whether the database was empty before.</param>
/// <param name="Addresses">
/// Sources that were merged and parted, and accounts whose names look alike, a line each; see <see cref="SourceAddresses.RenewAsync"/> and
/// <see cref="PeopleDirectory.RenewLookKeysAsync"/>.
/// </param>
public sealed record Migrated(bool IsNew, IReadOnlyList<string> Addresses);

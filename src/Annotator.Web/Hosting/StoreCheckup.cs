using System.Globalization;
using System.Runtime.CompilerServices;
using Annotator.Domain.Analysis;
using Annotator.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Annotator.Web.Hosting;

/// <summary>Looks whether a database is one that the program works well on.</summary>
internal static class StoreCheckup
{
    private const int OldestVersion = 14;
    private const string Rebuild = "Run \"index rebuild\"; searches and writers go on meanwhile.";

    private const string Facts =
        """
        select current_setting('server_version_num')::int / 10000, current_setting('server_version'),
            pg_encoding_to_char(encoding), pg_is_in_recovery(), clock_timestamp(), pg_size_pretty(pg_database_size(oid)),
            current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,
            (select count(*) from pg_stat_activity where backend_type = 'client backend')
        from pg_database where datname = current_database()
        """;

    private const string Index =
        """
        select (select count(*) from annotation a
                where deleted is null and not exists (select from annotation_search s where s.annotation_id = a.id)),
            (select count(*) from annotation_search where version <> $1),
            (select string_agg(indexrelid::regclass::text, ', ') from pg_index where not indisvalid)
        """;

    public static async IAsyncEnumerable<Finding> RunAsync(string connectionString, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 10 }.ConnectionString);
        if (await OpenAsync(connection, ct) is { } fault)
        {
            yield return fault;
            yield break;
        }

        foreach (var finding in await ServerAsync(connection, connectionString, ct))
            yield return finding;
        var tables = await TablesAsync(connectionString, ct);
        yield return tables;
        if (tables.Verdict is Verdict.Good)
            yield return await IndexAsync(connection, ct);
    }

    private static async Task<Finding?> OpenAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            await connection.OpenAsync(ct);
            return null;
        }
        catch (NpgsqlException e)
        {
            return Finding.Fault(
                "database",
                e.Message,
                "Look whether PostgreSQL runs there, and at ConnectionStrings:Annotator: host, database, name, password.");
        }
    }

    private static async Task<IReadOnlyList<Finding>> ServerAsync(
        NpgsqlConnection connection, string connectionString, CancellationToken ct)
    {
        var before = TimeProvider.System.GetUtcNow();
        await using var query = new NpgsqlCommand(Facts, connection);
        await using var facts = await query.ExecuteReaderAsync(ct);
        await facts.ReadAsync(ct);
        return
        [
            Version(facts.GetInt32(0), facts.GetString(1)),
            string.Equals(facts.GetString(2), "UTF8", StringComparison.Ordinal)
                ? Finding.Good("database", $"{facts.GetString(5)}, UTF-8")
                : Finding.Fault(
                    "database",
                    $"its encoding is {facts.GetString(2)}",
                    "Make one with \"create database … encoding 'UTF8'\" and restore into it."),
            facts.GetBoolean(3)
                ? Finding.Fault(
                    "writing",
                    "the server is a standby that can only be read",
                    "Name the primary server in ConnectionStrings:Annotator.")
                : Finding.Good("writing", "the server takes changes"),
            Clock(before, facts.GetFieldValue<DateTimeOffset>(4)),
            Connections(new NpgsqlConnectionStringBuilder(connectionString).MaxPoolSize, facts.GetInt32(6), facts.GetInt64(7)),
        ];
    }

    private static Finding Version(int major, string version) =>
        major < OldestVersion
            ? Finding.Fault("server", $"PostgreSQL {version}", $"Use PostgreSQL {OldestVersion} or later.")
            : Finding.Good("server", $"PostgreSQL {version}");

    // Times of annotations are the program's, times of the log of changes the server's.
    private static Finding Clock(DateTimeOffset before, DateTimeOffset server)
    {
        var apart = (server - before).Duration();
        var says = string.Create(CultureInfo.InvariantCulture, $"{apart.TotalSeconds:0.0} s between the program's and the server's");
        return apart > TimeSpan.FromMinutes(1)
            ? Finding.Fault("clock", says, "Set both machines by NTP: what is written now would seem old, or be refused as of tomorrow.")
            : apart > TimeSpan.FromSeconds(5)
                ? Finding.Warning("clock", says, "Set both machines by NTP.")
                : Finding.Good("clock", says);
    }

    private static Finding Connections(int pool, int most, long open)
    {
        var says = $"{pool} at most of this program, {most} of the server, {open} open now";
        return pool >= most
            ? Finding.Warning(
                "connections",
                says,
                "Raise max_connections of the server or lower the program's: the command line and psql need some too.")
            : Finding.Good("connections", says);
    }

    private static async Task<Finding> TablesAsync(string connectionString, CancellationToken ct)
    {
        var options = new DbContextOptionsBuilder<AnnotatorDb>();
        AnnotatorDb.Configure(options, connectionString);
        await using var db = new AnnotatorDb(options.Options);
        var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToList();
        var known = db.Database.GetMigrations().ToList();
        var missing = known.Except(applied, StringComparer.Ordinal).Count();
        var foreign = applied.Except(known, StringComparer.Ordinal).Count();
        return (foreign, missing) switch
        {
            ( > 0, _) => Finding.Fault(
                "tables",
                $"{foreign} changes are of a later version of the program",
                "Start that version, or restore a copy from before."),
            (_, > 0) => Finding.Warning(
                "tables", $"{missing} changes are not made yet", "Run \"migrate\", or start the program, which makes them."),
            _ => Finding.Good("tables", $"up to date ({known[^1]})"),
        };
    }

    private static async Task<Finding> IndexAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var query = new NpgsqlCommand(Index, connection)
        {
            CommandTimeout = 300, Parameters = { new() { Value = Analyzer.Version } },
        };
        await using var facts = await query.ExecuteReaderAsync(ct);
        await facts.ReadAsync(ct);
        var (missing, old) = (facts.GetInt64(0), facts.GetInt64(1));
        var invalid = await facts.IsDBNullAsync(2, ct) ? null : facts.GetString(2);
        return (invalid, missing, old) switch
        {
            (not null, _, _) => Finding.Fault(
                "search index", $"not valid: {invalid}", "Run \"reindex index concurrently\" for it with psql."),
            (_, > 0, _) => Finding.Warning(
                "search index", $"{missing} annotations are not in it", "Start the program, which adds them, or run \"index rebuild\"."),
            (_, _, > 0) => Finding.Warning("search index", $"{old} entries are of another version of the analysis", Rebuild),
            _ => Finding.Good("search index", "complete"),
        };
    }
}

using System.Globalization;
using Annotator.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Annotator.Tests.Support;

/// <summary>Makes databases by copying a template that is migrated once per build of the domain.</summary>
internal sealed class TestDatabase
{
    private const string TemplatePrefix = "annotator_template_";
    private const string CopyPrefix = "annotator_test_";

    // Any number will do, as long as all test processes use the same one.
    private const long LockKey = 7_302_118_460_251;

    private static readonly string Template = $"{TemplatePrefix}{typeof(AnnotatorDb).Assembly.ManifestModule.ModuleVersionId:N}";

    private readonly string _server;
    private readonly string _name;

    private TestDatabase(string server, string name) => (_server, _name) = (server, name);

    public string ConnectionString => Named(_server, _name, pooling: true);

    /// <summary>A fresh database with the present schema, or an empty one.</summary>
    public static async Task<TestDatabase> CreateAsync(bool isEmpty = false)
    {
        var server = await TestServer.ConnectionStringAsync();
        await using var connection = new NpgsqlConnection(Named(server, "postgres", pooling: false));
        await connection.OpenAsync();
        // Only one at a time can copy the template; the lock goes with the connection, however the process ends.
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({LockKey})");
        if (!(await NamesAsync(connection, TemplatePrefix)).Contains(Template, StringComparer.Ordinal))
            await BuildTemplateAsync(connection, server);
        var stamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var name = $"{CopyPrefix}{stamp}_{Guid.CreateVersion7().ToString("N")[20..]}";
        await ExecuteAsync(connection, isEmpty ? $"CREATE DATABASE {name}" : $"CREATE DATABASE {name} TEMPLATE {Template}");
        return new TestDatabase(server, name);
    }

    public async Task DropAsync()
    {
        await using (var pooled = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(pooled);
        await using var connection = new NpgsqlConnection(Named(_server, "postgres", pooling: false));
        await connection.OpenAsync();
        await ExecuteAsync(connection, $"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
    }

    // Built under another name, so that a template exists whole or not at all.
    private static async Task BuildTemplateAsync(NpgsqlConnection connection, string server)
    {
        await TidyAsync(connection);
        const string draft = "annotator_draft";
        await ExecuteAsync(connection, $"DROP DATABASE IF EXISTS {draft} WITH (FORCE)");
        await ExecuteAsync(connection, $"CREATE DATABASE {draft}");
        var options = new DbContextOptionsBuilder<AnnotatorDb>();
        AnnotatorDb.Configure(options, Named(server, draft, pooling: false));
        await using (var db = new AnnotatorDb(options.Options))
            await db.Database.MigrateAsync();
        await ExecuteAsync(connection, $"ALTER DATABASE {draft} RENAME TO {Template}");
    }

    // What builds of before and killed runs have left. A younger database may belong to a run in another folder.
    private static async Task TidyAsync(NpgsqlConnection connection)
    {
        var hourAgo = TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeSeconds();
        var templates = (await NamesAsync(connection, TemplatePrefix)).SkipLast(4);
        var copies = (await NamesAsync(connection, CopyPrefix)).Where(name =>
            long.TryParse(name[CopyPrefix.Length..].Split('_')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var made)
                && made < hourAgo);
        foreach (var name in templates.Concat(copies))
            await ExecuteAsync(connection, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(NpgsqlConnection connection, string prefix)
    {
        await using var command = new NpgsqlCommand(
            "SELECT datname FROM pg_database WHERE starts_with(datname, $1) ORDER BY oid", connection)
        {
            Parameters = { new() { Value = prefix } },
        };
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync())
            names.Add(reader.GetString(0));
        return names;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // Database names cannot be parameters; these are made here.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static string Named(string server, string database, bool pooling) =>
        new NpgsqlConnectionStringBuilder(server) { Database = database, Pooling = pooling, MaxPoolSize = 20 }.ConnectionString;
}

using System.Text.Json;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Annotator.Tests.Sql;

/// <summary>
/// A store of 3,000 annotations on 300 sources, four fifths of them public, the others in 30 private groups. Each source has one
/// annotation with the tag <c>common</c>; <c>rare</c> is on three, with the word <c>seldom</c>.
/// </summary>
public sealed class ManyRows : IAsyncLifetime
{
    public const int Annotations = 3_000;
    public const int Sources = 300;

    private readonly SentSql _sent = new();
    private TestStore? _store;

    /// <summary>Notes what it sends.</summary>
    public IDbContextFactory<AnnotatorDb> Databases { get; private set; } = null!;
    public Dictionary<string, Viewer> Viewers { get; private set; } = [];

    private TestStore Store => _store!;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.CreateAsync();
        var options = new DbContextOptionsBuilder<AnnotatorDb>();
        AnnotatorDb.Configure(options, Store.ConnectionString);
        options.AddInterceptors(_sent);
        Databases = new PooledDbContextFactory<AnnotatorDb>(options.Options);
        var now = Store.Clock.GetUtcNow();
        var drafts = Enumerable.Range(0, Annotations).Select(i => Draft(i, now.AddMinutes(i - Annotations))).ToList();
        await Store.Batches.WriteAsync(drafts, Ct, new WriteMode(MakesGroups: true));
        var member = await Store.PersonAsync("Member", "group3", "group5");
        Viewers = new(StringComparer.Ordinal)
        {
            ["visitor"] = Viewer.Visitor,
            ["member"] = member,
            ["administrator"] = member with { Moderates = ["group3"], IsAdministrator = true },
        };
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        await db.Database.ExecuteSqlRawAsync("analyze", Ct);
    }

    public async ValueTask DisposeAsync() => await Store.DisposeAsync();

    /// <summary>Leaves out what was sent until now.</summary>
    public void Forget() => _sent.TakeStatements();

    /// <returns>The source that they are about.</returns>
    public async Task<Guid> WriteAsync(IReadOnlyList<AnnotationDraft> drafts)
    {
        await Store.Batches.WriteAsync(drafts, Ct);
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        return (await db.Annotations.SingleAsync(a => a.Id == drafts[0].Id, Ct)).SourceId;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var db = await Store.Databases.CreateDbContextAsync(Ct);
        await db.Database.ExecuteSqlRawAsync(sql, Ct);
    }

    /// <summary>The rows of a table that the statements read that were sent since, also those that a filter left out.</summary>
    /// <param name="byIndex">Read as where there are millions: PostgreSQL reads few thousand rows one after the other.</param>
    public async Task<double> ReadAsync(string table, bool byIndex = false)
    {
        await using var connection = new NpgsqlConnection(Store.ConnectionString);
        await connection.OpenAsync(Ct);
        if (byIndex)
        {
            await using var setting = new NpgsqlCommand("set enable_seqscan = off", connection);
            await setting.ExecuteNonQueryAsync(Ct);
        }

        var rows = 0.0;
        foreach (var (text, parameters) in _sent.TakeStatements())
        {
#pragma warning disable CA2100 // The program's own query.
            await using var command = new NpgsqlCommand($"explain (analyze, format json) {text}", connection);
#pragma warning restore CA2100
            foreach (var parameter in parameters)
                command.Parameters.Add(parameter.Clone());
            using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync(Ct))!);
            rows += RowsOf(plan.RootElement[0].GetProperty("Plan"), table);
        }

        return rows;
    }

    private static AnnotationDraft Draft(int number, DateTimeOffset created)
    {
        var (turn, source) = (number / Sources, number % Sources);
        return Drafts.PageNote(
            number % 1_000 == 7 ? "Seldom said" : "Said",
            new Citation($"https://rows.example/{source}", $"Title {source}", null, source % 3 == 0 ? "de" : "en"))
            .Imported($"person{number % 50}", created) with
        {
            Language = "en",
            Tags = [.. turn == source % 10 ? ["common"] : Array.Empty<string>(), .. number % 1_000 == 7 ? ["rare"] : Array.Empty<string>()],
            GroupId = (turn + source) % 5 == 3 ? $"group{source % 30}" : Viewer.PublicGroup,
        };
    }

    private static double RowsOf(JsonElement node, string table)
    {
        var isScan = node.TryGetProperty("Relation Name", out var name) && name.ValueEquals(table);
        var own = isScan ? Number(node, "Actual Loops") * (Number(node, "Actual Rows") + Number(node, "Rows Removed by Filter")) : 0;
        return own + (node.TryGetProperty("Plans", out var parts) ? parts.EnumerateArray().Sum(p => RowsOf(p, table)) : 0);
    }

    private static double Number(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
}

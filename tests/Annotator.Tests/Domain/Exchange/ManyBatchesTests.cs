using System.Text;
using System.Text.Json;
using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Exchange;
using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Annotator.Domain.Search;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Annotator.Tests.Domain.Exchange;

/// <summary>A large file is stored batch by batch, from the sixth on in two lanes, while the search index collects new rows.</summary>
public sealed class ManyBatchesTests
{
    private const int Records = 1_200;
    private const int BatchRecords = 100;
    private const string AsSingleCommentsAreWritten = "false";
    private const string Collecting = "true 131072";

    [Fact]
    public async Task Many_batches_store_what_one_would()
    {
        await using var one = await TestStore.CreateAsync();
        await using var many = await TestStore.CreateAsync();
        var (whole, parts) = (await ImportAsync(one, Records), await ImportAsync(many, BatchRecords));
        Assert.Equal((Records, 0L, 0L), (parts.Stored, parts.ThereAlready, parts.RefusedCount));
        Assert.Equal((whole.Stored, whole.Read), (parts.Stored, parts.Read));
        Assert.Equal(await RowsAsync(one), await RowsAsync(many));
        foreach (var query in new[] { "number", "\"number 777\"", "chapter tag:even", "user:reader3 passage" })
            Assert.Equal(await FoundAsync(one, query), await FoundAsync(many, query));
        var again = await ImportAsync(many, BatchRecords);
        Assert.Equal((0, Records), (again.Stored, again.ThereAlready));
    }

    [Fact]
    public async Task The_index_collects_from_the_fifth_batch_on_and_is_set_back_at_the_end()
    {
        await using var store = await TestStore.CreateAsync();
        var seen = new List<string>();
        await ImportAsync(store, BatchRecords, async () => seen.Add(await OptionsAsync(store)));
        Assert.Equal(
            [.. Enumerable.Repeat(AsSingleCommentsAreWritten, 4), .. Enumerable.Repeat(Collecting, Records / BatchRecords - 4)], seen);
        Assert.Equal(AsSingleCommentsAreWritten, await OptionsAsync(store));
        Assert.Equal(0, await PendingAsync(store));
    }

    [Fact]
    public async Task A_few_batches_leave_the_index_as_it_is()
    {
        await using var store = await TestStore.CreateAsync();
        var seen = new List<string>();
        await ImportAsync(store, Records / 4, async () => seen.Add(await OptionsAsync(store)));
        Assert.Equal(Enumerable.Repeat(AsSingleCommentsAreWritten, 4), seen);
    }

    [Fact]
    public async Task An_import_that_breaks_off_sets_the_index_back()
    {
        await using var store = await TestStore.CreateAsync();
        var batches = 0;
        await Assert.ThrowsAsync<IOException>(() =>
            ImportAsync(store, BatchRecords, () => ++batches == 7 ? throw new IOException("The cable is out.") : Task.CompletedTask));
        Assert.Equal(AsSingleCommentsAreWritten, await OptionsAsync(store));
        Assert.Equal(0, await PendingAsync(store));
    }

    [Fact]
    public async Task What_a_killed_import_has_left_is_set_back_at_the_next_start_and_a_running_one_is_left_alone()
    {
        await using var store = await TestStore.CreateAsync();
        await using var index = new BulkIndexMode(store.Databases);
        for (var i = 0; i < 5; i++)
            await index.StoredAsync(Ct);
        Assert.True(index.IsOn);
        Assert.False(await store.Upkeep.ResetAsync(Ct));
        Assert.Equal(Collecting, await OptionsAsync(store));

        await KillAsync(store);
        Assert.True(await store.Upkeep.ResetAsync(Ct));
        Assert.Equal(AsSingleCommentsAreWritten, await OptionsAsync(store));
        Assert.False(await store.Upkeep.ResetAsync(Ct));
    }

    [Fact]
    public async Task Of_two_imports_at_once_one_has_the_index_collect()
    {
        await using var store = await TestStore.CreateAsync();
        await using (var first = new BulkIndexMode(store.Databases))
        {
            await using (var second = new BulkIndexMode(store.Databases))
            {
                for (var i = 0; i < 5; i++)
                {
                    await first.StoredAsync(Ct);
                    await second.StoredAsync(Ct);
                }

                Assert.Equal((true, false), (first.IsOn, second.IsOn));
            }

            Assert.Equal(Collecting, await OptionsAsync(store));
        }

        Assert.Equal(AsSingleCommentsAreWritten, await OptionsAsync(store));
    }

    private static async Task<ImportReport> ImportAsync(TestStore store, int batchRecords, Func<Task>? afterEach = null)
    {
        using var file = new MemoryStream(File());
        var importer = new Importer(store.Batches, new PeopleDirectory(store.Databases), store.Clock) { BatchRecords = batchRecords };
        return await importer.ImportAsync(
            Viewer.Operator, file, Reading.Believing, afterEach is null ? null : new AfterEach(afterEach), Ct);
    }

    // Passages that several records quote, authors and sources in both lanes, and replies to what an earlier batch has brought.
    private static byte[] File()
    {
        var lines = Enumerable.Range(0, Records).Select(i => JsonSerializer.Serialize(new
        {
            id = Id(i),
            created = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(i),
            updated = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(i),
            user = $"acct:reader{i % 7}@elsewhere.example",
            uri = $"https://texts.example/{Book(i)}",
            text = $"Remark number {i}",
            tags = i % 2 == 0 ? ["even"] : Array.Empty<string>(),
            group = "__world__",
            permissions = new { read = new[] { "group:__world__" } },
            references = i % 10 == 9 ? [Id(i - 9)] : Array.Empty<string>(),
            target = new[]
            {
                new
                {
                    source = $"https://texts.example/{Book(i)}",
                    selector = new[] { new { type = "TextQuoteSelector", exact = $"passage of chapter {i % 60}" } },
                },
            },
            document = new { title = new[] { $"Book {Book(i)}" } },
        }));
        return Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
    }

    // A reply and what it replies to are about the same book.
    private static int Book(int record) => record / 10 % 12;

    private static string Id(int record) => PublicId.Of(new Guid(record, 7, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1));

    /// <summary>What is stored, with names in the place of ids that are made anew in each store.</summary>
    private static async Task<List<string>> RowsAsync(TestStore store)
    {
        await using var db = await store.Databases.CreateDbContextAsync(Ct);
        return await db.Database.SqlQuery<string>(
            $"""
            select concat_ws(' | ', to_jsonb(a) - 'source_id' - 'passage_id' - 'author_id', (select min(u.uri) from source_uri u where u.source_id = s.id), s.title, p.exact, w.username, e.version) as "Value"
            from annotation a
            join source s on s.id = a.source_id
            join person w on w.id = a.author_id
            join annotation_search e on e.annotation_id = a.id
            left join passage p on p.id = a.passage_id
            order by a.id
            """).ToListAsync(Ct);
    }

    private static async Task<IReadOnlyList<Guid>> FoundAsync(TestStore store, string query)
    {
        var found = await store.Search.FindAsync(Viewer.Visitor, SearchQuery.Parse(query), new SearchOptions(), Ct);
        Assert.NotEmpty(found.Hits);
        return [.. found.Hits.Select(h => h.Annotation.Id)];
    }

    /// <summary>Whether the index collects, and up to how many kB where that is set.</summary>
    private static async Task<string> OptionsAsync(TestStore store)
    {
        await using var db = await store.Databases.CreateDbContextAsync(Ct);
        return await db.Database.SqlQuery<string>(
            $"""
            select concat_ws(' ', (bool_or(option_value::boolean) filter (where option_name = 'fastupdate'))::text, max(option_value) filter (where option_name = 'gin_pending_list_limit')) as "Value"
            from pg_class, pg_options_to_table(reloptions) where oid = 'ix_annotation_search_tokens'::regclass
            """).SingleAsync(Ct);
    }

    /// <summary>Pages of rows that the index has not taken in.</summary>
    private static async Task<long> PendingAsync(TestStore store)
    {
        await using var db = await store.Databases.CreateDbContextAsync(Ct);
        return await db.Database.SqlQuery<long>($"select gin_clean_pending_list('ix_annotation_search_tokens') as \"Value\"")
            .SingleAsync(Ct);
    }

    // As the end of a process does: its connections are gone, and nothing of it was disposed of.
    private static async Task KillAsync(TestStore store)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(store.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var kill = new NpgsqlCommand(
            "select count(pg_terminate_backend(pid, 60000)) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
            connection);
        Assert.Equal(1L, await kill.ExecuteScalarAsync(Ct));
    }

    /// <summary>Does something between two batches, while the import waits.</summary>
    private sealed class AfterEach(Func<Task> act) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => Task.Run(act).GetAwaiter().GetResult();
    }
}

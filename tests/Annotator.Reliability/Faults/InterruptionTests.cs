using System.Globalization;
using System.Text.Json;
using Annotator.Domain.Kernel;
using Annotator.Reliability.Support;
using Npgsql;

namespace Annotator.Reliability.Faults;

/// <summary>Commands that are killed in the middle and run again, and what they leave against what an undisturbed run leaves.</summary>
public sealed class InterruptionTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("annotator-interrupted-").FullName;
    private TestDatabase? _disturbed;
    private TestDatabase? _undisturbed;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var database in new[] { _disturbed, _undisturbed }.OfType<TestDatabase>())
            await database.DropAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_import_goes_on_where_it_was_killed()
    {
        (_disturbed, _undisturbed) = (await TestDatabase.CreateAsync(), await TestDatabase.CreateAsync());
        var (store, file) = (_disturbed.ConnectionString, await FileAsync());
        for (var i = 1; i <= Pace.Interruptions; i++)
        {
            var stored = Pace.Records * i / (Pace.Interruptions + 2);
            await KillWhenAsync(Command(store, "import", file), async () => await CountAsync(store) > stored);
        }

        var left = await CountAsync(store);
        var again = await Instance.CommandAsync(store, "import", file);
        Assert.True(again.ExitCode == 0, again.Output);
        var undisturbed = await Instance.CommandAsync(_undisturbed.ConnectionString, "import", file);
        Assert.True(undisturbed.ExitCode == 0, undisturbed.Output);
        var verdict = await VerdictAsync(store, await CountAsync(store) - Pace.Records);
        Compare(await StoreState.ContentAsync(_undisturbed.ConnectionString), await StoreState.ContentAsync(store), verdict);
        Report.Add(new Row($"import killed, {Pace.Interruptions} times") { Acknowledged = left, Verdict = verdict, Back = "run again" });
        Assert.True(verdict.IsGood, verdict.ToString());
    }

    [Fact]
    public async Task A_migration_is_done_once_whenever_it_was_killed()
    {
        (_disturbed, _undisturbed) = (await TestDatabase.CreateAsync(isEmpty: true), await TestDatabase.CreateAsync());
        var store = _disturbed.ConnectionString;
        var killed = 0;
        for (var i = 0; i < Pace.Interruptions; i++)
        {
            // In the middle of the first migration, and then each time some migrations later.
            var done = i;
            killed += await KillWhenAsync(
                Command(store, "migrate"),
                async () => done == 0 ? await LockedAsync(store) >= 20 : await AppliedAsync(store) >= done) ? 1 : 0;
        }

        var again = await Instance.CommandAsync(store, "migrate");
        Assert.True(again.ExitCode == 0, again.Output);
        var verdict = await VerdictAsync(store, 0);
        Compare(await StoreState.SchemaAsync(_undisturbed.ConnectionString), await StoreState.SchemaAsync(store), verdict);
        Report.Add(new Row($"migration killed, {killed} times") { Verdict = verdict, Back = "run again" });
        Assert.True(verdict.IsGood, verdict.ToString());
        Assert.True(killed > 0, "No migration was killed before its end.");
    }

    private static void Compare(IReadOnlyList<string> undisturbed, IReadOnlyList<string> disturbed, Verdict verdict) =>
        verdict.Half.AddRange([
            .. undisturbed.Except(disturbed, StringComparer.Ordinal).Select(line => $"only undisturbed: {line}"),
            .. disturbed.Except(undisturbed, StringComparer.Ordinal).Select(line => $"only disturbed: {line}"),
        ]);

    private static ProgramProcess Command(string store, params string[] words) =>
        Instance.Run([.. words, $"--ConnectionStrings:Annotator={store}"]);

    /// <returns>False when it has ended before.</returns>
    private static async Task<bool> KillWhenAsync(ProgramProcess command, Func<Task<bool>> condition)
    {
        await using var process = command;
        await Until.HoldsAsync(async () => process.HasEnded || await condition());
        if (process.HasEnded)
            return false;
        await process.KillAsync();
        return true;
    }

    private static async Task<Verdict> VerdictAsync(string store, int difference)
    {
        var verdict = new Verdict();
        if (difference < 0)
            verdict.Lost.Add(FormattableString.Invariant($"{-difference} annotations"));
        if (difference > 0)
            verdict.Doubled.Add(FormattableString.Invariant($"{difference} annotations"));
        verdict.Half.AddRange(await StoreState.FaultsAsync(store));
        return verdict;
    }

    private static async Task<int> CountAsync(string store) =>
        (int)await AskAsync(store, "select count(*) from annotation");

    // Locks of the migrating transaction, which grow with each thing that it makes.
    private static Task<long> LockedAsync(string store) =>
        AskAsync(
            store,
            "select count(*) from pg_locks l join pg_database d on d.oid = l.database "
                + "where d.datname = current_database() and l.mode = 'AccessExclusiveLock'");

    private static async Task<long> AppliedAsync(string store)
    {
        try
        {
            return await AskAsync(store, "select count(*) from migration");
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable)
        {
            return 0;
        }
    }

    private static async Task<long> AskAsync(string store, string query)
    {
        await using var connection = new NpgsqlConnection(store);
        await connection.OpenAsync(Ct);
#pragma warning disable CA2100 // Written above.
        await using var command = new NpgsqlCommand(query, connection);
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    // JSON Lines of many people about few sources, with answers.
    private async Task<string> FileAsync()
    {
        var file = Path.Combine(_folder, "records.jsonl");
        await using var lines = new StreamWriter(file);
        var time = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var ids = new List<string>();
        for (var i = 0; i < Pace.Records; i++)
        {
            var at = time.AddMinutes(i);
            ids.Add(PublicId.Of(Guid.CreateVersion7(at)));
            var isReply = i % 7 == 6;
            var (source, now) = (i / 7 % 97, at.ToString("O", CultureInfo.InvariantCulture));
            var uri = FormattableString.Invariant($"https://texts.example/{source}");
            var exact = FormattableString.Invariant($"Passage {i % 5} of text {source}");
            object target = isReply
                ? new { source = uri }
                : new { source = uri, selector = new[] { new { type = "TextQuoteSelector", exact, prefix = "", suffix = "" } } };
            await lines.WriteLineAsync(JsonSerializer.Serialize(new
            {
                id = ids[i], created = now, updated = now, uri, group = "__world__",
                user = FormattableString.Invariant($"acct:person{i % 50}@reading.example"),
                text = FormattableString.Invariant($"What is said first of text {source}, in words of number {i}."),
                tags = new[] { FormattableString.Invariant($"tag-{i % 11}") },
                target = new[] { target },
                references = isReply ? new[] { ids[i - 1] } : [],
                document = new { title = new[] { FormattableString.Invariant($"Text {source}") } },
            }));
        }

        return file;
    }
}

using System.Text.Json;
using Annotator.Domain.Access;
using Annotator.Domain.Kernel;
using Annotator.Web;
using Annotator.Web.Commands;
using Annotator.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Commands;

/// <summary>The commands on a real store, composed as the program composes them.</summary>
public sealed class StoreCommandTests : IAsyncLifetime
{
    private const string Harnesses = """
        {"total":3,"rows":[
        {"id":"a4ayc_80TOGda4BO_1o_Vw","created":"2026-04-06T11:52:59.000000+00:00","updated":"2026-04-06T11:52:59.000000+00:00","user":"acct:wen@reading.example","uri":"https://texts.example/harness","text":"把提交说明写清楚,后来的人才接得上。","tags":["启发"],"group":"__world__","permissions":{"read":["group:__world__"]},"target":[{"source":"https://texts.example/harness","selector":[{"type":"TextQuoteSelector","exact":"leave a note for the next shift","prefix":"","suffix":""}]}],"document":{"title":["Working in shifts"]}},
        {"id":"TgdAhWK-S4ugzgXB3s_jrQ","created":"2026-04-06T11:45:56.000000+00:00","updated":"2026-04-06T11:45:56.000000+00:00","user":"acct:jo@reading.example","uri":"https://texts.example/harness#top","text":"And keep it short.","tags":[],"group":"__world__","permissions":{"read":["group:__world__"]},"target":[{"source":"https://texts.example/harness","selector":[{"type":"TextQuoteSelector","exact":"Leave a note for the next shift","prefix":"","suffix":""}]}],"document":{"title":["Working in shifts"]}},
        {"id":"short","created":"2026-04-06T11:45:56.000000+00:00","user":"acct:jo@reading.example","uri":"https://texts.example/harness","text":"An id that is none","tags":[],"group":"__world__"}
        ]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("annotator-commands-").FullName;
    private TestStore? _store;
    private string _out = "";
    private string _error = "";

    public async ValueTask InitializeAsync() => _store = await TestStore.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await _store!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Importing_a_file_again_adds_nothing_and_what_is_refused_is_named()
    {
        var file = Path.Combine(_folder, "harness.json");
        await File.WriteAllTextAsync(file, Harnesses, Ct);
        Assert.Equal(CommandLine.Failed, await RunAsync("import", file));
        Assert.Contains("stored 2, there already 0, refused 1", _out, StringComparison.Ordinal);
        Assert.Contains("3: ", _error, StringComparison.Ordinal);
        Assert.Equal(CommandLine.Failed, await RunAsync("import", file));
        Assert.Contains("stored 0, there already 2, refused 1", _out, StringComparison.Ordinal);

        var source = Assert.Single((await _store!.Library.BrowseAsync(Viewer.Visitor, new(), Ct)).Items);
        Assert.Equal(
            ("Working in shifts", "en", 1, 2, 2), (source.Title, source.Language, source.Passages, source.Comments, source.People));
        var passage = Assert.Single((await _store.Sources.ReadAsync(Viewer.Visitor, source.Id, Ct)).Passages);
        Assert.Equal(["TgdAhWK-S4ugzgXB3s_jrQ", "a4ayc_80TOGda4BO_1o_Vw"], passage.Threads.Select(t => t.Root!.PublicId));
    }

    [Fact]
    public async Task A_source_is_removed_and_restored_by_its_address()
    {
        var file = Path.Combine(_folder, "harness.json");
        await File.WriteAllTextAsync(file, Harnesses, Ct);
        await RunAsync("import", file);
        Assert.Equal(CommandLine.Ok, await RunAsync("source", "remove", "https://texts.example/harness"));
        Assert.Empty((await _store!.Library.BrowseAsync(Viewer.Visitor, new(), Ct)).Items);
        Assert.Equal(CommandLine.Failed, await RunAsync("source", "remove", "https://texts.example/harness"));
        Assert.Equal(CommandLine.Ok, await RunAsync("source", "restore", "https://texts.example/harness"));
        Assert.Equal(2, Assert.Single((await _store.Library.BrowseAsync(Viewer.Visitor, new(), Ct)).Items).Comments);
    }

    [Fact]
    public async Task What_was_imported_is_found_as_one_object_a_line()
    {
        var file = Path.Combine(_folder, "harness.json");
        await File.WriteAllTextAsync(file, Harnesses, Ct);
        await RunAsync("import", file);
        Assert.Equal(CommandLine.Ok, await RunAsync("search", "说明 lang:zh", "--json", "--limit", "all"));
        using var hit = JsonDocument.Parse(Assert.Single(_out.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal("a4ayc_80TOGda4BO_1o_Vw", hit.RootElement.GetProperty("id").GetString());
        Assert.Equal(CommandLine.Ok, await RunAsync("search", "nowhere", "--json"));
        Assert.Equal("", _out);
        Assert.Equal(CommandLine.Ok, await RunAsync("search", "shifts nigth after:soon"));
        Assert.Equal("", _out);
        Assert.Contains("not a date: after:soon", _error, StringComparison.Ordinal);
        Assert.Equal(CommandLine.Ok, await RunAsync("search", "shifs"));
        Assert.Contains("did you mean: shift", _error, StringComparison.Ordinal);
        Assert.Equal(CommandLine.Ok, await RunAsync("search", "working"));
        Assert.Contains("a source of that name: Working in shifts", _error, StringComparison.Ordinal);
        Assert.Equal(CommandLine.Failed, await RunAsync("search", new string('x', Limits.SearchQuery + 1)));
        Assert.Contains("query: too long (limit 2000)", _error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_feed_of_many_lines_is_imported_once()
    {
        var file = Path.Combine(_folder, "notes.txt");
        await File.WriteAllLinesAsync(
            file, Enumerable.Range(1, 1_200).SelectMany(i => new[] { $"Sentence {i} of a long book.", $"第 {i} 句的笔记。" }), Ct);
        Assert.Equal(CommandLine.Ok, await RunAsync("import", file, "--as", "mei", "--title", "A long book"));
        Assert.Contains("stored 1200", _out, StringComparison.Ordinal);
        Assert.Equal(CommandLine.Ok, await RunAsync("import", file, "--as", "mei", "--title", "A long book"));
        Assert.Contains("stored 0, there already 1200", _out, StringComparison.Ordinal);
        Assert.Equal(1_200, Assert.Single((await _store!.Library.BrowseAsync(Viewer.Visitor, new(), Ct)).Items).Passages);
    }

    [Fact]
    public async Task The_first_account_is_the_administrators_and_a_name_is_given_once()
    {
        Assert.Equal(CommandLine.Ok, await RunAsync("user", "add", "mei", "--email", "mei@reading.example", "--password", "correct horse"));
        Assert.Contains("acct:mei@localhost, administrator", _out, StringComparison.Ordinal);
        Assert.Equal(
            CommandLine.Ok, await RunAsync("user", "add", "मीरा", "--email", "mira@reading.example", "--password", "correct horse"));
        Assert.DoesNotContain("administrator", _out, StringComparison.Ordinal);
        Assert.Equal(
            CommandLine.Failed, await RunAsync("user", "add", "Mei", "--email", "other@reading.example", "--password", "correct horse"));
        Assert.Equal(CommandLine.Failed, await RunAsync("user", "add", "tom", "--email", "tom@reading.example", "--password", "short"));
        await using var db = await _store!.Databases.CreateDbContextAsync(Ct);
        Assert.Equal(2, await db.Users.CountAsync(Ct));
        Assert.Equal(2, await db.People.CountAsync(Ct));
    }

    [Fact]
    public async Task An_administrator_can_do_with_accounts_what_the_page_can()
    {
        Assert.Equal(
            CommandLine.Ok, await TypingAsync("correct horse", "user", "add", "mei", "--email", "mei@reading.example", "--password", "-"));
        Assert.DoesNotContain("list of running programs", _error, StringComparison.Ordinal);
        Assert.Equal(CommandLine.Ok, await RunAsync("user", "add", "jo", "--email", "jo@reading.example", "--password", "correct horse"));
        Assert.Contains("list of running programs", _error, StringComparison.Ordinal);
        Assert.Equal(CommandLine.Failed, await RunAsync("user", "lock", "mei"));
        Assert.Equal(CommandLine.Ok, await RunAsync("user", "lock", "jo@reading.example"));
        Assert.Equal(CommandLine.Ok, await RunAsync("user", "list"));
        Assert.Matches("jo\tjo@reading.example\t.*, locked", _out);
        Assert.Equal(CommandLine.Ok, await RunAsync("user", "unlock", "jo"));
        Assert.Equal(CommandLine.Ok, await TypingAsync("another horse", "user", "password", "jo", "--password", "-"));
        Assert.Equal(CommandLine.Failed, await TypingAsync("password", "user", "password", "jo"));
        Assert.Equal(CommandLine.Ok, await RunAsync("user", "rename", "jo", "joanna"));
        Assert.Equal(CommandLine.Failed, await RunAsync("user", "remove", "jo"));
        Assert.Equal(CommandLine.Ok, await RunAsync("user", "remove", "joanna"));
        Assert.Equal(CommandLine.Ok, await RunAsync("user", "list"));
        Assert.DoesNotContain("jo", _out, StringComparison.Ordinal);
        Assert.Equal(
            CommandLine.Ok,
            await RunAsync("user", "invite", "--uses", "3", "--days", "2", "--Annotator:PublicUrl=https://notes.example.org/"));
        Assert.Matches("^https://notes.example.org/sign-up\\?invitation=[0-9a-f]{32}\\s*$", _out);
    }

    [Fact]
    public async Task The_demo_library_comes_and_goes_whole()
    {
        Assert.Equal(CommandLine.Ok, await RunAsync("demo", "load"));
        var languages = await _store!.Library.LanguagesAsync(Viewer.Visitor, Ct);
        Assert.True(languages.Count >= 10, $"{languages.Count} languages");
        Assert.InRange(languages.Sum(l => l.Count), 12, 20);
        Assert.Equal(CommandLine.Ok, await RunAsync("demo", "remove"));
        Assert.Empty((await _store.Library.BrowseAsync(Viewer.Visitor, new(), Ct)).Items);
        await using var db = await _store.Databases.CreateDbContextAsync(Ct);
        Assert.Equal((0, 0, 0), (await db.Passages.CountAsync(Ct), await db.Sources.CountAsync(Ct), await db.People.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_command_runs_beside_a_program_that_has_the_store_open()
    {
        await using var open = await AnnotatorApp.OpenAsync([$"--ConnectionStrings:Annotator={_store!.ConnectionString}"], Ct);
        Assert.Equal(CommandLine.Ok, await RunAsync("search", "anything").WaitAsync(TimeSpan.FromSeconds(60), Ct));
    }

    private Task<int> RunAsync(params string[] args) => RunAsync(TextReader.Null, args);

    private async Task<int> TypingAsync(string line, params string[] args)
    {
        using var typed = new StringReader($"{line}\n");
        return await RunAsync(typed, args);
    }

    private async Task<int> RunAsync(TextReader typed, string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(
            [.. args, $"--ConnectionStrings:Annotator={_store!.ConnectionString}"],
            _ => throw new InvalidOperationException("A command does not serve."),
            AnnotatorApp.OpenAsync,
            new Terminal(typed, output, error, IsInteractive: false));
        (_out, _error) = (output.ToString(), error.ToString());
        if (code is not CommandLine.Ok)
            TestContext.Current.TestOutputHelper?.WriteLine($"{string.Join(' ', args)}: {code}\n{_error}");
        return code;
    }
}

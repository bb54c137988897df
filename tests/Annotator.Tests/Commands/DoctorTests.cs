using Annotator.Web;
using Annotator.Web.Commands;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Commands;

/// <summary>What does not work is named, with what to do; the exit code tells a script.</summary>
public sealed class DoctorTests : IAsyncLifetime
{
    private TestStore? _store;
    private string _out = "";

    public async ValueTask InitializeAsync() => _store = await TestStore.CreateAsync();

    public async ValueTask DisposeAsync() => await _store!.DisposeAsync();

    [Fact]
    public async Task A_store_that_works_is_well()
    {
        Assert.Equal(CommandLine.Ok, await RunAsync());
        Assert.DoesNotContain("FAULT", _out, StringComparison.Ordinal);
        string[] checks = ["settings", "texts", "server", "database", "writing", "clock", "connections", "tables", "search index"];
        foreach (var what in checks)
            Assert.Matches($@"(?m)^ok +{what} ", _out);
    }

    [Fact]
    public async Task Annotations_that_search_does_not_find_are_counted()
    {
        await _store!.Writer.CreateAsync(await _store.PersonAsync("mei"), Drafts.CommentOn(Drafts.Desperation, "Is it?"), Ct);
        await using (var db = await _store.Databases.CreateDbContextAsync(Ct))
            await db.SearchEntries.ExecuteDeleteAsync(Ct);
        Assert.Equal(CommandLine.Ok, await RunAsync());
        Assert.Matches(@"(?m)^warning  search index +1 annotations are not in it\s+→ ", _out);
    }

    [Fact]
    public async Task Tables_of_a_later_version_are_a_fault()
    {
        await using (var db = await _store!.Databases.CreateDbContextAsync(Ct))
        {
            await db.Database.ExecuteSqlAsync(
                $"insert into migration (migration_id, product_version) values ('29990101000000_Later', '10')", Ct);
        }

        Assert.Equal(CommandLine.Failed, await RunAsync());
        Assert.Matches(@"(?m)^FAULT    tables +1 changes are of a later version of the program\s+→ ", _out);
    }

    [Theory]
    [InlineData("--ConnectionStrings:Annotator=Host=127.0.0.1;Port=1;Database=annotator;Username=annotator", "database")]
    [InlineData("--Annotator:Demo=perhaps", "settings")]
    [InlineData("--Annotator:Secrets=/not/there", "settings")]
    public async Task A_setting_that_leads_nowhere_is_a_fault(string setting, string what)
    {
        Assert.Equal(CommandLine.Failed, await RunAsync(setting));
        Assert.Matches($@"(?m)^FAULT    {what} .*\s+→ ", _out);
    }

    private async Task<int> RunAsync(string? setting = null)
    {
        using var output = new StringWriter();
        var code = await CommandLine.RunAsync(
            ["doctor", $"--ConnectionStrings:Annotator={_store!.ConnectionString}", .. setting is null ? (string[])[] : [setting]],
            _ => throw new InvalidOperationException("A command does not serve."),
            AnnotatorApp.OpenAsync,
            new Terminal(TextReader.Null, output, TextWriter.Null, IsInteractive: false));
        _out = output.ToString();
        TestContext.Current.TestOutputHelper?.WriteLine(_out);
        return code;
    }
}

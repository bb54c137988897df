using Annotator.Web.Commands;
using Xunit;

namespace Annotator.Tests.Commands;

/// <summary>What the command line understands, without a store.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();
    private readonly List<string> _served = [];
    private readonly List<string> _files = [];
    private IReadOnlyList<string>? _settings;

    private Task<int> RunAsync(params string[] args) =>
        CommandLine.RunAsync(
            args,
            served =>
            {
                _served.AddRange(served);
                return Task.CompletedTask;
            },
            (settings, _) =>
            {
                _settings = settings;
                throw new IOException("there is no store");
            },
            new Terminal(TextReader.Null, _out, _error, IsInteractive: false)
        );

    [Theory]
    [InlineData("--Annotator:Authority=library.example")]
    [InlineData("--urls", "http://127.0.0.1:7000")]
    [InlineData("--environment", "Development", "--Annotator:Authority=library.example")]
    public async Task Without_a_command_the_site_is_served_with_all_arguments(params string[] args)
    {
        Assert.Equal(CommandLine.Ok, await RunAsync(args));
        Assert.Equal(args, _served);
    }

    [Theory]
    [InlineData("improt", "notes.jsonl")]
    [InlineData("import")]
    [InlineData("import", "a", "b")]
    [InlineData("import", "a", "--format", "papyrus")]
    [InlineData("search", "sea", "--limit", "many")]
    [InlineData("user", "add", "mei")]
    [InlineData("demo")]
    public async Task What_is_not_understood_says_so_and_does_nothing(params string[] args)
    {
        Assert.Equal(CommandLine.Usage, await RunAsync(args));
        Assert.NotEmpty(_error.ToString());
        Assert.Empty(_served);
        Assert.Null(_settings);
    }

    [Fact]
    public async Task Settings_may_stand_anywhere_and_reach_the_store()
    {
        await RunAsync(
            "search", "--Annotator:Authority=library.example", "sea", "--ConnectionStrings:Annotator=Host=db;Database=a", "--limit", "all");
        Assert.Equal(["--Annotator:Authority=library.example", "--ConnectionStrings:Annotator=Host=db;Database=a"], _settings);
    }

    [Theory]
    [InlineData("index", "rebuild")]
    [InlineData("search", "rebuild")]
    public async Task The_index_is_rebuilt_by_its_own_command_and_the_word_is_searched_for(params string[] args)
    {
        Assert.Equal(CommandLine.Failed, await RunAsync(args));
        Assert.Equal("there is no store" + Environment.NewLine, _error.ToString());
    }

    [Fact]
    public async Task A_title_with_a_colon_is_no_setting()
    {
        await RunAsync("import", await FileAsync("The tide.\nComes."), "--title=Tides: a history");
        Assert.Equal([], _settings);
    }

    [Fact]
    public async Task A_failure_is_a_message_and_an_exit_code()
    {
        Assert.Equal(CommandLine.Failed, await RunAsync("migrate"));
        Assert.Equal("there is no store" + Environment.NewLine, _error.ToString());
        Assert.Empty(_out.ToString());
    }

    [Fact]
    public async Task A_dry_run_shows_the_pairs_and_opens_no_store()
    {
        Assert.Equal(CommandLine.Ok, await RunAsync("import", await FileAsync("The tide.\n\nComes.\nThe moon."), "--dry-run"));
        Assert.Null(_settings);
        Assert.Equal(
            [
                "format Plain",
                "1: The tide.",
                "    3: Comes.",
                "4: The moon.",
                "    no comment",
                "1 passages with a comment, 1 without",
                "without a comment: line 4",
            ],
            _out.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_dry_run_names_what_would_be_refused()
    {
        var file = await FileAsync("""
            {"uri":"https://a.example/","text":"x"}
            {"uri":"https://a.example/","text":"x","user":"acct:noor@a.example"}
            {"uri":"https://a.example/","user":"acct:noor@a.example"}
            """);
        Assert.Equal(CommandLine.Failed, await RunAsync("import", file, "--dry-run"));
        Assert.Contains("1 annotations can be imported, 2 records are refused", _out.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            ["record 1: user: required", "record 3: body: required"],
            _error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    public void Dispose()
    {
        _files.ForEach(File.Delete);
        _out.Dispose();
        _error.Dispose();
    }

    private async Task<string> FileAsync(string content)
    {
        var path = Path.Combine(Path.GetTempPath(), $"annotator-{Guid.CreateVersion7():N}.txt");
        _files.Add(path);
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        return path;
    }
}

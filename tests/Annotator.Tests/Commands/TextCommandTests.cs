using System.Text.Json;
using Annotator.Domain.Sources.Texts;
using Annotator.Tests.Domain.Sources.Texts;
using Annotator.Web.Commands;

namespace Annotator.Tests.Commands;

/// <summary><c>text read</c>, which needs no store.</summary>
public sealed class TextCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("annotator-text-").FullName;
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("tea.md", "# 茶山\n\n一行诗。", "text/markdown", "茶山", "一行诗。")]
    [InlineData("tea.txt", "Tea hills\n\nOne line.", "text/plain", "Tea hills", "One line.")]
    [InlineData(
        "tea.html",
        "<html lang=ar><title>شاي</title><article><h1>شاي</h1><p>سطر واحد من نص طويل.</p></article>",
        "text/html",
        "شاي",
        "سطر واحد من نص طويل.")]
    public async Task A_document_is_one_object_of_json(string name, string content, string format, string title, string words)
    {
        Assert.Equal(CommandLine.Ok, await ReadAsync(name, content, "--json"));
        using var answer = JsonDocument.Parse(_out.ToString());
        var text = answer.RootElement;
        Assert.Equal((format, title), (text.GetProperty("format").GetString(), text.GetProperty("title").GetString()));
        Assert.Contains(words, text.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains(words, text.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Array, text.GetProperty("outline").ValueKind);
        Assert.Equal(JsonValueKind.Array, text.GetProperty("leftOut").ValueKind);
    }

    [Fact]
    public async Task Without_json_the_words_alone_are_printed()
    {
        Assert.Equal(CommandLine.Ok, await ReadAsync("tea.md", "# 茶山\n\n一行*诗*。"));
        Assert.Equal("茶山\n一行诗。", _out.ToString().Trim());
    }

    [Fact]
    public async Task A_document_that_cannot_be_read_is_an_object_with_the_field_and_the_reason()
    {
        Assert.Equal(ReadingRefusal.ExitCode, await ReadAsync("tea.pdf", "%PDF-1.7 and nothing else", "--json"));
        using var answer = JsonDocument.Parse(_out.ToString());
        Assert.Equal("file", answer.RootElement.GetProperty("field").GetString());
        Assert.NotEmpty(answer.RootElement.GetProperty("reason").GetString()!);
        Assert.Equal(CommandLine.Failed, await ReadAsync("tea.pdf", "%PDF-1.7 and nothing else"));
        Assert.NotEmpty(_error.ToString());
    }

    [Fact]
    public async Task A_bomb_is_stopped_at_the_limits_of_the_server_without_naming_any()
    {
        var bomb = Path.Combine(_folder, "bomb.pdf");
        await File.WriteAllBytesAsync(bomb, Bombs.All.Single(b => b.Name is "pages.pdf").Content, Ct);
        Assert.Equal(ReadingRefusal.ExitCode, await RunAsync("text", "read", bomb, "--json"));
        Assert.Contains("\"field\":\"file\"", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        Assert.Equal(CommandLine.Failed, await RunAsync("text", "read", Path.Combine(_folder, "nothing.pdf"), "--json"));
        Assert.Contains("nothing.pdf", _error.ToString(), StringComparison.Ordinal);
    }

    private async Task<int> ReadAsync(string name, string content, params string[] options)
    {
        var file = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(file, content, Ct);
        return await RunAsync(["text", "read", file, .. options]);
    }

    private Task<int> RunAsync(params string[] args) =>
        CommandLine.RunAsync(
            args,
            _ => throw new InvalidOperationException("A command does not serve."),
            (_, _) => throw new InvalidOperationException("No store is needed."),
            new Terminal(TextReader.Null, _out, _error, IsInteractive: false));
}

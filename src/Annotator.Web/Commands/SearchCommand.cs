using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Annotator.Domain.Access;
using Annotator.Domain.Kernel;
using Annotator.Domain.Search;

namespace Annotator.Web.Commands;

/// <summary><c>search QUERY</c>: finds what everybody shared, newest first.</summary>
internal static class SearchCommand
{
    private const int HitsAtATime = 100;

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerOptions.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Argument<string> Query = new("query")
    {
        Description = "Words, \"phrases\", word*, -word, OR, (…), tag:, lang:, source-lang:, user:, group:, "
            + "source:, after:, before:, has:replies, field:",
    };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object a line" };
    private static readonly Option<int> Limit = new("--limit")
    {
        Description = "How many, or all",
        HelpName = "N|all",
        DefaultValueFactory = _ => AnnotationSearch.PageSize,
        CustomParser = ReadLimit,
    };

    public static Command Define(CommandContext context)
    {
        var command = new Command("search", "Search the annotations") { Query, Json, Limit };
        command.SetAction((parsed, ct) => RunAsync(parsed, context, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CommandContext context, CancellationToken ct)
    {
        await using var store = await context.OpenAsync(ct);
        var search = store.Services.GetRequiredService<AnnotationSearch>();
        var asJson = parsed.GetValue(Json);
        var typed = parsed.GetValue(Query) ?? "";
        if (typed.Length > Limits.SearchQuery)
            throw new Invalid("query", "too_long", Limits.SearchQuery);
        var query = SearchQuery.Parse(typed);
        foreach (var unread in query.Unread)
            await context.Terminal.Error.WriteLineAsync($"{unread.Code.Replace('_', ' ')}: {unread.Text}");
        var isEmpty = true;
        await foreach (var some in search.AllAsync(Viewer.Operator, query, ct)
            .Take(parsed.GetValue(Limit))
            .Chunk(HitsAtATime)
            .WithCancellation(ct))
        {
            isEmpty = false;
            foreach (var hit in some.Select(Found.Of))
                await context.Terminal.Out.WriteLineAsync(asJson ? JsonSerializer.Serialize(hit, Readable) : hit.ToString());
        }

        if (isEmpty)
            await AdviseAsync(context.Terminal, await search.FindAsync(Viewer.Operator, query, new SearchOptions(), ct));
        return CommandLine.Ok;
    }

    /// <summary>For a person who finds nothing: what may have been meant, and what is called so.</summary>
    private static async Task AdviseAsync(Terminal terminal, SearchResults results)
    {
        if (results.Suggestion is { } suggestion)
            await terminal.Error.WriteLineAsync($"nothing found; did you mean: {suggestion}");
        foreach (var source in results.Named.Sources)
            await terminal.Error.WriteLineAsync($"a source of that name: {source.Title} (source:{source.PublicId})");
    }

    private static int ReadLimit(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (string.Equals(text, "all", StringComparison.OrdinalIgnoreCase))
            return int.MaxValue;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit))
            return limit;
        argument.AddError("--limit is a number or all.");
        return 0;
    }

    /// <summary>One line of the answer.</summary>
    private sealed record Found(
        string Id, string? Uri, string Source, string? Quote, string Text, string Lang, IReadOnlyList<string> Tags, string User,
        DateTimeOffset Created)
    {
        public static Found Of(SearchHit hit) =>
            new(
                hit.Annotation.PublicId,
                hit.Annotation.Uri,
                hit.Source.Title,
                hit.Passage?.Exact,
                hit.Annotation.Body,
                hit.Annotation.Language,
                hit.Annotation.Tags,
                hit.Annotation.Author.Userid.ToString(),
                hit.Annotation.Created);

        public override string ToString() =>
            string.Join('\t', Created.ToString("u", CultureInfo.InvariantCulture), User, Lang, Line(Text), Line(Quote), Uri ?? Source);

        private static string Line(string? text) => (text ?? "").ReplaceLineEndings(" ").Replace('\t', ' ');
    }
}

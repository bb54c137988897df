using Annotator.Domain.Kernel;
using Npgsql;

namespace Annotator.Benchmarks;

/// <summary>A page to measure.</summary>
/// <param name="Cookie">Whose page it is; null for a visitor's.</param>
/// <param name="Target">Milliseconds that the median shall not pass.</param>
internal sealed record ProgramPage(string Name, string Path, string? Cookie = null, int? Target = null);

/// <summary>The pages, with words, tags and languages that the store has.</summary>
internal static class ProgramPages
{
    private const int Library = 50;
    private const int Source = 120;

    private const string Readable = "a.deleted is null and a.shared and a.group_id = '__world__'";
    private const string Words =
        $"select word from ts_stat($$select tokens from annotation_search s join annotation a on a.id = s.annotation_id where {Readable}$$)";

    public static async Task<IReadOnlyList<ProgramPage>> ListAsync(
        Scenery scenery, Browser browser, string connectionString, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        var chinese = await AskAsync($"{Words} where word ~ '^[一-龥]{{2}}$' order by ndoc desc limit 1");
        var english = await AskAsync($"{Words} where word ~ '^[a-z]{{3,}}$' order by ndoc desc limit 1");
        var rare = await AskAsync($"{Words} where word ~ '^[a-z]{{5,}}$' and ndoc <= 3 order by ndoc desc, word limit 1");
        var language = await AskAsync(
            "select language from source where language <> 'und' group by language order by count(*) desc limit 1");
        var spoken = await AskAsync(
            $"select language from annotation a where {Readable} and language <> 'und' group by language order by count(*) desc limit 1");
        var tag = await AskAsync(
            $"select tag from annotation a, unnest(tags) tag where {Readable} group by tag order by count(*) desc limit 1");
        var rareTag = await AskAsync(
            $"select tag from annotation a, unnest(tags) tag where {Readable} group by tag order by count(*), tag limit 1");
        var busiest = await AskAsync("select source_id::text from annotation group by source_id order by count(*) desc limit 1");
        var third = await browser.NextAsync(await browser.NextAsync("/", ct), ct);
        return
        [
            new("Library", "/", null, Library),
            new("Library by date added", "/?sort=added", null, Library),
            new("Library by title", "/?sort=title", null, Library),
            new($"Library in one language ({language})", $"/?lang={language}", null, Library),
            new($"Library with a tag ({tag})", $"/?tag={Uri.EscapeDataString(tag)}", null, Library),
            new($"Library with a rare tag ({rareTag})", $"/?tag={Uri.EscapeDataString(rareTag)}", null, Library),
            new("Library, third page", third, null, Library),
            new("Library of a reader with private notes", "/", scenery.Cookie, Library),
            new("Source with 200 comments", $"/sources/{scenery.Source}", null, Source),
            new("Source with 200 comments, signed in", $"/sources/{scenery.Source}", scenery.Cookie, Source),
            new("Text with 200 comments", $"/sources/{scenery.Text}", null, Source),
            new("Text with 200 comments, signed in", $"/sources/{scenery.Text}", scenery.Cookie, Source),
            new("Source with most comments of all", $"/sources/{PublicId.Of(Guid.Parse(busiest))}"),
            new("Permalink", $"/a/{scenery.Comment}"),
            new($"Search: two characters ({chinese})", Search(chinese)),
            new($"Search: frequent word ({english})", Search(english)),
            new($"Search: rare word ({rare})", Search(rare)),
            new($"Search: lang:{spoken}", Search($"lang:{spoken}")),
            new($"Search: tag:{tag}", Search($"tag:{tag}")),
        ];

        async Task<string> AskAsync(string question)
        {
#pragma warning disable CA2100 // Made of constants.
            await using var command = new NpgsqlCommand(question, connection);
#pragma warning restore CA2100
            return (string?)await command.ExecuteScalarAsync(ct) ?? "none";
        }
    }

    private static string Search(string query) => $"/search?q={Uri.EscapeDataString(query)}";
}

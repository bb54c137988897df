using Annotator.Domain.Kernel;
using Npgsql;

namespace Annotator.Benchmarks.Load;

/// <summary>A comment that everybody may read, with what it is about.</summary>
/// <param name="Passage">Public id, as the others.</param>
internal sealed record LoadPlace(string Source, string Passage, string Comment, string Body, string Language, IReadOnlyList<string> Tags)
{
    private const int Count = 2_000;
    private const int LongestFrequent = 3;

    /// <summary>Comments drawn at random, so sources come as often as there are comments about them; the same in each run.</summary>
    public static async Task<IReadOnlyList<LoadPlace>> DrawAsync(string connectionString, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(
            """
            select source_id, passage_id, id, body, language, tags from annotation
            where deleted is null and shared and group_id = '__world__' and root_id is null and passage_id is not null and body <> ''
              and id in (select id from annotation tablesample bernoulli (least(100, 100.0 * $1 * 4 /
                greatest(1, (select reltuples from pg_class where oid = 'annotation'::regclass)))) repeatable (7))
            order by md5(id::text) limit $1
            """,
            connection) { CommandTimeout = 0, Parameters = { new() { Value = Count } } };
        await using var rows = await command.ExecuteReaderAsync(ct);
        var places = new List<LoadPlace>();
        while (await rows.ReadAsync(ct))
        {
            places.Add(new LoadPlace(
                PublicId.Of(rows.GetGuid(0)),
                PublicId.Of(rows.GetGuid(1)),
                PublicId.Of(rows.GetGuid(2)),
                rows.GetString(3),
                rows.GetString(4),
                rows.GetFieldValue<string[]>(5)));
        }

        return places.Count > 0 ? places : throw new InvalidOperationException("The store has nothing that everybody may read.");
    }

    /// <summary>What a reader asks for next: a third of it are searches.</summary>
    /// <param name="turn">Of all readers together.</param>
    public string PathAt(int turn, Random random) => turn % 3 == 0 ? Search(random) : random.Next(100) switch
    {
        < 20 => "/",
        < 26 => "/?sort=added",
        < 32 => $"/?lang={Language}",
        < 38 when Tags.Count > 0 => $"/?tag={Uri.EscapeDataString(Tags[0])}",
        < 80 => $"/sources/{Source}?in={Comment}",
        _ => $"/a/{Comment}",
    };

    // One or two words of the comment; neighbouring characters where there are no spaces; now and then with a filter. Mostly words of
    // some length, as people search: the shortest, which every second comment has, are one search in ten.
    private string Search(Random random)
    {
        var words = Body.Split([' ', '.'], StringSplitOptions.RemoveEmptyEntries);
        string[] telling = [.. words.Where(w => w.Length > LongestFrequent)];
        words = telling.Length > 0 && random.Next(10) > 0 ? telling : words;
        var at = random.Next(words.Length);
        var hasSpaces = Body.Contains(' ', StringComparison.Ordinal) || words[0].Length < 4;
        var word = hasSpaces ? words[at] : words[0].Substring(random.Next(words[0].Length - 1), 2);
        var query = random.Next(10) switch
        {
            < 5 => word,
            < 8 when words.Length > 1 => $"{word} {words[(at + 1) % words.Length]}",
            < 9 when Tags.Count > 0 => $"{word} tag:{Tags[0]}",
            _ => $"{word} lang:{Language}",
        };
        return $"/search?q={Uri.EscapeDataString(query)}";
    }
}

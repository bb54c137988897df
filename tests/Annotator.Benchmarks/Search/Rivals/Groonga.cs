using System.Globalization;
using System.Text.Json;
using System.Text.Encodings.Web;

namespace Annotator.Benchmarks.Search.Rivals;

/// <summary>
/// Groonga, a full-text engine by bigrams in C, with a database of its own in a temporary folder. The times are those it states
/// itself.
/// </summary>
internal sealed class Groonga : IRival
{
    // A cache would answer what was asked before. A full-text index takes no vectors, so the tags are a text too.
    private static readonly string[] Schema =
    [
        "cache_limit 0",
        "table_create Labels TABLE_HASH_KEY ShortText",
        "table_create Annotations TABLE_NO_KEY",
        "column_create Annotations created COLUMN_SCALAR Time",
        "column_create Annotations tags COLUMN_SCALAR Text",
        "column_create Annotations text COLUMN_SCALAR Text",
        "column_create Annotations quote COLUMN_SCALAR Text",
        "column_create Annotations labels COLUMN_VECTOR Labels",
        "table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerNFKC130",
    ];

    // One go is faster than word by word.
    private static readonly string[] Indexes =
    [
        "column_create Labels annotations COLUMN_INDEX Annotations labels",
        "column_create Terms annotations COLUMN_INDEX|WITH_POSITION|WITH_SECTION Annotations tags,text,quote",
    ];

    private static readonly JsonSerializerOptions AsIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Child _child;
    private readonly string _folder;

    private Groonga(Child child, string folder) => (_child, _folder) = (child, folder);

    public string Name => "groonga";

    public double Allowed => 1;

    /// <returns>Null where there is no groonga.</returns>
    public static async Task<Groonga?> LoadAsync(CorpusFile corpus, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("annotator-groonga-").FullName;
        if (Child.Start("groonga", ["-n", Path.Combine(folder, "db")], []) is not { } child)
        {
            Directory.Delete(folder);
            await Out.LineAsync($"groonga is left out: it is not on the PATH. Debian: apt-get install groonga-bin");
            return null;
        }

        var groonga = new Groonga(child, folder);
        foreach (var command in Schema)
            await groonga.AskAsync(command, ct);
        await child.Input.WriteLineAsync("load --table Annotations\n[");
        foreach (var record in corpus.ReadAll())
            await child.Input.WriteLineAsync(JsonSerializer.Serialize(Row(record), AsIs) + ",");
        await groonga.AskAsync("]", ct);
        foreach (var command in Indexes)
            await groonga.AskAsync(command, ct);
        return groonga;
    }

    public async Task<Run?> AskAsync(SearchCase query, CancellationToken ct)
    {
        if (query.Query.Condition is not { } condition || GroongaQuery.Of(condition) is not { } words)
            return null;
        var answer = await AskAsync(
            $"select Annotations --match_columns Terms.annotations --query {GroongaQuery.Quoted(words)} --sort_keys -created,-_id --limit 20 --output_columns _id", ct);
        return new Run(answer[0][2].GetDouble() * 1000, answer[1][0][0][0].GetInt32());
    }

    public async ValueTask DisposeAsync()
    {
        await _child.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static object Row(CorpusRecord record) => new
    {
        created = record.Created.ToUnixTimeMilliseconds() / 1000.0,
        tags = string.Join('\n', record.Tags),
        text = record.Text,
        quote = record.Quote,
        labels = Labels.Of(record),
    };

    // [[return code, start, seconds], result]
    private async Task<JsonElement> AskAsync(string command, CancellationToken ct)
    {
        using var answer = JsonDocument.Parse(await _child.AskAsync(command, ct));
        return answer.RootElement[0][0].GetInt32() == 0
            ? answer.RootElement.Clone()
            : throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"groonga refuses {command}: {answer.RootElement[0]}"));
    }
}

using Annotator.Domain.Analysis;
using Annotator.Tests.Support;
using CsCheck;
using Npgsql;
using Xunit;

namespace Annotator.Tests.Domain.Analysis;

/// <summary>What PostgreSQL finds is what is marked in the text, whatever both are: thousands of pairs, asked in one statement.</summary>
public sealed class MarkedAsFoundTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private const int Pairs = 4_000;

    // Words whose forms and stems meet, within a language and across several; the signs and breaks between them.
    private static readonly string[] Words =
    [
        "run", "runs", "running", "RUNNING", "runner", "rung", "go", "going", "goes", "café", "cafes", "CAFE\u0301", "configurar",
        "configuración", "configuracion",
        "configuraciones", "Einstellung", "einstellungen", "Größe", "Groesse", "grosser", "grosse", "oda", "odalarda", "odası", "ISI",
        "ışı", "kniha", "knihách", "knihach",
        "файл", "файлов", "файлы", "ФАЙЛ", "ёлка", "елками", "βιβλία", "βιβλίο", "λόγος", "λόγοι", "पाठ", "पाठों", "գիրք", "գրքերը", "C++",
        "c", "5", "x1", "ﬁles", "file", "ｆｉｌｅ",
        "time", "times", "horizon", "文件", "文件系统", "系统", "資料", "ファイル", "글자", "ไฟล์", "a\u00adbles", "abl", "able",
        "run-\nning", "ho-rizon", "Ein-\r\nstellung", "kni\u00ad\nhách", "фай\u2010 лы", "conf- iguraciones",
    ];

    private static readonly string[] Breaks = [" ", " ", " ", "-", "-\n", "\u00ad\n", "\u2010 ", ", ", "’", "", "\r\n"];

    private static readonly string[] Languages =
    [
        "und", "en", "en-GB", "de", "es", "tr", "cs", "ru", "bg", "el", "hi", "hy", "zh-Hans", "ja", "nb",
    ];

    private static readonly Gen<string> Phrases = Gen
        .Select(AnyOf(Words), AnyOf(Breaks)).Array[1, 4]
        .Select(parts => string.Concat(parts.Select(part => part.Item1 + part.Item2)));

    private static readonly Gen<(string Text, string Language, QueryTerm Term, string Asked)> Cases = Gen.Select(
        Phrases.Array[1, 3].Select(phrases => string.Join(' ', phrases)),
        AnyOf(Languages),
        Gen.OneOf(AnyOf(Words), AnyOf(Words), Phrases),
        Gen.Int[0, 3],
        (text, language, asked, kind) => (text, language, Analyzer.Query(asked, prefix: kind == 0, stems: kind > 1), asked));

    [Fact]
    public async Task What_is_found_is_marked_and_what_is_marked_is_found()
    {
        var cases = Cases.Array[Pairs].Single();
        var found = await FoundAsync(cases);
        Assert.InRange(found.Count(f => f), Pairs / 20, Pairs - Pairs / 20);
        for (var i = 0; i < Pairs; i++)
        {
            var (text, language, term, asked) = cases[i];
            var isMarked = Analyzer.Find(text, term, language).Count > 0;
            Assert.True(
                found[i] == isMarked,
                $"'{asked}' as {term.Lexical} is {(isMarked ? "marked, not found" : "found, not marked")} in '{text}' ({language})");
        }
    }

    private async Task<List<bool>> FoundAsync((string Text, string Language, QueryTerm Term, string Asked)[] cases)
    {
        var indexed = cases.Select(c => Analyzer.Index([new IndexedField(c.Text, c.Language)])).ToList();
        await using var connection = new NpgsqlConnection(shared.Store.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        const string sql = """
            SELECT tokens::tsvector @@ lexical::tsquery AND (pattern IS NULL OR words LIKE pattern)
            FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS pair (tokens, words, lexical, pattern, place) ORDER BY place
            """;
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters =
            {
                new() { Value = indexed.Select(text => string.Join(' ', text.Lexemes.Select(QueryTerm.Quoted))).ToArray() },
                new() { Value = indexed.Select(text => text.Words).ToArray() },
                new() { Value = cases.Select(c => c.Term.Lexical).ToArray() },
                new() { Value = cases.Select(c => c.Term.Pattern).ToArray() },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var found = new List<bool>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            found.Add(reader.GetBoolean(0));
        }

        return found;
    }

    private static Gen<string> AnyOf(string[] pieces) => Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]);
}

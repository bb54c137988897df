using System.Text;
using Annotator.Domain.Exchange;
using Xunit;

namespace Annotator.Tests.Domain.Exchange;

public sealed class JsonLayoutTests
{
    private static string Row(string text) =>
        $$$"""{"uri":"https://a.example/","text":"{{{text}}}","target":[{"selector":[]}],"x":{"rows":[1]}}""";

    public static TheoryData<string> Layouts =>
    [
        $$"""{"total":3,"rows":[{{Row("a")}},{{Row("b")}},{{Row("c")}}]}""",
        $$"""{"rows":[{{Row("a")}},{{Row("b")}}],"replies":[{{Row("c")}}],"total":2}""",
        $$"""{"export_date":"2026-01-01","export_userid":"acct:a@b","client_version":"1.2","annotations":[{{Row("a")}},{{Row("b")}},{{Row("c")}}]}""",
        $"[{Row("a")},\n\n {Row("b")},{Row("c")}]",
        $"{Row("a")}\n{Row("b")}\r\n\n{Row("c")}",
        Row("a").Replace(",", ",\n", StringComparison.Ordinal)
            + Row("b")
            + "\n"
            + Row("c").Replace("\":", "\": \n", StringComparison.Ordinal),
        "\uFEFF" + $"{Row("a")}\n{Row("b")}\n{Row("c")}\n",
    ];

    [Theory, MemberData(nameof(Layouts))]
    public async Task Every_layout_gives_the_same_annotations(string file)
    {
        var records = await Reading.RecordsAsync(file);
        Assert.Equal(["a", "b", "c"], records.Select(r => r.Draft?.Body ?? r.Refusal));
    }

    [Theory, MemberData(nameof(Layouts))]
    public async Task It_does_not_matter_where_the_reads_are_cut(string file)
    {
        var bytes = Encoding.UTF8.GetBytes(file);
        foreach (var step in (int[])[1, 2, 7, 64])
        {
            var records = await Reading.RecordsAsync(new TricklingStream(bytes, step));
            Assert.Equal(["a", "b", "c"], records.Select(r => r.Draft?.Body ?? r.Refusal));
        }
    }

    [Theory, MemberData(nameof(Layouts))]
    public async Task Files_in_UTF_16_are_understood_by_their_mark(string file)
    {
        foreach (var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            var records = await Reading.RecordsAsync([.. encoding.GetPreamble(), .. encoding.GetBytes(file.TrimStart('\uFEFF'))]);
            Assert.Equal(["a", "b", "c"], records.Select(r => r.Draft?.Body ?? r.Refusal));
        }
    }

    [Fact]
    public async Task A_broken_line_is_refused_and_the_rest_is_read()
    {
        var file = $$"""
            {{Row("a")}}
            {"uri":"https://a.example/","text":"b
            {{Row("c")}}
            [1,2]
            {{Row("\\u0041\\ud83d")}}
            {{Row("d")}}
            """;
        var records = await Reading.RecordsAsync(file);
        Assert.Equal("1 2! 3 4! 5! 6", records.Outline());
        Assert.Equal(
            ["broken JSON at byte 38", "not a JSON object", "broken UTF-8 or half a surrogate pair"],
            records.Select(r => r.Refusal).OfType<string>());
    }

    [Fact]
    public async Task Broken_UTF_8_spoils_one_record_only()
    {
        byte[] Broken(string row) => [.. Encoding.UTF8.GetBytes(row).Select(b => b == (byte)'~' ? (byte)0xC3 : b)];
        var lines = await Reading.RecordsAsync(Broken($"{Row("a")}\n{Row("~")}\n{Row("c")}"));
        Assert.Equal("1 2! 3", lines.Outline());
        var document = await Reading.RecordsAsync(Broken($"[{Row("a")},{Row("~")},{Row("c")}]"));
        Assert.Equal("1 2! 3", document.Outline());
    }

    [Fact]
    public async Task A_document_that_breaks_off_gives_what_is_before_the_break_and_its_place()
    {
        var file = $"{{\"total\":3,\n\"rows\":[{Row("a")},\n{Row("b")},\n{{\"uri\":\"https://a.ex";
        var records = await Reading.RecordsAsync(file);
        Assert.Equal("1 2 3!", records.Outline());
        Assert.StartsWith("the JSON breaks off at line 4, byte ", records[2].Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_inside_a_document_ends_it_there()
    {
        var records = await Reading.RecordsAsync($"[{Row("a")},\n{{\"text\":oops}},{Row("c")}]");
        Assert.Equal("1 2!", records.Outline());
        Assert.Equal("the JSON breaks off at line 2, byte 9; nothing after this place was read", records[1].Refusal);
    }

    [Fact]
    public async Task Elements_that_are_no_objects_are_refused_one_by_one()
    {
        var records = await Reading.RecordsAsync($$"""{"rows":[{{Row("a")}},null,[{"text":"no"}],"text",{{Row("b")}}]}""");
        Assert.Equal("1 2! 3! 4! 5", records.Outline());
    }

    [Fact]
    public async Task A_document_without_a_list_says_so()
    {
        var records = await Reading.RecordsAsync("{\n\"rows\":[]}");
        Assert.Empty(records);
        records = await Reading.RecordsAsync("[]");
        Assert.Empty(records);
        var options = Reading.Believing with { Format = ImportFormat.Hypothesis };
        Assert.Equal("1!", (await Reading.RecordsAsync("nothing of the kind", options)).Outline());
    }

    [Fact]
    public async Task A_line_without_end_is_refused_without_being_held()
    {
        await using var input = new MemoryStream();
        await input.WriteAsync(Encoding.UTF8.GetBytes(Row("a") + "\n{\"text\":\""), TestContext.Current.CancellationToken);
        var chunk = new byte[1024 * 1024];
        Array.Fill(chunk, (byte)'x');
        for (var i = 0; i < 20; i++)
            await input.WriteAsync(chunk, TestContext.Current.CancellationToken);
        await input.WriteAsync(Encoding.UTF8.GetBytes("\"}\n" + Row("c")), TestContext.Current.CancellationToken);
        input.Position = 0;
        var records = await Reading.RecordsAsync(input);
        Assert.Equal("1 2! 3", records.Outline());
        Assert.Equal("a line of more than 16 MiB", records[1].Refusal);
    }

    [Theory]
    [InlineData("""{"id":"a","quote":"q","lang_text":"de"}""", ImportFormat.Corpus)]
    [InlineData("""{"id":"a","uri":"u","text":"t"}""", ImportFormat.Hypothesis)]
    [InlineData("""[ {"quote":"q"}]""", ImportFormat.Hypothesis)]
    [InlineData("[1] The tide comes twice.\nYes.", ImportFormat.Plain)]
    [InlineData("{sic} said the printer\nHe did.", ImportFormat.Plain)]
    [InlineData("> The tide\nYes.", ImportFormat.Plain)]
    [InlineData("", ImportFormat.Plain)]
    public async Task The_format_is_told_from_the_beginning(string content, ImportFormat format)
    {
        await using var file = await AnnotationFile.OpenAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(content)), Reading.Believing, Reading.Now, TestContext.Current.CancellationToken);
        Assert.Equal(format, file.Format);
    }

    [Fact]
    public async Task A_corpus_record_has_its_languages_and_a_quote()
    {
        var draft = await Reading.OneAsync("""
            {"id":"AZxz0mMAfRa5u1sE2VqKXw","uri":"https://docs.example/a","title":"Über Gezeiten","lang_source":"de","quote":"Ebbe und Flut","prefix":"die ","suffix":" folgen","text":"潮の満ち引き","lang_text":"ja","tags":["t"],"user":"ken","created":"2021-01-01T14:44:32.321879Z","group":"g1","references":[]}
            """);
        Assert.Equal(("Ebbe und Flut", "die ", " folgen"), (draft.Quote!.Exact, draft.Quote.Prefix, draft.Quote.Suffix));
        Assert.Equal(("Über Gezeiten", "de", "ja", "g1"), (draft.Source!.Title, draft.Source.Language, draft.Language, draft.GroupId));
        Assert.Equal("acct:ken@library.example", draft.Provenance!.Author.ToString());
    }
}

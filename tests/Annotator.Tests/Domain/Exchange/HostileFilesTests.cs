using System.Text;
using Annotator.Domain.Exchange;
using CsCheck;
using Xunit;

namespace Annotator.Tests.Domain.Exchange;

/// <summary>Whatever the bytes are: reading never throws, and every record is either read or refused with its number.</summary>
public sealed class HostileFilesTests
{
    private const string Row = """
        {"id":"AZxz0mMAfRa5u1sE2VqKXw","created":"2026-02-19T07:01:02+00:00","user":"acct:noor@elsewhere.example","uri":"https://texts.example/tides","text":"Zwei 二 \u4e8c \"mal\"","tags":["sea","月"],"group":"__world__","permissions":{"read":["group:__world__"]},"target":[{"selector":[{"type":"TextPositionSelector","start":12,"end":21},{"type":"TextQuoteSelector","exact":"the tides","prefix":"What moves "}]}],"document":{"title":["On tides"]},"more":[{"a":null}]}
        """;

    private static readonly Gen<byte[]> Files = Gen.OneOf<string>(
        $$"""{"total":2,"rows":[{{Row}},{{Row}}],"replies":[{{Row}}]}""",
        $"[{Row},{Row},{Row}]",
        $"{Row}\n{Row}\r\n{Row}\n",
        "The tide\nComes.\n\nThe moon\nDraws.\n",
        "> The tide\n\nComes.\n> The moon\nDraws.\n").Select(Encoding.UTF8.GetBytes);

    private static readonly Gen<ImportFormat> Formats = Gen.Enum<ImportFormat>();

    [Fact]
    public async Task Random_bytes() =>
        await Gen.Select(Gen.Byte.Array[0, 300], Formats).SampleAsync((bytes, format) => EveryRecordHasAnEnd(bytes, format), iter: 2_000);

    [Fact]
    public async Task Text_of_brackets_and_quotes() =>
        await Gen.Select(Gen.Char["{}[]\",:\\ud8\n >a1\0"].Array[0, 60], Formats)
            .SampleAsync((text, format) => EveryRecordHasAnEnd(Encoding.UTF8.GetBytes(text), format), iter: 5_000);

    [Fact]
    public async Task Truncated_files() =>
        await Gen.Select(Files, Gen.Double.Unit)
            .SampleAsync((file, part) => EveryRecordHasAnEnd(file[..(int)(file.Length * part)], ImportFormat.Auto), iter: 2_000);

    [Fact]
    public async Task Files_with_changed_bytes() =>
        await Gen.Select(Files, Gen.Select(Gen.Double.Unit, Gen.Byte).Array[1, 5], Formats).SampleAsync((file, changes, format) =>
        {
            byte[] changed = [.. file];
            foreach (var (place, value) in changes)
                changed[(int)(place * changed.Length)] = value;
            return EveryRecordHasAnEnd(changed, format);
        }, iter: 5_000);

    [Fact]
    public async Task A_truncated_list_loses_nothing_before_the_cut() =>
        await Gen.Double.Unit.SampleAsync(async part =>
        {
            var file = $"[{Row},{Row},{Row}]";
            var cut = file[..(int)(file.Length * part)];
            var whole = cut.Split("{\"id\"").Skip(1).Count(row => row.Contains("\"more\":[{\"a\":null}]}", StringComparison.Ordinal));
            var records = await Reading.RecordsAsync(cut, Reading.Believing with { Format = ImportFormat.Hypothesis });
            return records.Count(r => r.Draft is not null) == whole;
        }, iter: 1_000);

    // Forced formats read what they are not made for; small steps put the cuts between reads everywhere.
    private static async Task<bool> EveryRecordHasAnEnd(byte[] file, ImportFormat format)
    {
        var options = Reading.Believing with { Format = format };
        var records = await Reading.RecordsAsync(file, options);
        var trickled = await Reading.RecordsAsync(new TricklingStream(file, 3), options);
        return records.All(r => r.Number > 0 && r.Draft is null != r.Refusal is null)
            && records.Select(r => r.Number).SequenceEqual(records.Select(r => r.Number).Order())
            && string.Equals(records.Outline(), trickled.Outline(), StringComparison.Ordinal);
    }
}

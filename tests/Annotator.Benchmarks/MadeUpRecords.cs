using System.Buffers.Binary;
using System.Text.Json;
using Annotator.Domain.Access;
using Annotator.Domain.Kernel;

namespace Annotator.Benchmarks;

/// <summary>
/// Records of a test corpus: few sources, people, tags and words occur often and many seldom (Zipf), in languages of several
/// scripts. The same on every machine.
/// </summary>
/// <param name="records">How many.</param>
/// <param name="crowded">
/// Sources that have about the same number of records, the most of all; then each has fewer than the one before. With 0 a single
/// source has one record of sixteen.
/// </param>
internal sealed class MadeUpRecords(int records = MadeUpRecords.Standard, int crowded = 0)
{
    public const int Standard = 100_000;
    private const int Tags = 350;
    private const int Groups = 100;
    private static readonly DateTimeOffset Beginning = new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(20_210_101);
    private readonly MadeUpWords[] _languages =
    [
        new("en", "a e i o u ea", "b d f l m n p r s t th w"),
        new("zh", '\u4e00', 2_500),
        new("de", "a e i o u ei", "b d f g k l m n r s sch t"),
        new("ja", '\u3042', 70),
        new("ru", "а е и о у я", "б в г д к л м н р с т"),
        new("ar", "ا و ي", "ب ت ج د ر س ع ف ق ك ل م ن ه"),
    ];

    private readonly List<(string Id, int Source)> _roots = [];

    public async Task WriteAsync(Stream file, CancellationToken ct)
    {
        for (var number = 0; number < records; number++)
        {
            JsonSerializer.Serialize(file, Next(Beginning.AddMinutes(25.0 * Standard / records * number)));
            file.WriteByte((byte)'\n');
        }

        await file.FlushAsync(ct);
    }

    private Record Next(DateTimeOffset created)
    {
        var id = PublicId.Of(IdAt(created));
        var isReply = _roots.Count > 0 && _random.Next(100) < 15;
        var answered = isReply ? _roots[^Rank(Math.Min(_roots.Count, 20_000))] : default;
        var source = isReply ? answered.Source : Source();
        if (!isReply)
            _roots.Add((id, source));
        // The language of a source is its own; who comments on it writes in any.
        var quoted = _languages[source % 7 % _languages.Length];
        var spoken = _languages[Rank(_languages.Length) - 1];
        return new Record(
            id,
            $"https://texts.example/{quoted.Language}/{source}",
            quoted.Sentence(new Random(source), 5),
            quoted.Language,
            isReply || _random.Next(5) == 0 ? "" : quoted.Sentence(new Random(1_000_003 * source + Rank(400)), 14),
            spoken.Sentence(_random, 20),
            _random.Next(20) == 0 ? "" : spoken.Language,
            _random.Next(2) == 0
                ? []
                : [.. Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => $"tag-{Rank(Tags)}").Distinct(StringComparer.Ordinal)],
            $"person{Rank(records / 125)}",
            created,
            _random.Next(5) == 0 ? $"group{Rank(Groups)}" : Viewer.PublicGroup,
            isReply ? [answered.Id] : []
        );
    }

    private int Source()
    {
        var rank = 0;
        while (rank <= crowded)
            rank = Rank(records / 40 * 3 + crowded);
        return rank - crowded;
    }

    /// <summary>A number from 1 to <paramref name="count"/>, each about as often as its inverse.</summary>
    private int Rank(int count) => MadeUpWords.Rank(_random, count);

    // UUID version 7 (RFC 9562 §5.7), with chance from the seed.
    private Guid IdAt(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.ToUnixTimeMilliseconds() << 16);
        _random.NextBytes(bytes[6..]);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

#pragma warning disable IDE1006 // The keys of the format.
    private sealed record Record(
        string id,
        string uri,
        string title,
        string lang_source,
        string quote,
        string text,
        string lang_text,
        string[] tags,
        string user,
        DateTimeOffset created,
        string group,
        string[] references
    );
#pragma warning restore IDE1006
}

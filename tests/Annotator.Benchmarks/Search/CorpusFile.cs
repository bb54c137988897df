using System.Text.Json;

namespace Annotator.Benchmarks.Search;

/// <summary>What the benchmark reads of a record of the corpus.</summary>
internal sealed record CorpusRecord(
    string Id, string Text, string Quote, IReadOnlyList<string> Tags, string LangText, string LangSource, DateTimeOffset Created);

/// <summary>The first records of a file of JSON Lines, read as a stream: it may be larger than memory.</summary>
internal sealed class CorpusFile(FileInfo file, int records)
{
    private const int ChunkSize = 1_000;

    /// <summary>Threads that work on the records.</summary>
    public const int Threads = 2;

    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public FileInfo File => file;

    public int Records => records;

    /// <summary>The bytes of the records, without the first <paramref name="skipped"/> of them.</summary>
    public Stream OpenRead(int skipped = 0)
    {
        var ends = EndsOf(skipped, records);
        return new FileSlice(file, ends.Start, ends.End);
    }

    /// <summary>Gives pieces of the corpus to several threads; each record comes with its number, from 0.</summary>
    public Task ForEachChunkAsync(Action<IEnumerable<(int Number, CorpusRecord Record)>> work, CancellationToken ct) =>
        Parallel.ForEachAsync(
            Lines().Chunk(ChunkSize),
            new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = ct },
            (lines, _) =>
            {
                work(lines.Select(Read));
                return ValueTask.CompletedTask;
            });

    /// <summary>One record after the other.</summary>
    public IEnumerable<CorpusRecord> ReadAll() => Lines().Select(l => Read(l).Record);

    private IEnumerable<(int Index, string Item)> Lines() => System.IO.File.ReadLines(file.FullName).Take(records).Index();

    private static (int Number, CorpusRecord Record) Read((int Index, string Item) line) =>
        (
            line.Index,
            JsonSerializer.Deserialize<CorpusRecord>(line.Item, Names) ?? throw new JsonException($"Line {line.Index + 1} is null."));

    // Offsets behind two lines; the end of the file where it has fewer.
    private (long Start, long End) EndsOf(int first, int second)
    {
        using var stream = file.OpenRead();
        var (start, line, offset) = (0L, 0, 0L);
        var buffer = new byte[1 << 20];
        while (stream.Read(buffer) is > 0 and var count)
        {
            for (var at = 0; buffer.AsSpan(at, count - at).IndexOf((byte)'\n') is >= 0 and var found;)
            {
                at += found + 1;
                line++;
                if (line == first)
                    start = offset + at;
                if (line == second)
                    return (start, offset + at);
            }

            offset += count;
        }

        return (start, offset);
    }
}

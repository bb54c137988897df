using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Annotator.Domain.Kernel;

namespace Annotator.Benchmarks.Search.Truth;

/// <summary>The right answer to a query, as numbers of records in the order of the corpus, from 0.</summary>
/// <param name="Must">Records that must be found.</param>
/// <param name="May">Records that may be found besides.</param>
internal sealed record Answer(IReadOnlyList<int> Must, IReadOnlyList<int> May);

/// <summary>The right answers over a corpus, found by looking at every record.</summary>
/// <param name="Ids">Of each record.</param>
/// <param name="Created">Of each record.</param>
/// <param name="Answers">By the id of the query.</param>
internal sealed record CorpusTruth(Guid[] Ids, DateTimeOffset[] Created, IReadOnlyDictionary<string, Answer> Answers)
{
    /// <summary>Goes up when the same rules would give other answers, so that kept ones are not used.</summary>
    private const int Version = 1;

    /// <summary>Computes the answers, or reads them from the file that the last computation left beside the corpus.</summary>
    public static async Task<CorpusTruth> OfAsync(CorpusFile corpus, QuerySet queries, CancellationToken ct)
    {
        var kept = new FileInfo($"{corpus.File.FullName}.{corpus.Records}.{await HashAsync(corpus, queries, ct)}.truth.json");
        if (kept.Exists)
        {
            await using var read = kept.OpenRead();
            return await JsonSerializer.DeserializeAsync<CorpusTruth>(read, cancellationToken: ct)
                ?? throw new JsonException($"{kept.FullName} is empty.");
        }

        var truth = await ComputeAsync(corpus, queries, ct);
        var unfinished = kept.FullName + ".part";
        await using (var written = File.Create(unfinished))
            await JsonSerializer.SerializeAsync(written, truth, cancellationToken: ct);
        File.Move(unfinished, kept.FullName);
        return truth;
    }

    private static async Task<CorpusTruth> ComputeAsync(CorpusFile corpus, QuerySet queries, CancellationToken ct)
    {
        var folding = new PlainFolding(queries.Simplified);
        var (exact, ranged) = (new Rules(folding, rangeLanguages: false), new Rules(folding, rangeLanguages: true));
        var conditions = queries.All.Select(c => (Must: exact.Of(c.Must), May: ranged.Of(c.May ?? c.Must))).ToList();
        var (must, may) = (conditions.ConvertAll(_ => new List<int>()), conditions.ConvertAll(_ => new List<int>()));
        var (ids, created) = (new Guid[corpus.Records], new DateTimeOffset[corpus.Records]);
        var count = 0;
        var turn = new Lock();
        await corpus.ForEachChunkAsync(
            chunk =>
            {
                var found = new List<(List<int> List, int Number)>();
                var last = 0;
                foreach (var (number, record) in chunk)
                {
                    if (!PublicId.TryParse(record.Id, out ids[number]))
                        throw new JsonException($"{record.Id} is no id of an annotation.");
                    created[number] = record.Created;
                    last = number;
                    var text = new RuleText(record, folding);
                    for (var i = 0; i < conditions.Count; i++)
                    {
                        if (conditions[i].Must(text))
                            found.Add((must[i], number));
                        else if (conditions[i].May(text))
                            found.Add((may[i], number));
                    }
                }

                lock (turn)
                {
                    count = Math.Max(count, last + 1);
                    foreach (var (list, number) in found)
                        list.Add(number);
                }
            }, ct);
        return new CorpusTruth(
            ids[..count],
            created[..count],
            queries.All.Index().ToDictionary(c => c.Item.Id, c => new Answer(must[c.Index], may[c.Index]), StringComparer.Ordinal));
    }

    private static async Task<string> HashAsync(CorpusFile corpus, QuerySet queries, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(await File.ReadAllBytesAsync(queries.File.FullName, ct));
        hash.AppendData(await File.ReadAllBytesAsync(queries.Simplified.FullName, ct));
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Version} {corpus.File.Length}")));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6));
    }
}

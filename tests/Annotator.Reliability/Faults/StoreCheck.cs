using Annotator.Reliability.Load;
using Npgsql;

namespace Annotator.Reliability.Faults;

/// <summary>Compares what writers were told with what is stored.</summary>
internal static class StoreCheck
{
    private const string Rows = """
        select a.id, a.body, a.version, a.deleted is not null, p.exact,
            exists (select from annotation_search e where e.annotation_id = a.id),
            (select count(*) from change c where c.annotation_id = a.id and c.kind = 'Annotation' and c.action = 'Create'),
            (select count(*) from change c where c.annotation_id = a.id and c.kind = 'Annotation' and c.action = 'Update'),
            (select count(*) from change c where c.annotation_id = a.id and c.kind = 'Annotation' and c.action = 'Delete'),
            array(select r.body from revision r where r.annotation_id = a.id order by r.version)
        from annotation a left join passage p on p.id = a.passage_id
        where a.id = any($1)
        """;

    /// <summary>Texts, words of a source and titles that are stored more than once although they were sent as one.</summary>
    private const string Twins = """
        select 'annotation', body from annotation where body like 'What % says, %' group by body having count(*) > 1
        union all
        select 'passage', exact from passage where exact like 'The words that round %' group by source_id, exact having count(*) > 1
        union all
        select 'source', u.uri from source_uri u where u.uri like 'https://round.example/%' group by u.uri having count(*) > 1
        """;

    public static async Task<Verdict> RunAsync(string connectionString, IReadOnlyList<Written> sent)
    {
        var verdict = new Verdict();
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Ct);
        var stored = await ReadAsync(connection, [.. sent.Select(w => w.Id)]);
        foreach (var written in sent)
        {
            if (stored.TryGetValue(written.Id, out var row))
                Compare(written, row, verdict);
            else if (written.Texts.Count > 0)
                verdict.Lost.Add($"{written.Texts[0]} is not stored");
        }

        await using var twins = new NpgsqlCommand(Twins, connection);
        await using var reader = await twins.ExecuteReaderAsync(Ct);
        while (await reader.ReadAsync(Ct))
            verdict.Doubled.Add($"{reader.GetString(0)} {reader.GetString(1)}");
        return verdict;
    }

    private static async Task<IReadOnlyDictionary<Guid, Stored>> ReadAsync(NpgsqlConnection connection, Guid[] ids)
    {
        await using var command = new NpgsqlCommand(Rows, connection) { Parameters = { new() { Value = ids } } };
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new Dictionary<Guid, Stored>();
        while (await reader.ReadAsync(Ct))
        {
            rows.Add(reader.GetGuid(0), new Stored(reader.GetString(1), reader.GetInt32(2), reader.GetBoolean(3))
            {
                Quote = await reader.IsDBNullAsync(4, Ct) ? null : reader.GetString(4),
                IsIndexed = reader.GetBoolean(5),
                Changes = [reader.GetInt64(6), reader.GetInt64(7), reader.GetInt64(8)],
                Revisions = reader.GetFieldValue<string[]>(9),
            });
        }

        return rows;
    }

    private static void Compare(Written written, Stored row, Verdict verdict)
    {
        // A text without an answer may have arrived: then it is the last version.
        List<string> texts = written.Unsure is { } unsure && row.Version > written.Texts.Count ? [.. written.Texts, unsure] : written.Texts;
        if (row.Version < texts.Count || !string.Equals(row.Body, texts[^1], StringComparison.Ordinal))
            verdict.Lost.Add($"version {texts.Count}, {texts[^1]}: stored is version {row.Version}, {row.Body}");
        else if (row.Version > texts.Count)
            verdict.Doubled.Add($"version {texts.Count}, {texts[^1]}: stored is version {row.Version}");
        if (written.IsDeleted is { } isDeleted && isDeleted != row.IsDeleted)
            verdict.Lost.Add($"{row.Body}: deleted is {row.IsDeleted}");
        if (!row.Revisions.SequenceEqual(texts[..^1], StringComparer.Ordinal))
            verdict.Half.Add($"{row.Body}: revisions {string.Join(" | ", row.Revisions)}");
        if (row.IsIndexed == row.IsDeleted)
            verdict.Half.Add($"{row.Body}: search entry {row.IsIndexed}, deleted {row.IsDeleted}");
        if (!string.Equals(written.Quote, row.Quote, StringComparison.Ordinal))
            verdict.Half.Add($"{row.Body}: quotes {row.Quote}");
        long[] changes = [1, row.Version - 1, row.IsDeleted ? 1 : 0];
        if (!row.Changes.SequenceEqual(changes))
        {
            (row.Changes.Zip(changes).Any(c => c.First < c.Second) ? verdict.Half : verdict.Doubled).Add(
                $"{row.Body}: records of creation, edits and deletion {string.Join(", ", row.Changes)}");
        }
    }

    private sealed record Stored(string Body, int Version, bool IsDeleted)
    {
        public string? Quote { get; init; }
        public bool IsIndexed { get; init; }

        /// <summary>Number of change records: created, edited, deleted.</summary>
        public long[] Changes { get; init; } = [];
        public string[] Revisions { get; init; } = [];
    }
}

/// <summary>What is wrong with a store, a line each.</summary>
internal sealed class Verdict
{
    public List<string> Lost { get; } = [];

    public List<string> Doubled { get; } = [];

    /// <summary>Annotations without their search entry, change records, revisions or passage.</summary>
    public List<string> Half { get; } = [];

    public bool IsGood => Lost.Count + Doubled.Count + Half.Count == 0;

    /// <summary>The first lines of each kind.</summary>
    public override string ToString() => string.Join('\n', [
        .. Lost.Take(5).Select(l => $"lost: {l}"), .. Doubled.Take(5).Select(d => $"doubled: {d}"),
        .. Half.Take(5).Select(h => $"half: {h}"),
    ]);
}

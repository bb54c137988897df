using Npgsql;

namespace Annotator.Reliability.Faults;

/// <summary>What a store holds, whoever wrote it.</summary>
internal static class StoreState
{
    // What is there of annotations, sources and passages, without the ids of sources, passages and people, which each run makes anew.
    private const string Content = """
        select line from (
            select concat_ws('|', a.id, a.body, a.language, a.tags, a.created, a.root_id, p.exact, p.language, s.title, s.language,
                u.uris) as line
            from annotation a
            join source s on s.id = a.source_id
            left join passage p on p.id = a.passage_id
            left join lateral (select string_agg(uri, ' ' order by uri) as uris from source_uri where source_id = s.id) u on true
            union all
            select concat_ws('|', e.annotation_id, array(
                select t::text from unnest(e.tokens) t where t.lexeme !~ '^:(of|by):' order by t.lexeme)) from annotation_search e
        ) as lines order by line collate "C"
        """;

    private const string Faults = """
        select 'annotation ' || a.id || ' without a search entry' from annotation a
            where a.deleted is null and not exists (select from annotation_search e where e.annotation_id = a.id)
        union all
        select 'source ' || s.id || ' without a search entry' from source s
            where not exists (select from source_search e where e.source_id = s.id)
        union all
        select 'source ' || s.id || ' without a record of change' from source s
            where not exists (select from change c where c.source_id = s.id)
        union all
        select 'passage ' || p.id || ' that nobody quotes' from passage p
            where not exists (select from annotation a where a.passage_id = p.id)
                and not exists (select from revision r where r.passage_id = p.id)
        """;

    // Tables, columns, indexes and constraints.
    private const string Schema = """
        select line from (
            select concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) as line
            from information_schema.columns where table_schema = 'public'
            union all select indexdef from pg_indexes where schemaname = 'public'
            union all select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
                where connamespace = 'public'::regnamespace
            union all select migration_id from migration
        ) as lines order by line collate "C"
        """;

    /// <summary>All that was written and its search entries, a line each: equal where the same was written.</summary>
    public static Task<List<string>> ContentAsync(string connectionString) => AskAsync(connectionString, Content);

    public static Task<List<string>> SchemaAsync(string connectionString) => AskAsync(connectionString, Schema);

    /// <summary>Half things, a line each.</summary>
    public static Task<List<string>> FaultsAsync(string connectionString) => AskAsync(connectionString, Faults);

    private static async Task<List<string>> AskAsync(string connectionString, string query)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Ct);
#pragma warning disable CA2100 // One of the constants above.
        await using var command = new NpgsqlCommand(query, connection);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var lines = new List<string>();
        while (await reader.ReadAsync(Ct))
            lines.Add(reader.GetString(0));
        return lines;
    }
}

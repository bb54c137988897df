select unnest(histogram_bounds::text::timestamptz[]) as "Value" from pg_stats
where schemaname = current_schema() and tablename = 'annotation_search' and attname = 'created';

SELECT s."Value"
FROM (
    select reltuples as "Value" from pg_class where oid = 'annotation_search'::regclass
) AS s
LIMIT 2;

select lexeme as "Lexeme", share::float8 as "Share" from pg_stats,
    unnest(most_common_elems::text::text[], most_common_elem_freqs) as common (lexeme, share)
where schemaname = current_schema() and tablename = 'annotation_search' and attname = 'tokens' and lexeme is not null;

SELECT p.id
FROM person AS p
WHERE p.is_silenced
ORDER BY p.id
LIMIT @p;

SELECT g.id AS "Id", g.kind AS "Kind"
FROM "group" AS g
WHERE g.is_reindexing;

SELECT a.annotation_id, a.created
FROM (
    select e.* from annotation_search e where (e.tokens @@ @p0::tsquery and e.tokens @@ @p1::tsquery) order by e.created desc, e.annotation_id desc offset 0
) AS a
INNER JOIN (
    SELECT a0.id
    FROM annotation AS a0
    INNER JOIN person AS p ON a0.author_id = p.id
    INNER JOIN "group" AS g ON a0.group_id = g.id
    WHERE a0.deleted IS NULL AND ((a0.shared AND a0.moderation = 0 AND NOT (p.is_silenced) AND (a0.group_id = '__world__' OR g.kind <> 3 OR a0.group_id = ANY (@reads))) OR (a0.author_id = @person AND (NOT (a0.shared) OR a0.moderation <> 0 OR p.is_silenced)))
) AS s ON a.annotation_id = s.id
ORDER BY a.created DESC, a.annotation_id DESC
LIMIT @p3;

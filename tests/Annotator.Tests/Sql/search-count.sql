SELECT p.id
FROM person AS p
WHERE p.is_silenced
ORDER BY p.id
LIMIT @p;

SELECT g.id AS "Id", g.kind AS "Kind"
FROM "group" AS g
WHERE g.is_reindexing;

select unnest(histogram_bounds::text::timestamptz[]) as "Value" from pg_stats
where schemaname = current_schema() and tablename = 'annotation_search' and attname = 'created';

SELECT s."Value"
FROM (
    select reltuples as "Value" from pg_class where oid = 'annotation_search'::regclass
) AS s
LIMIT 2;

SELECT a.annotation_id, a.created
FROM (
    select e.* from annotation_search e where (e.tokens @@ @p0::tsquery and e.tokens @@ @p1::tsquery) offset 0
) AS a
ORDER BY a.created DESC, a.annotation_id DESC
LIMIT @p10;

SELECT a.id
FROM annotation AS a
INNER JOIN person AS p ON a.author_id = p.id
INNER JOIN "group" AS g ON a.group_id = g.id
WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p.is_silenced) AND (a.group_id = '__world__' OR g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p.is_silenced))) AND a.id = ANY (@ids);

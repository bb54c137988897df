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

SELECT a.annotation_id, a.created, a.words
FROM (
    select e.* from annotation_search e where (e.tokens @@ @p0::tsquery and e.tokens @@ @p1::tsquery and e.tokens @@ @p2::tsquery) offset 0
) AS a
ORDER BY a.created DESC, a.annotation_id DESC
LIMIT @p10;

SELECT a.id
FROM annotation AS a
INNER JOIN person AS p ON a.author_id = p.id
INNER JOIN "group" AS g ON a.group_id = g.id
WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p.is_silenced) AND (g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p.is_silenced))) AND a.id = ANY (@ids);

SELECT a.id AS "Id", s.title AS "Title"
FROM annotation AS a
INNER JOIN person AS p ON a.author_id = p.id
INNER JOIN "group" AS g ON a.group_id = g.id
INNER JOIN source AS s ON a.source_id = s.id
WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p.is_silenced) AND (g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p.is_silenced))) AND a.id = ANY (@ids);

SELECT a.id, a.source_id, a.passage_id, a."references", a.author_id, p.username, p.authority, p.display_name, a.group_id, a.shared, a.body, a.language, a.language_given, a.tags, a.created, a.updated, a.version, a.author_id = @person3, s.id, s.title, s.language, p0.id IS NULL, p0.id, p0.exact, p0.language
FROM annotation AS a
INNER JOIN person AS p ON a.author_id = p.id
INNER JOIN "group" AS g ON a.group_id = g.id
INNER JOIN source AS s ON a.source_id = s.id
LEFT JOIN passage AS p0 ON a.passage_id = p0.id
WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p.is_silenced) AND (g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p.is_silenced))) AND a.id = ANY (@ids);

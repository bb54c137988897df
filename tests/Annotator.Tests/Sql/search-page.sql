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
WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p.is_silenced) AND (g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p.is_silenced))) AND a.id = ANY (@ids);

SELECT a.id, a.source_id, a.passage_id, a.uri, a."references", a.author_id, p.username, p.authority, p.display_name, a.group_id, a.shared, a.body, a.language, a.language_given, a.tags, a.created, a.updated, a.version, a.author_id = @person3, s1.id, s1.title, s1.author, s1.language, s1.c, p2.id, p2.exact, p2.prefix, p2.suffix, p2.position_start, p2.position_end, p2.language, p2.c
FROM annotation AS a
INNER JOIN person AS p ON a.author_id = p.id
INNER JOIN "group" AS g ON a.group_id = g.id
LEFT JOIN (
    SELECT s0.id, s0.title, s0.author, s0.language, s0.c
    FROM (
        SELECT s.id, s.title, s.author, s.language, 1 AS c, ROW_NUMBER() OVER(PARTITION BY s.id ORDER BY s.id) AS row
        FROM source AS s
    ) AS s0
    WHERE s0.row <= 1
) AS s1 ON a.source_id = s1.id
LEFT JOIN (
    SELECT p1.id, p1.exact, p1.prefix, p1.suffix, p1.position_start, p1.position_end, p1.language, p1.c
    FROM (
        SELECT p0.id, p0.exact, p0.prefix, p0.suffix, p0.position_start, p0.position_end, p0.language, 1 AS c, ROW_NUMBER() OVER(PARTITION BY p0.id ORDER BY p0.id) AS row
        FROM passage AS p0
    ) AS p1
    WHERE p1.row <= 1
) AS p2 ON a.passage_id = p2.id
WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p.is_silenced) AND (g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p.is_silenced))) AND a.id = ANY (@ids);

SELECT a.body = '', a.language, CASE
    WHEN p0.id IS NULL THEN s.language
    ELSE p0.language
END, a.tags, a.source_id, p.username, a.group_id, date_part('year', a.created AT TIME ZONE 'UTC')::int
FROM annotation AS a
INNER JOIN person AS p ON a.author_id = p.id
INNER JOIN "group" AS g ON a.group_id = g.id
INNER JOIN source AS s ON a.source_id = s.id
LEFT JOIN passage AS p0 ON a.passage_id = p0.id
WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p.is_silenced) AND (g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p.is_silenced))) AND a.id = ANY (@ids);

SELECT s.id, s.added, s.author, s.language, s.last_activity, s.title
FROM source AS s
WHERE s.id = ANY (@ids);

SELECT g.id, g.created, g.is_reindexing, g.kind, g.name
FROM "group" AS g
WHERE g.id = ANY (@ids);

SELECT s.id, s.title, s.language
FROM source AS s
WHERE (EXISTS (
    SELECT 1
    FROM annotation AS a
    INNER JOIN person AS p ON a.author_id = p.id
    INNER JOIN "group" AS g ON a.group_id = g.id
    WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p.is_silenced) AND (g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p.is_silenced))) AND a.source_id = s.id) OR EXISTS (
    SELECT 1
    FROM snapshot AS s0
    INNER JOIN person AS p0 ON s0.added_by_id = p0.id
    INNER JOIN "group" AS g0 ON s0.group_id = g0.id
    WHERE ((s0.shared AND NOT (p0.is_silenced) AND (g0.kind <> 3 OR s0.group_id = ANY (@reads2))) OR (s0.added_by_id = @person3 AND (NOT (s0.shared) OR p0.is_silenced))) AND s0.source_id = s.id)) AND EXISTS (
    SELECT 1
    FROM (
        select e.* from source_search e where e.tokens @@ @p0::tsquery offset 0
    ) AS a0
    WHERE a0.source_id = s.id)
ORDER BY s.last_activity DESC, s.id
LIMIT @p5;

SELECT p.username, COALESCE(p.display_name, p.username)
FROM person AS p
WHERE (p.username ILIKE ANY (@patterns) OR p.display_name ILIKE ANY (@patterns0)) AND EXISTS (
    SELECT 1
    FROM annotation AS a
    INNER JOIN person AS p0 ON a.author_id = p0.id
    INNER JOIN "group" AS g ON a.group_id = g.id
    WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p0.is_silenced) AND (g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p0.is_silenced))) AND a.author_id = p.id)
ORDER BY p.username
LIMIT @p;

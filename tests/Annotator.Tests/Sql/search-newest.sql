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
    select e.* from annotation_search e where (e.tokens @@ @p0::tsquery and e.tokens @@ @p1::tsquery and e.tokens @@ @p2::tsquery) offset 0
) AS a
ORDER BY a.created DESC, a.annotation_id DESC
LIMIT @p10;

SELECT a.id
FROM annotation AS a
INNER JOIN person AS p ON a.author_id = p.id
INNER JOIN "group" AS g ON a.group_id = g.id
WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p.is_silenced) AND (a.group_id = '__world__' OR g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p.is_silenced))) AND a.id = ANY (@ids);

SELECT a.id, a.source_id, a.passage_id, a.uri, a."references", a.author_id, p.username, p.authority, p.display_name, a.group_id, g.kind, a.shared, a.body, a.language, a.language_given, a.tags, a.created, a.updated, a.version, a.author_id = @person3, s3.id, s3.c, s3.c0, s3.language, s3.c1, p10.id, p10.exact, p10.c, p10.c0, p10.c1, p10.c2, p10.language, p10.c3
FROM annotation AS a
INNER JOIN person AS p ON a.author_id = p.id
INNER JOIN "group" AS g ON a.group_id = g.id
LEFT JOIN (
    SELECT s2.id, s2.c, s2.c0, s2.language, s2.c1
    FROM (
        SELECT s.id, CASE
            WHEN s.title_given THEN s.title
            ELSE COALESCE((
                SELECT a0.cited_title
                FROM annotation AS a0
                INNER JOIN person AS p0 ON a0.author_id = p0.id
                INNER JOIN "group" AS g0 ON a0.group_id = g0.id
                WHERE a0.deleted IS NULL AND ((a0.shared AND a0.moderation = 0 AND NOT (p0.is_silenced) AND (a0.group_id = '__world__' OR g0.kind <> 3 OR a0.group_id = ANY (@reads5))) OR (a0.author_id = @person6 AND (NOT (a0.shared) OR a0.moderation <> 0 OR p0.is_silenced))) AND a0.source_id = s.id AND a0.cited_title IS NOT NULL
                ORDER BY a0.created DESC
                LIMIT 1), (
                SELECT s0.cited_title
                FROM snapshot AS s0
                INNER JOIN person AS p1 ON s0.added_by_id = p1.id
                INNER JOIN "group" AS g1 ON s0.group_id = g1.id
                WHERE ((s0.shared AND NOT (p1.is_silenced) AND (s0.group_id = '__world__' OR g1.kind <> 3 OR s0.group_id = ANY (@reads7))) OR (s0.added_by_id = @person8 AND (NOT (s0.shared) OR p1.is_silenced))) AND s0.source_id = s.id AND s0.cited_title IS NOT NULL
                ORDER BY s0.added DESC
                LIMIT 1), s.title)
        END AS c, COALESCE(s.author, (
            SELECT a1.cited_author
            FROM annotation AS a1
            INNER JOIN person AS p2 ON a1.author_id = p2.id
            INNER JOIN "group" AS g2 ON a1.group_id = g2.id
            WHERE a1.deleted IS NULL AND ((a1.shared AND a1.moderation = 0 AND NOT (p2.is_silenced) AND (a1.group_id = '__world__' OR g2.kind <> 3 OR a1.group_id = ANY (@reads5))) OR (a1.author_id = @person6 AND (NOT (a1.shared) OR a1.moderation <> 0 OR p2.is_silenced))) AND a1.source_id = s.id AND a1.cited_author IS NOT NULL
            ORDER BY a1.created DESC
            LIMIT 1), (
            SELECT s1.cited_author
            FROM snapshot AS s1
            INNER JOIN person AS p3 ON s1.added_by_id = p3.id
            INNER JOIN "group" AS g3 ON s1.group_id = g3.id
            WHERE ((s1.shared AND NOT (p3.is_silenced) AND (s1.group_id = '__world__' OR g3.kind <> 3 OR s1.group_id = ANY (@reads7))) OR (s1.added_by_id = @person8 AND (NOT (s1.shared) OR p3.is_silenced))) AND s1.source_id = s.id AND s1.cited_author IS NOT NULL
            ORDER BY s1.added DESC
            LIMIT 1)) AS c0, s.language, 1 AS c1, ROW_NUMBER() OVER(PARTITION BY s.id ORDER BY s.id) AS row
        FROM source AS s
    ) AS s2
    WHERE s2.row <= 1
) AS s3 ON a.source_id = s3.id
LEFT JOIN (
    SELECT p9.id, p9.exact, p9.c, p9.c0, p9.c1, p9.c2, p9.language, p9.c3
    FROM (
        SELECT p4.id, p4.exact, CASE
            WHEN p4.context_of_id IS NULL OR EXISTS (
                SELECT 1
                FROM annotation AS a2
                INNER JOIN person AS p5 ON a2.author_id = p5.id
                INNER JOIN "group" AS g4 ON a2.group_id = g4.id
                WHERE a2.deleted IS NULL AND ((a2.shared AND a2.moderation = 0 AND NOT (p5.is_silenced) AND (a2.group_id = '__world__' OR g4.kind <> 3 OR a2.group_id = ANY (@reads18))) OR (a2.author_id = @person19 AND (NOT (a2.shared) OR a2.moderation <> 0 OR p5.is_silenced))) AND a2.id = p4.context_of_id) THEN p4.prefix
            ELSE ''
        END AS c, CASE
            WHEN p4.context_of_id IS NULL OR EXISTS (
                SELECT 1
                FROM annotation AS a3
                INNER JOIN person AS p6 ON a3.author_id = p6.id
                INNER JOIN "group" AS g5 ON a3.group_id = g5.id
                WHERE a3.deleted IS NULL AND ((a3.shared AND a3.moderation = 0 AND NOT (p6.is_silenced) AND (a3.group_id = '__world__' OR g5.kind <> 3 OR a3.group_id = ANY (@reads18))) OR (a3.author_id = @person19 AND (NOT (a3.shared) OR a3.moderation <> 0 OR p6.is_silenced))) AND a3.id = p4.context_of_id) THEN p4.suffix
            ELSE ''
        END AS c0, CASE
            WHEN p4.context_of_id IS NULL OR EXISTS (
                SELECT 1
                FROM annotation AS a4
                INNER JOIN person AS p7 ON a4.author_id = p7.id
                INNER JOIN "group" AS g6 ON a4.group_id = g6.id
                WHERE a4.deleted IS NULL AND ((a4.shared AND a4.moderation = 0 AND NOT (p7.is_silenced) AND (a4.group_id = '__world__' OR g6.kind <> 3 OR a4.group_id = ANY (@reads18))) OR (a4.author_id = @person19 AND (NOT (a4.shared) OR a4.moderation <> 0 OR p7.is_silenced))) AND a4.id = p4.context_of_id) THEN p4.position_start
        END AS c1, CASE
            WHEN p4.context_of_id IS NULL OR EXISTS (
                SELECT 1
                FROM annotation AS a5
                INNER JOIN person AS p8 ON a5.author_id = p8.id
                INNER JOIN "group" AS g7 ON a5.group_id = g7.id
                WHERE a5.deleted IS NULL AND ((a5.shared AND a5.moderation = 0 AND NOT (p8.is_silenced) AND (a5.group_id = '__world__' OR g7.kind <> 3 OR a5.group_id = ANY (@reads18))) OR (a5.author_id = @person19 AND (NOT (a5.shared) OR a5.moderation <> 0 OR p8.is_silenced))) AND a5.id = p4.context_of_id) THEN p4.position_end
        END AS c2, p4.language, 1 AS c3, ROW_NUMBER() OVER(PARTITION BY p4.id ORDER BY p4.id) AS row
        FROM passage AS p4
    ) AS p9
    WHERE p9.row <= 1
) AS p10 ON a.passage_id = p10.id
WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p.is_silenced) AND (a.group_id = '__world__' OR g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p.is_silenced))) AND a.id = ANY (@ids);

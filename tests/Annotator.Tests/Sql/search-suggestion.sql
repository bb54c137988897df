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

SELECT s0.annotation_id, s0.created, s0.source_id, s0.body = '', s0.language, p0.language, s0.tags, s0.username, s0.group_id, s0.name
FROM (
    SELECT a.annotation_id, a.created, s.body, s.group_id, s.language, s.passage_id, s.source_id, s.tags, s.username, s.name
    FROM (
        select e.* from annotation_search e where (e.tokens @@ @p0::tsquery and e.tokens @@ @p1::tsquery) order by e.created desc, e.annotation_id desc offset 0
    ) AS a
    INNER JOIN (
        SELECT a0.id, a0.body, a0.group_id, a0.language, a0.passage_id, a0.source_id, a0.tags, p.username, g.name
        FROM annotation AS a0
        INNER JOIN person AS p ON a0.author_id = p.id
        INNER JOIN "group" AS g ON a0.group_id = g.id
        WHERE a0.deleted IS NULL AND ((a0.shared AND a0.moderation = 0 AND NOT (p.is_silenced) AND (a0.group_id = '__world__' OR g.kind <> 3 OR a0.group_id = ANY (@reads))) OR (a0.author_id = @person AND (NOT (a0.shared) OR a0.moderation <> 0 OR p.is_silenced)))
    ) AS s ON a.annotation_id = s.id
    ORDER BY a.created DESC, a.annotation_id DESC
    LIMIT @p3
) AS s0
LEFT JOIN passage AS p0 ON s0.passage_id = p0.id
ORDER BY s0.created DESC, s0.annotation_id DESC;

SELECT s.id, CASE
    WHEN s.title_given THEN s.title
    ELSE COALESCE((
        SELECT a.cited_title
        FROM annotation AS a
        INNER JOIN person AS p ON a.author_id = p.id
        INNER JOIN "group" AS g ON a.group_id = g.id
        WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p.is_silenced) AND (a.group_id = '__world__' OR g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p.is_silenced))) AND a.source_id = s.id AND a.cited_title IS NOT NULL
        ORDER BY a.created DESC
        LIMIT 1), (
        SELECT s0.cited_title
        FROM snapshot AS s0
        INNER JOIN person AS p0 ON s0.added_by_id = p0.id
        INNER JOIN "group" AS g0 ON s0.group_id = g0.id
        WHERE s0.removal_id IS NULL AND ((s0.shared AND NOT (p0.is_silenced) AND (s0.group_id = '__world__' OR g0.kind <> 3 OR s0.group_id = ANY (@reads3))) OR (s0.added_by_id = @person4 AND (NOT (s0.shared) OR p0.is_silenced))) AND s0.source_id = s.id AND s0.cited_title IS NOT NULL
        ORDER BY s0.added DESC
        LIMIT 1), s.title)
END, s.language
FROM source AS s
WHERE s.id = ANY (@ids);

SELECT a.id, a.source_id, a.passage_id, a.uri, a."references", a.author_id, p.username, p.authority, p.display_name, a.group_id, g.kind, a.shared, a.body, a.language, a.language_given, a.tags, a.created, a.updated, a.version, a.moderation = 0, a.moderation, a.moderation_reason, a.author_id = @person3, (
    SELECT CASE
        WHEN s.title_given THEN s.title
        ELSE COALESCE((
            SELECT a0.cited_title
            FROM annotation AS a0
            INNER JOIN person AS p1 ON a0.author_id = p1.id
            INNER JOIN "group" AS g0 ON a0.group_id = g0.id
            WHERE a0.deleted IS NULL AND ((a0.shared AND a0.moderation = 0 AND NOT (p1.is_silenced) AND (a0.group_id = '__world__' OR g0.kind <> 3 OR a0.group_id = ANY (@reads4))) OR (a0.author_id = @person5 AND (NOT (a0.shared) OR a0.moderation <> 0 OR p1.is_silenced))) AND a0.source_id = s.id AND a0.cited_title IS NOT NULL
            ORDER BY a0.created DESC
            LIMIT 1), (
            SELECT s0.cited_title
            FROM snapshot AS s0
            INNER JOIN person AS p2 ON s0.added_by_id = p2.id
            INNER JOIN "group" AS g1 ON s0.group_id = g1.id
            WHERE s0.removal_id IS NULL AND ((s0.shared AND NOT (p2.is_silenced) AND (s0.group_id = '__world__' OR g1.kind <> 3 OR s0.group_id = ANY (@reads6))) OR (s0.added_by_id = @person7 AND (NOT (s0.shared) OR p2.is_silenced))) AND s0.source_id = s.id AND s0.cited_title IS NOT NULL
            ORDER BY s0.added DESC
            LIMIT 1), s.title)
    END
    FROM source AS s
    WHERE s.id = a.source_id
    LIMIT 1), (
    SELECT COALESCE(s1.author, (
        SELECT a1.cited_author
        FROM annotation AS a1
        INNER JOIN person AS p3 ON a1.author_id = p3.id
        INNER JOIN "group" AS g2 ON a1.group_id = g2.id
        WHERE a1.deleted IS NULL AND ((a1.shared AND a1.moderation = 0 AND NOT (p3.is_silenced) AND (a1.group_id = '__world__' OR g2.kind <> 3 OR a1.group_id = ANY (@reads4))) OR (a1.author_id = @person5 AND (NOT (a1.shared) OR a1.moderation <> 0 OR p3.is_silenced))) AND a1.source_id = s1.id AND a1.cited_author IS NOT NULL
        ORDER BY a1.created DESC
        LIMIT 1), (
        SELECT s2.cited_author
        FROM snapshot AS s2
        INNER JOIN person AS p4 ON s2.added_by_id = p4.id
        INNER JOIN "group" AS g3 ON s2.group_id = g3.id
        WHERE s2.removal_id IS NULL AND ((s2.shared AND NOT (p4.is_silenced) AND (s2.group_id = '__world__' OR g3.kind <> 3 OR s2.group_id = ANY (@reads6))) OR (s2.added_by_id = @person7 AND (NOT (s2.shared) OR p4.is_silenced))) AND s2.source_id = s1.id AND s2.cited_author IS NOT NULL
        ORDER BY s2.added DESC
        LIMIT 1))
    FROM source AS s1
    WHERE s1.id = a.source_id
    LIMIT 1), (
    SELECT s3.language
    FROM source AS s3
    WHERE s3.id = a.source_id
    LIMIT 1), p0.id IS NULL, p0.id, p0.context_of_id, p0.created, p0.language, p0.source_id, p0.words_key, p0.position_end, p0.exact, p0.prefix, p0.position_start, p0.suffix, p0.context_of_id IS NULL OR EXISTS (
    SELECT 1
    FROM annotation AS a2
    INNER JOIN person AS p5 ON a2.author_id = p5.id
    INNER JOIN "group" AS g4 ON a2.group_id = g4.id
    WHERE a2.deleted IS NULL AND ((a2.shared AND a2.moderation = 0 AND NOT (p5.is_silenced) AND (a2.group_id = '__world__' OR g4.kind <> 3 OR a2.group_id = ANY (@reads40))) OR (a2.author_id = @person41 AND (NOT (a2.shared) OR a2.moderation <> 0 OR p5.is_silenced))) AND a2.id = p0.context_of_id)
FROM annotation AS a
INNER JOIN person AS p ON a.author_id = p.id
INNER JOIN "group" AS g ON a.group_id = g.id
LEFT JOIN passage AS p0 ON a.passage_id = p0.id
WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p.is_silenced) AND (a.group_id = '__world__' OR g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p.is_silenced))) AND a.id = ANY (@ids);

SELECT u."SourceId", u."Title"
FROM (
    SELECT a.source_id AS "SourceId", a.cited_title AS "Title", a.created AS "At"
    FROM annotation AS a
    INNER JOIN person AS p ON a.author_id = p.id
    INNER JOIN "group" AS g ON a.group_id = g.id
    WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p.is_silenced) AND (a.group_id = '__world__' OR g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p.is_silenced))) AND (a.author_id = @person2 OR a.group_id = ANY (@groups)) AND a.cited_title IS NOT NULL
    UNION ALL
    SELECT s.source_id AS "SourceId", s.cited_title AS "Title", s.added AS "At"
    FROM snapshot AS s
    INNER JOIN person AS p0 ON s.added_by_id = p0.id
    INNER JOIN "group" AS g0 ON s.group_id = g0.id
    WHERE s.removal_id IS NULL AND ((s.shared AND NOT (p0.is_silenced) AND (s.group_id = '__world__' OR g0.kind <> 3 OR s.group_id = ANY (@reads4))) OR (s.added_by_id = @person5 AND (NOT (s.shared) OR p0.is_silenced))) AND (s.added_by_id = @person2 OR s.group_id = ANY (@groups)) AND s.cited_title IS NOT NULL
) AS u
ORDER BY u."At" DESC
LIMIT @p;

SELECT a.source_id
FROM (
    select e.* from source_search e where e.tokens @@ @p0::tsquery offset 0
) AS a
LIMIT @p1;

SELECT p.username, COALESCE(p.display_name, p.username)
FROM person AS p
WHERE (p.name_key LIKE ANY (@keys) OR p.display_name ILIKE ANY (@names)) AND EXISTS (
    SELECT 1
    FROM annotation AS a
    INNER JOIN person AS p0 ON a.author_id = p0.id
    INNER JOIN "group" AS g ON a.group_id = g.id
    WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p0.is_silenced) AND (a.group_id = '__world__' OR g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p0.is_silenced))) AND a.author_id = p.id)
ORDER BY p.username
LIMIT @p;

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

SELECT p.id
FROM person AS p
WHERE p.is_silenced
ORDER BY p.id
LIMIT @p;

SELECT g.id AS "Id", g.kind AS "Kind"
FROM "group" AS g
WHERE g.is_reindexing;

select word as "Value" from ts_stat(format(
    'select tokens from annotation_search where tokens @@ %L::tsquery limit %s', @p0, @p1))
where word !~ '^[:~]'
order by ndoc desc;

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

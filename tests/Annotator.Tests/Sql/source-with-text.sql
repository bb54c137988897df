SELECT s.id AS "Id", CASE
    WHEN s.title_given THEN s.title
    ELSE COALESCE((
        SELECT a0.cited_title
        FROM annotation AS a0
        INNER JOIN person AS p1 ON a0.author_id = p1.id
        INNER JOIN "group" AS g1 ON a0.group_id = g1.id
        WHERE a0.deleted IS NULL AND ((a0.shared AND a0.moderation = 0 AND NOT (p1.is_silenced) AND (a0.group_id = '__world__' OR g1.kind <> 3 OR a0.group_id = ANY (@reads4))) OR (a0.author_id = @person5 AND (NOT (a0.shared) OR a0.moderation <> 0 OR p1.is_silenced))) AND a0.source_id = s.id AND a0.cited_title IS NOT NULL
        ORDER BY a0.created DESC
        LIMIT 1), (
        SELECT s1.cited_title
        FROM snapshot AS s1
        INNER JOIN person AS p2 ON s1.added_by_id = p2.id
        INNER JOIN "group" AS g2 ON s1.group_id = g2.id
        WHERE s1.removal_id IS NULL AND ((s1.shared AND NOT (p2.is_silenced) AND (s1.group_id = '__world__' OR g2.kind <> 3 OR s1.group_id = ANY (@reads6))) OR (s1.added_by_id = @person7 AND (NOT (s1.shared) OR p2.is_silenced))) AND s1.source_id = s.id AND s1.cited_title IS NOT NULL
        ORDER BY s1.added DESC
        LIMIT 1), s.title)
END AS "Title", s.title AS "PublicTitle", COALESCE(s.author, (
    SELECT a1.cited_author
    FROM annotation AS a1
    INNER JOIN person AS p3 ON a1.author_id = p3.id
    INNER JOIN "group" AS g3 ON a1.group_id = g3.id
    WHERE a1.deleted IS NULL AND ((a1.shared AND a1.moderation = 0 AND NOT (p3.is_silenced) AND (a1.group_id = '__world__' OR g3.kind <> 3 OR a1.group_id = ANY (@reads4))) OR (a1.author_id = @person5 AND (NOT (a1.shared) OR a1.moderation <> 0 OR p3.is_silenced))) AND a1.source_id = s.id AND a1.cited_author IS NOT NULL
    ORDER BY a1.created DESC
    LIMIT 1), (
    SELECT s2.cited_author
    FROM snapshot AS s2
    INNER JOIN person AS p4 ON s2.added_by_id = p4.id
    INNER JOIN "group" AS g4 ON s2.group_id = g4.id
    WHERE s2.removal_id IS NULL AND ((s2.shared AND NOT (p4.is_silenced) AND (s2.group_id = '__world__' OR g4.kind <> 3 OR s2.group_id = ANY (@reads6))) OR (s2.added_by_id = @person7 AND (NOT (s2.shared) OR p4.is_silenced))) AND s2.source_id = s.id AND s2.cited_author IS NOT NULL
    ORDER BY s2.added DESC
    LIMIT 1)) AS "Author", s.language AS "Language", s.kind AS "Kind", s.added AS "Added", s.last_activity AS "LastActivity", COALESCE((
    SELECT s3.uri
    FROM source_uri AS s3
    WHERE s.id = s3.source_id AND s3.is_public
    ORDER BY s3.added
    LIMIT 1), CASE
    WHEN (
        SELECT count(*)::int
        FROM source_uri AS s4
        WHERE s.id = s4.source_id) = 0 THEN NULL
    ELSE COALESCE((
        SELECT a2.uri
        FROM annotation AS a2
        INNER JOIN person AS p5 ON a2.author_id = p5.id
        INNER JOIN "group" AS g5 ON a2.group_id = g5.id
        WHERE a2.deleted IS NULL AND ((a2.shared AND a2.moderation = 0 AND NOT (p5.is_silenced) AND (a2.group_id = '__world__' OR g5.kind <> 3 OR a2.group_id = ANY (@reads4))) OR (a2.author_id = @person5 AND (NOT (a2.shared) OR a2.moderation <> 0 OR p5.is_silenced))) AND a2.source_id = s.id AND a2.uri IS NOT NULL
        ORDER BY a2.created DESC
        LIMIT 1), (
        SELECT s5.uri
        FROM snapshot AS s5
        INNER JOIN person AS p6 ON s5.added_by_id = p6.id
        INNER JOIN "group" AS g6 ON s5.group_id = g6.id
        WHERE s5.removal_id IS NULL AND ((s5.shared AND NOT (p6.is_silenced) AND (s5.group_id = '__world__' OR g6.kind <> 3 OR s5.group_id = ANY (@reads6))) OR (s5.added_by_id = @person7 AND (NOT (s5.shared) OR p6.is_silenced))) AND s5.source_id = s.id AND s5.uri IS NOT NULL
        ORDER BY s5.added DESC
        LIMIT 1))
END) AS "Uri"
FROM source AS s
WHERE ((
    SELECT a.source_id
    FROM annotation AS a
    INNER JOIN person AS p ON a.author_id = p.id
    INNER JOIN "group" AS g ON a.group_id = g.id
    WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p.is_silenced) AND (a.group_id = '__world__' OR g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p.is_silenced))) AND a.source_id = s.id
    LIMIT 1) IS NOT NULL OR (
    SELECT s0.source_id
    FROM snapshot AS s0
    INNER JOIN person AS p0 ON s0.added_by_id = p0.id
    INNER JOIN "group" AS g0 ON s0.group_id = g0.id
    WHERE s0.removal_id IS NULL AND ((s0.shared AND NOT (p0.is_silenced) AND (s0.group_id = '__world__' OR g0.kind <> 3 OR s0.group_id = ANY (@reads2))) OR (s0.added_by_id = @person3 AND (NOT (s0.shared) OR p0.is_silenced))) AND s0.source_id = s.id
    LIMIT 1) IS NOT NULL) AND s.id = @id
LIMIT 1;

SELECT s.uri
FROM source_uri AS s
WHERE s.source_id = @sourceId AND s.is_public
ORDER BY s.added;

SELECT COALESCE((
    SELECT s4.uri
    FROM source_uri AS s4
    WHERE s.id = s4.source_id AND s4.is_public
    ORDER BY s4.added
    LIMIT 1), CASE
    WHEN (
        SELECT count(*)::int
        FROM source_uri AS s5
        WHERE s.id = s5.source_id) = 0 THEN NULL
    ELSE COALESCE((
        SELECT a1.uri
        FROM annotation AS a1
        INNER JOIN person AS p3 ON a1.author_id = p3.id
        INNER JOIN "group" AS g3 ON a1.group_id = g3.id
        WHERE a1.deleted IS NULL AND ((a1.shared AND a1.moderation = 0 AND NOT (p3.is_silenced) AND (a1.group_id = '__world__' OR g3.kind <> 3 OR a1.group_id = ANY (@reads4))) OR (a1.author_id = @person5 AND (NOT (a1.shared) OR a1.moderation <> 0 OR p3.is_silenced))) AND a1.source_id = s.id AND a1.uri IS NOT NULL
        ORDER BY a1.created DESC
        LIMIT 1), (
        SELECT s6.uri
        FROM snapshot AS s6
        INNER JOIN person AS p4 ON s6.added_by_id = p4.id
        INNER JOIN "group" AS g4 ON s6.group_id = g4.id
        WHERE s6.removal_id IS NULL AND ((s6.shared AND NOT (p4.is_silenced) AND (s6.group_id = '__world__' OR g4.kind <> 3 OR s6.group_id = ANY (@reads6))) OR (s6.added_by_id = @person7 AND (NOT (s6.shared) OR p4.is_silenced))) AND s6.source_id = s.id AND s6.uri IS NOT NULL
        ORDER BY s6.added DESC
        LIMIT 1))
END)
FROM source AS s
WHERE ((
    SELECT a.source_id
    FROM annotation AS a
    INNER JOIN person AS p ON a.author_id = p.id
    INNER JOIN "group" AS g ON a.group_id = g.id
    WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p.is_silenced) AND (a.group_id = '__world__' OR g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p.is_silenced))) AND a.source_id = s.id
    LIMIT 1) IS NOT NULL OR (
    SELECT s0.source_id
    FROM snapshot AS s0
    INNER JOIN person AS p0 ON s0.added_by_id = p0.id
    INNER JOIN "group" AS g0 ON s0.group_id = g0.id
    WHERE s0.removal_id IS NULL AND ((s0.shared AND NOT (p0.is_silenced) AND (s0.group_id = '__world__' OR g0.kind <> 3 OR s0.group_id = ANY (@reads2))) OR (s0.added_by_id = @person3 AND (NOT (s0.shared) OR p0.is_silenced))) AND s0.source_id = s.id
    LIMIT 1) IS NOT NULL) AND s.id = @sourceId AND ((
    SELECT s1.uri
    FROM source_uri AS s1
    WHERE s.id = s1.source_id AND s1.is_public
    ORDER BY s1.added
    LIMIT 1) IS NOT NULL OR CASE
    WHEN (
        SELECT count(*)::int
        FROM source_uri AS s2
        WHERE s.id = s2.source_id) = 0 THEN NULL
    ELSE COALESCE((
        SELECT a0.uri
        FROM annotation AS a0
        INNER JOIN person AS p1 ON a0.author_id = p1.id
        INNER JOIN "group" AS g1 ON a0.group_id = g1.id
        WHERE a0.deleted IS NULL AND ((a0.shared AND a0.moderation = 0 AND NOT (p1.is_silenced) AND (a0.group_id = '__world__' OR g1.kind <> 3 OR a0.group_id = ANY (@reads4))) OR (a0.author_id = @person5 AND (NOT (a0.shared) OR a0.moderation <> 0 OR p1.is_silenced))) AND a0.source_id = s.id AND a0.uri IS NOT NULL
        ORDER BY a0.created DESC
        LIMIT 1), (
        SELECT s3.uri
        FROM snapshot AS s3
        INNER JOIN person AS p2 ON s3.added_by_id = p2.id
        INNER JOIN "group" AS g2 ON s3.group_id = g2.id
        WHERE s3.removal_id IS NULL AND ((s3.shared AND NOT (p2.is_silenced) AND (s3.group_id = '__world__' OR g2.kind <> 3 OR s3.group_id = ANY (@reads6))) OR (s3.added_by_id = @person7 AND (NOT (s3.shared) OR p2.is_silenced))) AND s3.source_id = s.id AND s3.uri IS NOT NULL
        ORDER BY s3.added DESC
        LIMIT 1))
END IS NOT NULL);

SELECT s.id AS "Id", s.format AS "Format", s.added AS "Added", s.shared AS "Shared", s.added_by_id AS "OwnerId", s.group_id AS "GroupId"
FROM snapshot AS s
INNER JOIN person AS p ON s.added_by_id = p.id
INNER JOIN "group" AS g ON s.group_id = g.id
WHERE s.removal_id IS NULL AND ((s.shared AND NOT (p.is_silenced) AND (s.group_id = '__world__' OR g.kind <> 3 OR s.group_id = ANY (@reads))) OR (s.added_by_id = @person AND (NOT (s.shared) OR p.is_silenced))) AND s.source_id = @id
ORDER BY s.added DESC
LIMIT @p;

SELECT s.id, s.added, s.added_by_id, s.cited_author, s.cited_title, s.format, s.group_id, s.html, s.removal_id, s.shared, s.source_id, s.text, s.uri
FROM snapshot AS s
WHERE s.id = @chosen
LIMIT 1;

SELECT EXISTS (
    SELECT 1
    FROM source_activity AS s
    WHERE s.source_id = @id AND (s.comments > @size OR s.passages > @size));

SELECT a.id, a.source_id, a.passage_id, a.uri, a."references", a.author_id, p.username, p.authority, p.display_name, a.group_id, g.kind, a.shared, a.body, a.language, a.language_given, a.tags, a.created, a.updated, a.version, a.moderation = 0, a.moderation, a.moderation_reason, a.author_id = @person4
FROM annotation AS a
INNER JOIN person AS p ON a.author_id = p.id
INNER JOIN "group" AS g ON a.group_id = g.id
WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p.is_silenced) AND (a.group_id = '__world__' OR g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p.is_silenced))) AND a.source_id = @id
ORDER BY a.created DESC, a.id DESC
LIMIT @p;

SELECT p.id, p.context_of_id, p.created, p.language, p.source_id, p.words_key, p.position_end, p.exact, p.prefix, p.position_start, p.suffix
FROM passage AS p
WHERE p.id = ANY (@wanted);

SELECT p.snapshot_id, p.passage_id, p.confidence, p.position_end, p.kind, p.position_start, p.text
FROM passage_place AS p
WHERE p.snapshot_id = @snapshot_Id AND p.passage_id = ANY (@wanted);

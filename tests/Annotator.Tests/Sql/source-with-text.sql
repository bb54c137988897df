SELECT s2.id, s2.title, s2.author, s2.language, s1.uri, s1.key
FROM (
    SELECT s.id, s.title, s.author, s.language
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
        WHERE ((s0.shared AND NOT (p0.is_silenced) AND (g0.kind <> 3 OR s0.group_id = ANY (@reads2))) OR (s0.added_by_id = @person3 AND (NOT (s0.shared) OR p0.is_silenced))) AND s0.source_id = s.id)) AND s.id = @id
    LIMIT 1
) AS s2
LEFT JOIN source_uri AS s1 ON s2.id = s1.source_id
ORDER BY s2.id;

SELECT a.id, a.source_id, a.passage_id, a.uri, a."references", a.author_id, p.username, p.authority, p.display_name, a.group_id, a.shared, a.body, a.language, a.language_given, a.tags, a.created, a.updated, a.version, a.author_id = @person4
FROM annotation AS a
INNER JOIN person AS p ON a.author_id = p.id
INNER JOIN "group" AS g ON a.group_id = g.id
WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p.is_silenced) AND (g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p.is_silenced))) AND a.source_id = @id
ORDER BY a.created DESC, a.id DESC
LIMIT @p;

SELECT s.id AS "Id", s.format AS "Format", s.added AS "Added", s.shared AS "Shared", s.added_by_id AS "OwnerId", s.group_id AS "GroupId"
FROM snapshot AS s
INNER JOIN person AS p ON s.added_by_id = p.id
INNER JOIN "group" AS g ON s.group_id = g.id
WHERE ((s.shared AND NOT (p.is_silenced) AND (g.kind <> 3 OR s.group_id = ANY (@reads))) OR (s.added_by_id = @person AND (NOT (s.shared) OR p.is_silenced))) AND s.source_id = @id
ORDER BY s.added DESC
LIMIT @p;

SELECT p.id, p.created, p.language, p.source_id, p.words_key, p.position_end, p.exact, p.prefix, p.position_start, p.suffix
FROM passage AS p
WHERE p.id = ANY (@wanted);

SELECT s.id, s.added, s.added_by_id, s.format, s.group_id, s.html, s.shared, s.source_id, s.text
FROM snapshot AS s
WHERE s.id = @chosen
LIMIT 1;

SELECT p.snapshot_id, p.passage_id, p.confidence, p.position_end, p.kind, p.position_start, p.text
FROM passage_place AS p
WHERE p.snapshot_id = @snapshot_Id;

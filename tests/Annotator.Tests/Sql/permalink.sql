SELECT a.source_id AS "SourceId", COALESCE(a.root_id, a.id) AS "Root"
FROM annotation AS a
INNER JOIN person AS p ON a.author_id = p.id
INNER JOIN "group" AS g ON a.group_id = g.id
WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p.is_silenced) AND (g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p.is_silenced))) AND a.id = @annotationId
LIMIT 1;

SELECT s1.id, s1.title, s1.author, s1.language, s0.uri, s0.key
FROM (
    SELECT s.id, s.title, s.author, s.language
    FROM source AS s
    WHERE s.id = @found_SourceId
    LIMIT 1
) AS s1
LEFT JOIN source_uri AS s0 ON s1.id = s0.source_id
ORDER BY s1.id;

SELECT a.id, a.source_id, a.passage_id, a.uri, a."references", a.author_id, p.username, p.authority, p.display_name, a.group_id, a.shared, a.body, a.language, a.language_given, a.tags, a.created, a.updated, a.version, a.author_id = @person4
FROM annotation AS a
INNER JOIN person AS p ON a.author_id = p.id
INNER JOIN "group" AS g ON a.group_id = g.id
WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p.is_silenced) AND (g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p.is_silenced))) AND (a.id = @found_Root OR a.root_id = @found_Root3)
ORDER BY a.created, a.id;

SELECT p.id, p.created, p.language, p.source_id, p.words_key, p.position_end, p.exact, p.prefix, p.position_start, p.suffix
FROM passage AS p
WHERE p.id = @passageId
LIMIT 1;

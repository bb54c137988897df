SELECT s.author_id, s.id, s.id0, s.id1, r0.annotation_id, r0.version, r0.body, r0.extra, r0.further_targets, r0.language, r0.passage_id, r0.selectors, r0.shared, r0.tags, r0.uri, r0.written, r0."Quote"
FROM (
    SELECT a.author_id, a.id, p.id AS id0, g.id AS id1
    FROM annotation AS a
    INNER JOIN person AS p ON a.author_id = p.id
    INNER JOIN "group" AS g ON a.group_id = g.id
    WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p.is_silenced) AND (a.group_id = '__world__' OR g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p.is_silenced))) AND a.id = @_8__locals1_id
    LIMIT 1
) AS s
LEFT JOIN LATERAL (
    SELECT r.annotation_id, r.version, r.body, r.extra, r.further_targets, r.language, r.passage_id, r.selectors, r.shared, r.tags, r.uri, r.written, (
        SELECT p0.exact
        FROM passage AS p0
        WHERE p0.id = r.passage_id
        LIMIT 1) AS "Quote"
    FROM revision AS r
    WHERE s.id = r.annotation_id AND r.version < @_8__locals1_before AND (r.shared OR s.author_id = @person4)
    ORDER BY r.version DESC
    LIMIT 50
) AS r0 ON TRUE
ORDER BY s.id, s.id0, s.id1, r0.version DESC;

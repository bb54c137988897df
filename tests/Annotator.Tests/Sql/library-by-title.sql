SELECT s.id, s.title, s.author, s.language, s.added, s.last_activity, (
    SELECT s1.uri
    FROM source_uri AS s1
    WHERE s.id = s1.source_id
    LIMIT 1), EXISTS (
    SELECT 1
    FROM snapshot AS s2
    INNER JOIN person AS p1 ON s2.added_by_id = p1.id
    INNER JOIN "group" AS g1 ON s2.group_id = g1.id
    WHERE ((s2.shared AND NOT (p1.is_silenced) AND (g1.kind <> 3 OR s2.group_id = ANY (@reads5))) OR (s2.added_by_id = @person6 AND (NOT (s2.shared) OR p1.is_silenced))) AND s2.source_id = s.id)
FROM source AS s
WHERE EXISTS (
    SELECT 1
    FROM annotation AS a
    INNER JOIN person AS p ON a.author_id = p.id
    INNER JOIN "group" AS g ON a.group_id = g.id
    WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p.is_silenced) AND (g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p.is_silenced))) AND a.source_id = s.id) OR EXISTS (
    SELECT 1
    FROM snapshot AS s0
    INNER JOIN person AS p0 ON s0.added_by_id = p0.id
    INNER JOIN "group" AS g0 ON s0.group_id = g0.id
    WHERE ((s0.shared AND NOT (p0.is_silenced) AND (g0.kind <> 3 OR s0.group_id = ANY (@reads2))) OR (s0.added_by_id = @person3 AND (NOT (s0.shared) OR p0.is_silenced))) AND s0.source_id = s.id)
ORDER BY s.title, s.id
LIMIT @p;

SELECT a.source_id, count(DISTINCT a.passage_id) FILTER (WHERE a.passage_id IS NOT NULL)::int, count(*) FILTER (WHERE a.body <> '')::int, count(DISTINCT a.author_id)::int, max(a.created)
FROM annotation AS a
INNER JOIN person AS p ON a.author_id = p.id
INNER JOIN "group" AS g ON a.group_id = g.id
WHERE a.deleted IS NULL AND ((a.shared AND a.moderation = 0 AND NOT (p.is_silenced) AND (g.kind <> 3 OR a.group_id = ANY (@reads))) OR (a.author_id = @person AND (NOT (a.shared) OR a.moderation <> 0 OR p.is_silenced))) AND a.source_id = ANY (@ids)
GROUP BY a.source_id;

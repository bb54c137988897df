SELECT c1."Id", c1."IsOfPerson"
FROM (
    SELECT c.id AS "Id", FALSE AS "IsOfPerson"
    FROM change AS c
    WHERE c.source_id = @sourceId AND (c.seen_before = 'World' OR c.seen_after = 'World' OR ((c.seen_before = 'Group' OR c.seen_after = 'Group') AND (c.group_id = ANY (@reads) OR (c.group_id IS NULL AND array_position(@reads, NULL) IS NOT NULL))) OR ((c.seen_before = 'Moderators' OR c.seen_after = 'Moderators') AND (c.group_id = ANY (@moderates) OR (c.group_id IS NULL AND array_position(@moderates, NULL) IS NOT NULL))) OR (c.author_id = @person AND (c.seen_before = 'Author' OR c.seen_after = 'Author' OR c.seen_before = 'Moderators' OR c.seen_after = 'Moderators')))
    ORDER BY c.id DESC
    LIMIT @p
) AS c1
UNION ALL
SELECT c2."Id", c2."IsOfPerson"
FROM (
    SELECT c0.id AS "Id", TRUE AS "IsOfPerson"
    FROM change AS c0
    WHERE c0.kind = 'Person'
    ORDER BY c0.id DESC
    LIMIT @p5
) AS c2;

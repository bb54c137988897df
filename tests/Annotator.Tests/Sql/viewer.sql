SELECT s0.is_administrator, s0.security_stamp, s0.lockout_end, s0.rights_version, s0.id, s0.id0, s.id
FROM (
    SELECT a.is_administrator, a.security_stamp, a.lockout_end, p.rights_version, a.id, p.id AS id0
    FROM account AS a
    INNER JOIN person AS p ON a.id = p.id
    WHERE a.id = @id
    LIMIT 1
) AS s0
LEFT JOIN session AS s ON s0.id = s.person_id
ORDER BY s0.id, s0.id0;

SELECT m.group_id AS "GroupId", m.role AS "Role", g.kind AS "Kind"
FROM membership AS m
INNER JOIN "group" AS g ON m.group_id = g.id
WHERE m.person_id = @personId
ORDER BY m.group_id;

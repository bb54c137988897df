SELECT a.is_administrator, a.security_stamp, a.lockout_end, p.rights_version
FROM account AS a
INNER JOIN person AS p ON a.id = p.id
WHERE a.id = @id
LIMIT 1;

SELECT m.group_id AS "GroupId", m.role AS "Role", g.kind AS "Kind"
FROM membership AS m
INNER JOIN "group" AS g ON m.group_id = g.id
WHERE m.person_id = @personId
ORDER BY m.group_id;

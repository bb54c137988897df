SELECT s.id, s.created, s.name, s.person_id, s.query
FROM saved_search AS s
WHERE s.person_id = @person
ORDER BY s.name, s.id;

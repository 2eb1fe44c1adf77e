-- People by name, with their roles and practices; no address, and nothing that lets anybody in.
WITH roles AS (
    SELECT user_id, string_agg(name, ', ') AS names
    FROM (
        SELECT m.user_id, g.name
        FROM auth_user_groups AS m JOIN auth_group AS g ON g.id = m.group_id
        ORDER BY m.user_id, g.name
    ) AS sorted
    GROUP BY user_id
),
practices AS (
    SELECT user_id, string_agg(practice, ', ') AS names, string_agg(led, ', ') AS led
    FROM (
        SELECT user_id, practice, CASE WHEN is_lead THEN practice END AS led
        FROM practice_memberships
        ORDER BY user_id, practice
    ) AS sorted
    GROUP BY user_id
)
SELECT
    u.id AS person_id, -- What assigned_sa_id, actor_id and the like of the other views refer to.
    coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username) AS name, -- The full name, or the user name where there is none; a pseudonym after erasure.
    u.is_active AS is_active, -- False once the account is closed.
    coalesce(r.names, '') AS roles, -- Separated by commas.
    coalesce(p.names, '') AS practices, -- Those they belong to, as the CRM names them, separated by commas.
    coalesce(p.led, '') AS leads -- The practices among them that they lead.
FROM auth_user AS u
LEFT JOIN roles AS r ON r.user_id = u.id
LEFT JOIN practices AS p ON p.user_id = u.id

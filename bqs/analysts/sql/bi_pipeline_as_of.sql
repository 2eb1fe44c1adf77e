-- The open pipeline as it was at a moment: what BQS knew by then, neither closed nor removed.
-- A field was what its first change after the moment calls old; without one it was what it is now.
CREATE FUNCTION bi_pipeline_as_of(moment timestamptz)
RETURNS TABLE (
    opportunity_id bigint, remote_id varchar, opty_number varchar, name varchar, customer varchar,
    practice varchar, geo varchar, sector varchar, deal_value numeric, currency varchar,
    win_probability numeric, stage varchar, crm_status varchar, sales_owner varchar,
    close_date date, workflow_status varchar, decision varchar, priority varchar, bid_due_on date,
    assigned_sa_id integer, assigned_sa text
)
LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
    WITH later AS (
        SELECT c.opportunity_id, c.field, to_jsonb(c.old) AS old, c.changed_at AS at, c.change_id AS id
        FROM bi_changes AS c
        WHERE c.changed_at > moment
        UNION ALL
        SELECT e.opportunity_id, 'workflow_status', to_jsonb(e.from_status), e.happened_at, e.event_id
        FROM bi_events AS e
        WHERE e.happened_at > moment AND e.from_status <> e.to_status
        UNION ALL
        SELECT e.opportunity_id, d.field, d.pair -> 0, e.happened_at, e.event_id
        FROM bi_events AS e CROSS JOIN LATERAL (
            SELECT CASE key WHEN 'assigned_sa' THEN 'assigned_sa_id' ELSE key END,
                -- Of an account that was gone before events named people by id, a name is left.
                CASE WHEN key = 'assigned_sa' AND jsonb_typeof(value -> 0) <> 'number' THEN '[null]' ELSE value END
            FROM jsonb_each(e.changes)
            WHERE key IN ('assigned_sa', 'decision', 'priority', 'bid_due_on')
        ) AS d (field, pair)
        WHERE e.happened_at > moment
    ),
    first AS (
        SELECT DISTINCT ON (l.opportunity_id, l.field) l.*
        FROM later AS l
        ORDER BY l.opportunity_id, l.field, l.at, l.id
    ),
    former AS (
        SELECT f.opportunity_id, jsonb_object_agg(f.field, f.old) AS fields
        FROM first AS f
        GROUP BY f.opportunity_id
    )
    SELECT
        was.opportunity_id, was.remote_id, was.opty_number, was.name, was.customer,
        was.practice, was.geo, was.sector, was.deal_value, was.currency,
        was.win_probability, was.stage, was.crm_status, was.sales_owner,
        was.close_date, was.workflow_status, was.decision, was.priority, was.bid_due_on,
        was.assigned_sa_id, p.name
    FROM bi_opportunities AS o
    LEFT JOIN former AS f ON f.opportunity_id = o.opportunity_id
    CROSS JOIN LATERAL jsonb_populate_record(o, coalesce(f.fields, '{}')) AS was
    LEFT JOIN bi_people AS p ON p.person_id = was.assigned_sa_id
    WHERE o.first_seen_at <= moment
        AND was.workflow_status <> 'CLOSED_IN_CRM' AND was.removed_in_crm_at IS NULL
$$

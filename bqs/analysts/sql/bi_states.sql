-- Each stay of an opportunity in a state; the present one has no end.
WITH entries AS (
    SELECT opportunity_id, to_status AS state, happened_at, event_id, actor_id, actor, action
    FROM bi_events
    WHERE from_status <> to_status AND opportunity_id IS NOT NULL
    UNION ALL
    -- The state that it came with: the one its first move left.
    SELECT o.id, coalesce(
        (
            SELECT e.from_status FROM opportunity_events AS e
            WHERE e.remote_id = o.remote_id AND e.from_status <> e.to_status
            ORDER BY e.at, e.id LIMIT 1
        ), o.workflow_status), o.first_seen_at, 0, NULL, NULL, ''
    FROM opportunities AS o
),
stays AS (
    SELECT *, lead(happened_at) OVER (PARTITION BY opportunity_id ORDER BY event_id) AS left_at
    FROM entries
)
SELECT
    s.opportunity_id AS opportunity_id, -- Of bi_opportunities.
    s.state AS state, -- A value of workflow_status.
    s.happened_at AS entered_at, -- When it came into the state.
    s.left_at AS left_at, -- When it left it; empty while it lasts.
    s.action AS action, -- What brought it here, such as ASSIGN, CLOSE_FROM_CRM or UNDO; blank for the state it came with.
    s.actor_id AS actor_id, -- Who brought it here; empty for the sync.
    s.actor AS actor -- Their name.
FROM stays AS s
-- A mirror that was read anew has events from before it saw the opportunity for the first time.
WHERE s.left_at IS NULL OR s.left_at >= s.happened_at

-- What people did with an opportunity, and what the sync made of a change; comments without their text.
SELECT
    e.id AS event_id, -- Grows in the order of writing.
    o.id AS opportunity_id, -- Empty where the opportunity is not in the mirror any more.
    e.remote_id, -- The CRM's id of the opportunity.
    e.at AS happened_at, -- When it was done.
    e.action, -- What was done, such as ASSIGN, SUBMIT or COMMENT; docs/workflow.md has the transitions.
    e.from_status, -- The state before; a value of workflow_status.
    e.to_status, -- The state after.
    e.reason_code,
    e.actor_id, -- Who did it, of bi_people; empty for the sync.
    p.name AS actor, -- Their name.
    e.on_behalf_of_id, -- For whom, of bi_people, where somebody else did it.
    e.channel,
    e.changes -- JSON, field -> [old, new]; people by id.
FROM opportunity_events AS e
LEFT JOIN opportunities AS o ON o.remote_id = e.remote_id
LEFT JOIN bi_people AS p ON p.person_id = e.actor_id

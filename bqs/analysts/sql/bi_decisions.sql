-- Each decision, with a mark on those that were undone at once.
WITH followed AS (
    SELECT d.id, (
        SELECT e.action FROM opportunity_events AS e
        WHERE e.remote_id = o.remote_id AND e.at > d.decided_at AND e.action <> 'COMMENT'
        ORDER BY e.at, e.id LIMIT 1
    ) AS action
    FROM assessment_decisions AS d
    JOIN opportunities AS o ON o.id = d.opportunity_id
)
SELECT
    d.id AS decision_id, -- Grows with each decision.
    d.opportunity_id, -- Of bi_opportunities.
    d.assessment_id, -- The version it stands on, of bi_assessments; empty where it was decided without scoring.
    d.action, -- What decided it, such as APPROVE or QUICK_NO_BID.
    d.outcome,
    d.recommendation,
    d.is_override,
    d.reason_code,
    d.reason, -- In the words of who decided.
    d.decided_by_id, -- Of bi_people.
    p.name AS decided_by, -- The name.
    d.first_approved_by_id, -- Who gave the first of two approvals, of bi_people.
    d.decided_at,
    coalesce(f.action, '') = 'UNDO' AS is_undone -- Taken back by who made it: leave it out of counts.
FROM assessment_decisions AS d
JOIN followed AS f ON f.id = d.id
LEFT JOIN bi_people AS p ON p.person_id = d.decided_by_id

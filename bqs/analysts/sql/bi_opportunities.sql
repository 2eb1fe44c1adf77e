-- Each opportunity as it is now, also closed and removed ones.
SELECT
    o.id AS opportunity_id, -- The id in BQS, by which the views are joined.
    o.remote_id,
    o.opty_number,
    o.name,
    o.customer,
    o.practice,
    o.geo,
    o.sector,
    o.deal_value,
    o.currency,
    o.win_probability,
    o.stage,
    o.crm_status,
    o.crm_outcome,
    o.sales_owner,
    o.close_date,
    o.crm_created_at,
    o.crm_updated_at,
    o.extra,
    o.first_seen_at, -- When a sync brought it first.
    o.last_synced_at,
    o.removed_in_crm_at, -- When a sync found that the CRM no longer shows it; empty while it does.
    o.removal_reason,
    o.workflow_status,
    o.status_entered_at, -- When it came into this state; bi_states has the earlier ones.
    o.assigned_sa_id, -- Of bi_people.
    p.name AS assigned_sa, -- The name of the assigned SA.
    o.priority,
    o.bid_due_on,
    o.due_at,
    o.hold_review_on,
    o.score,
    o.best_case, -- The score if all that is unknown turned out well.
    o.band, -- The band that the score is in.
    o.recommendation, -- What the score recommends: BID, CONDITIONAL or NO_BID.
    o.decision,
    o.is_unscored_decision,
    o.needs_requalification,
    o.is_reopened,
    o.assigned_at, -- When the assigned SA got it.
    o.first_assessment_at, -- When the first answer was saved.
    o.submitted_at, -- When it was last submitted.
    o.decided_at -- When it was decided; empty again after a re-qualification.
FROM opportunities AS o
LEFT JOIN bi_people AS p ON p.person_id = o.assigned_sa_id

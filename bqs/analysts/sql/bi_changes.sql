-- What the CRM changed in an opportunity, a row for each field; what people do is in bi_events.
SELECT
    c.id AS change_id, -- Grows in the order of writing.
    c.opportunity_id, -- Of bi_opportunities.
    c.field, -- A column of bi_opportunities, or extra. and the CRM's name of a further attribute.
    c.old, -- As text: times in UTC, amounts plain; empty where there was none.
    c.new, -- As text, too.
    c.at AS changed_at, -- When BQS stored it.
    c.sync_log_id AS run_id, -- The run of the sync; empty after a refresh of this one, or once the run's record was deleted for its age.
    s.sync_type AS run_type -- FULL or INCREMENTAL.
FROM opportunity_changes AS c
LEFT JOIN sync_logs AS s ON s.id = c.sync_log_id

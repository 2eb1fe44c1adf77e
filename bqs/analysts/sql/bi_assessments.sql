-- Each version of an assessment, drafts too; scores are there once it is submitted.
SELECT
    a.id AS assessment_id, -- By which answers and decisions refer to it.
    a.opportunity_id, -- Of bi_opportunities.
    a.version_no,
    a.status,
    t.code AS template, -- The code of the template; the same in all its versions.
    t.version AS template_version, -- The version of the template.
    a.assessor_id, -- The SA whose it is, of bi_people; each answer names its own author.
    p.name AS assessor, -- The name of the SA whose it is.
    a.score,
    a.best_case,
    a.unknown_share,
    a.band,
    a.recommendation,
    a.sa_recommendation,
    a.sa_reason,
    a.confidence,
    a.answered,
    a.unknown,
    a.total,
    a.bid_effort_days,
    a.bid_cost,
    a.bid_cost_currency,
    a.customer_deadline_on,
    a.created_at,
    a.submitted_at,
    a.submitted_by_id -- Of bi_people.
FROM assessments AS a
JOIN assessment_templates AS t ON t.id = a.template_id
LEFT JOIN bi_people AS p ON p.person_id = a.assessor_id

-- Each answer of an assessment: ratings of criteria, and replies to knock-out checks.
WITH answers AS (
    SELECT
        'CRITERION' AS question_kind, n.assessment_id, g.code AS group_code, c.code, c.question,
        c.weight, c.is_gate, n.kind AS answer, n.rating, n.comment, n.author_id, n.answered_at,
        n.is_carried_over
    FROM assessment_answers AS n
    JOIN assessment_criteria AS c ON c.id = n.criterion_id
    JOIN assessment_criterion_groups AS g ON g.id = c.group_id
    UNION ALL
    SELECT
        'KNOCKOUT', n.assessment_id, NULL, k.code, k.text,
        NULL, NULL, n.reply, NULL, n.comment, n.author_id, n.answered_at,
        n.is_carried_over
    FROM assessment_knockout_answers AS n
    JOIN assessment_knockouts AS k ON k.id = n.knockout_id
)
SELECT
    n.assessment_id AS assessment_id, -- Of bi_assessments.
    a.opportunity_id, -- Of bi_opportunities.
    a.version_no,
    n.question_kind AS question_kind, -- CRITERION or KNOCKOUT.
    n.group_code AS group_code, -- The group of the criterion; empty for knock-out checks.
    n.code AS code, -- Of the criterion or check; the same in all versions of a template.
    n.question AS question, -- What was asked.
    n.weight AS weight, -- Of the criterion; all of a template total 100.
    n.is_gate AS is_gate, -- A bad rating caps the recommendation, whatever the total.
    n.answer AS answer, -- RATING, UNKNOWN or NA for a criterion; YES, NO or UNKNOWN for a check; blank while there is only a comment.
    n.rating AS rating, -- 0 to 5 where the answer is RATING.
    n.comment AS comment, -- In the author's words.
    n.author_id AS author_id, -- Who answered it last.
    n.answered_at AS answered_at, -- When they did.
    n.is_carried_over AS is_carried_over -- From an earlier qualification, and nobody has confirmed it since.
FROM answers AS n
JOIN assessments AS a ON a.id = n.assessment_id

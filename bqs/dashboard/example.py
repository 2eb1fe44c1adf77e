"""What the dashboard looks like, for the API's documentation."""

BOUNDS = {
    "decided_from": ["2026-11-01T00:00:00Z"],
    "decided_before": ["2026-11-25T00:00:00Z"],
}


def figure(name: str, label: str, count: int, **narrowed: list[str]) -> dict[str, object]:
    return {"name": name, "label": label, "count": count, "filter": {"geo": ["EMEA"], **narrowed}}


NEW = figure("NEW", "New", 12, workflow_status=["NEW"])
VALUES = [
    {
        "currency": "EUR",
        "value": "3400000.00",
        "count": 12,
        "filter": {"geo": ["EMEA"], "workflow_status": ["NEW"], "currency": ["EUR"]},
    }
]
ANSWERED = {
    **figure("2026-06-01", "First answers", 40, first_answer=["late", "in_time"]),
    "late": figure("late", "Late", 4, first_answer=["late"]),
    "in_time_percent": "90.0",
    "median_days": "0.8",
    "nine_of_ten_days": "1.9",
}
DASHBOARD = {
    "synced_at": "2026-11-24T00:00:09Z",
    "period": {"first": "2026-06-01", "last": "2026-11-24"},
    "summary": {
        "figures": [figure("total", "All opportunities", 812)],
        "open_value": VALUES,
        "average_win_probability": "41.5",
    },
    "my_work": [figure("overdue", "Overdue", 2, tab=["my_queue"], overdue=["true"])],
    "attention": [figure("hold", "Hold to be reviewed", 3, attention_reason=["hold"])],
    "pipeline": [{**NEW, "values": VALUES}],
    "first_assessment": {"target_days": 2.0, "whole": ANSWERED, "weeks": [ANSWERED]},
    "age": [figure("NEW", "0-2 days", 9, workflow_status=["NEW"], age=["0-2"])],
    "load": {
        "limit": 8,
        "people": [
            {
                **figure("3", "Ada Lovelace", 5, tab=["in_assessment"], assigned_sa=["3"]),
                "steps": [figure("ASSIGNED", "Assigned", 2, workflow_status=["ASSIGNED"])],
                "overdue": figure("overdue", "Overdue", 1, overdue=["true"]),
            }
        ],
    },
    "decisions": [
        {
            **figure("2026-11", "2026-11", 7, decision=["BID", "CONDITIONAL", "NO_BID"], **BOUNDS),
            "outcomes": [{**figure("BID", "Bid", 4, decision=["BID"], **BOUNDS), "values": VALUES}],
            "overrides": figure("overrides", "Against the computed recommendation", 1, **BOUNDS),
            "unscored": figure("unscored", "Without scoring", 2, unscored=["true"], **BOUNDS),
            "override_percent": "20.0",
        }
    ],
    "practice_and_geo": [
        {
            **figure("Cloud / EMEA", "Cloud / EMEA", 12, practice=["Cloud"], removed=["false"]),
            "values": VALUES,
            "practice": "Cloud",
            "geo": "EMEA",
            "average_score": "64.2",
        }
    ],
    "scores": [figure("70", "70-79.9", 9, score_min=["70"], score_below=["80"])],
    "deadlines": [
        {
            **figure("2026-11-23", "Bids due", 4, bid_due_from=["2026-11-23"]),
            "undecided": figure("2026-11-23", "Undecided", 3, bid_due_from=["2026-11-23"]),
        }
    ],
    "win_rate": [
        {
            **figure("HIGH", "62.5 % of 8", 8, deciding_band=["HIGH"], crm_outcome=["WON", "LOST"]),
            "won": figure("won", "Won", 5, deciding_band=["HIGH"], crm_outcome=["WON"]),
            "lost": figure("lost", "Lost", 3, deciding_band=["HIGH"], crm_outcome=["LOST"]),
            "percent": "62.5",
        }
    ],
    "criteria": [
        {
            **figure("COMP", "Competitive position", 31, rated=["COMP"]),
            "average": "2.35",
            "by_practice": [
                {
                    **figure("COMP", "Competitive position", 12, rated=["COMP"]),
                    "practice": "Cloud",
                    "average": "2.10",
                }
            ],
        }
    ],
    "no_bid_reasons": [
        {
            **figure("NO_TIME", "No competent answer possible by the deadline", 6),
            "percent": "60.0",
            "percent_so_far": "60.0",
        }
    ],
    "coverage": {
        "limits": {"EUR": "100000.00"},
        "closed": figure("closed", "Closed in CRM", 20, tab=["closed"]),
        "decided": figure("decided", "Decided before", 15, tab=["closed"]),
        "bypassed": figure("bypassed", "Never decided", 5, tab=["closed"], decision=["NONE"]),
        "percent": "75.0",
    },
    "funnel": [
        {
            **figure("submitted", "Submitted", 30, reached=["submitted"]),
            "percent_of_all": "12.0",
            "percent_of_former": "75.0",
            "median_days": "3.5",
        }
    ],
}

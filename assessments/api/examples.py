"""What assessments and decisions look like, for the API's documentation."""

from typing import Any

from opportunities.api.examples import OPPORTUNITY

ADA = {"id": "3", "name": "Ada Lovelace"}
GRACE = {"id": "2", "name": "Grace Lead"}
FACTS = {name: OPPORTUNITY[name] for name in ("opty_number", "name", "deal_value", "currency")}
ANSWER = {
    "kind": "RATING",
    "rating": 4,
    "comment": "",
    "author": ADA,
    "on_behalf_of": None,
    "answered_at": "2026-11-20T09:10:00Z",
    "is_carried_over": False,
}
REPLY = {"reply": "YES", **{name: ANSWER[name] for name in list(ANSWER)[2:]}}
SAVE = {
    "lock_version": 7,
    "answers": {"NEED": {"kind": "RATING", "rating": 4}, "FUND": {"kind": "UNKNOWN"}},
    "knockouts": {"TIME": {"reply": "YES"}},
    "recorded": {"confidence": "MEDIUM"},
}
CONTENT: dict[str, Any] = {
    "code": "standard",
    "version": 1,
    "name": "Standard bid qualification",
    "practice": "",
    "na_weight_limit": 20,
    "shortest_comment": 10,
    "longest_comment": 1500,
    "commented_ratings": [0, 1, 5],
    "is_comment_per_group": True,
    "groups": [
        {
            "code": "A",
            "name": "Is it real?",
            "criteria": [
                {
                    "code": "NEED",
                    "name": "Need and urgency",
                    "question": "How urgent is it?",
                    "why": "",
                    "weight": 8,
                    "is_gate": False,
                    "anchors": {"3": "Need and target date stated by the customer"},
                }
            ],
        }
    ],
    "knockouts": [{"code": "TIME", "text": "A competent answer can be ready in time"}],
    "bands": [
        {
            "code": "HIGH",
            "start": "70.0",
            "end": "100.0",
            "recommendation": "BID",
            "feedback": "Worth the bid budget.",
        }
    ],
    "caps": [{"trigger": "KNOCKOUT_NO", "threshold": "0.0", "caps_at": "NO_BID"}],
}
SCORING = {
    "score": "65.6",
    "best_case": "74.0",
    "group_scores": {"A": "68.9"},
    "unknown_share": "8.0",
    "band": "MIDDLE",
    "recommendation": "CONDITIONAL",
    "caps": [],
    "answered": 11,
    "unknown": 1,
    "total": 11,
}
VERSION = {
    "id": "41",
    "version_no": 2,
    "status": "SUBMITTED",
    "template_id": "1",
    "assessor": ADA,
    "created_at": "2026-11-19T10:05:00Z",
    "score": "65.6",
    "best_case": "74.0",
    "band": "MIDDLE",
    "recommendation": "CONDITIONAL",
    "sa_recommendation": "CONDITIONAL",
    "confidence": "MEDIUM",
    "answered": 11,
    "unknown": 1,
    "total": 11,
    "submitted_at": "2026-11-20T09:30:00Z",
    "submitted_by": ADA,
    "mirror_synced_at": "2026-11-20T00:00:09Z",
    "lock_version": 8,
}
VERSION_DETAIL = {
    **VERSION,
    "sa_reason": "",
    "bid_effort_days": "12.0",
    "bid_cost": None,
    "bid_cost_currency": "",
    "customer_deadline_on": "2027-02-15",
    "competitors": [{"name": "Contoso", "strength": "Incumbent", "weakness": ""}],
    "sales_owner_view": "",
    "open_risks": "",
    "lessons": "",
    "crm_snapshot": FACTS,
    "answers": {"NEED": ANSWER},
    "knockouts": {"TIME": REPLY},
    "scoring": SCORING,
    "content": CONTENT,
    "review_comments": [],
}
DRAFT = {
    "draft": {**VERSION_DETAIL, "status": "DRAFT", "score": None, "submitted_at": None},
    "content": CONTENT,
    "lock_version": 8,
    "problems": [{"field": "FUND.answer", "code": "incomplete", "detail": "Rate FUND."}],
}
COMPARISON = {
    "older": VERSION,
    "newer": VERSION,
    "before": SCORING,
    "after": SCORING,
    "change": "1.6",
    "rounding": "0.0",
    "criteria": [
        {
            "code": "NEED",
            "name": "Need and urgency",
            "before": {"value": "3", "comment": ""},
            "after": {"value": "4", "comment": ""},
            "points": "1.6",
            "direction": "up",
        }
    ],
    "knockouts": [],
    "recorded": {"confidence": ["LOW", "MEDIUM"]},
}
CONDITION = {
    "id": "5",
    "text": "Partner signs the teaming agreement",
    "owner": ADA,
    "due_on": "2027-01-15",
    "state": "OPEN",
    "reason": "",
    "settled_by": None,
    "settled_at": None,
    "may_settle": ["MET"],
}
DECISION = {
    "id": "12",
    "action": "APPROVE_WITH_CONDITIONS",
    "outcome": "CONDITIONAL",
    "version_no": 2,
    "recommendation": "CONDITIONAL",
    "is_override": False,
    "reason_code": "",
    "reason": "",
    "decided_by": GRACE,
    "first_approved_by": None,
    "decided_at": "2026-11-21T08:00:00Z",
    "crm_snapshot": FACTS,
    "mirror_synced_at": "2026-11-21T00:00:09Z",
    "conditions": [CONDITION],
}
RECORD = {
    "number": "OPTY-4711",
    "name": "Network renewal, 40 branches",
    "customer": "Northwind Bank",
    "facts": [["Value", "EUR 1,250,000"]],
    "facts_as_of": "21 Nov 2026, 08:00 UTC",
    "mirror": "21 Nov 2026, 00:00 UTC",
    "decision": None,
    "scored": None,
    "conditions": [],
    "history": [],
    "printed": "24 Nov 2026, 10:00 UTC",
}
REASONS = {
    "no_bid": [{"code": "NO_TIME", "label": "No competent answer possible by the deadline"}],
    "override": [{"code": "NEW_FACTS", "label": "Facts that came up after the scoring"}],
}
TEMPLATE = {
    "id": "1",
    "code": "standard",
    "version": 1,
    "name": "Standard bid qualification",
    "practice": "",
    "status": "ACTIVE",
    "activated_at": "2026-11-01T00:00:00Z",
    "retired_at": None,
}
TEMPLATE_DETAIL = {**TEMPLATE, "content": CONTENT}

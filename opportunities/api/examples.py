"""What an opportunity looks like, for the API's documentation."""

OPPORTUNITY = {
    "id": "17",
    "remote_id": "300000001234567",
    "opty_number": "OPTY-4711",
    "name": "Network renewal, 40 branches",
    "customer": "Northwind Bank",
    "practice": "Infrastructure",
    "geo": "EMEA",
    "deal_value": "1250000.00",
    "currency": "EUR",
    "win_probability": "60.00",
    "stage": "03 - Building Vision",
    "crm_status": "OPEN",
    "sales_owner": "Grace Hopper",
    "close_date": "2027-03-31",
    "crm_created_at": "2026-08-03T09:12:00Z",
    "crm_updated_at": "2026-11-20T16:45:10Z",
    "extra": {"Segment_c": "Banking"},
    "workflow_status": "ASSIGNED",
    "assigned_sa": {"id": "3", "name": "Ada Lovelace"},
    "sa_notes": "Incumbent's contract ends in June.",
    "status_before_close": None,
    "first_seen_at": "2026-08-04T00:00:12Z",
    "last_synced_at": "2026-11-21T00:00:09Z",
    "removed_in_crm_at": None,
    "removal_reason": None,
}
LATEST_CHANGES = [
    {
        "field": "win_probability",
        "old": "40.00",
        "new": "60.00",
        "at": "2026-11-21T00:00:09Z",
        "sync_id": "112",
    }
]
OPPORTUNITY_DETAIL = {**OPPORTUNITY, "latest_changes": LATEST_CHANGES}

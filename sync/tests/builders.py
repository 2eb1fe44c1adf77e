"""What Oracle sends, built from what a test is about."""

from itertools import count
from typing import Any

_ids = count(300_000_000_000_100, 7)


def oracle_item(**overrides: Any) -> dict[str, Any]:
    """One full, valid item of Oracle's list; without an OptyId it gets one of its own."""
    opty_id = overrides.get("OptyId") or next(_ids)
    return {
        "OptyId": opty_id,
        "OptyNumber": f"N-{opty_id}",
        "Name": "SAP S/4HANA migration – Stadtwerke Nürnberg",
        "TargetPartyId": 100_000_000_000_017,
        "TargetPartyName": "Stadtwerke Nürnberg",
        "Revenue": 250_000,
        "CurrencyCode": "EUR",
        "WinProb": 50,
        "SalesStage": "04 - Presentation",
        "StatusCode": "OPEN",
        "OwnerResourcePartyId": 100_000_000_007_919,
        "PartyName1": "Anna Müller",
        "EffectiveDate": "2026-12-15",
        "CreationDate": "2026-09-01T08:00:00+00:00",
        "LastUpdateDate": "2026-10-01T12:00:00+00:00",
        "Description": None,
        "Practice_c": "SAP",
        "Geo_c": "EMEA",
        "Sector_c": "Utilities",
        "DealType_c": "New business",
        "BidDueDate_c": None,
        **overrides,
    }


def own_names(practice: str = "", geo: str = "", sector: str = "") -> dict[str, str]:
    """Return what a tenant calls the three attributes that have a setting each."""
    return {
        "ORACLE_PRACTICE_FIELD": practice,
        "ORACLE_GEO_FIELD": geo,
        "ORACLE_SECTOR_FIELD": sector,
    }

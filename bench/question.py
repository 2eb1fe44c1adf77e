"""What every peer asks Oracle for, and which column it goes to. Needs neither Django nor BQS."""

import os
from collections.abc import Mapping

PAGE_SIZE = 500
CONNECTIONS = 4
LOGIN = ("simulator", "simulator")
HEADERS = {"Accept": "application/json", "REST-Framework-Version": "2"}
FINDER = "MyOpportunitiesFinder;RecordSet='ALLOPTIES'"

# Written down again, for the peers must not borrow our mapping; that all mirrors come out
# equal is checked after every first run.
COLUMN_OF: Mapping[str, str] = {
    "OptyId": "remote_id",
    "OptyNumber": "opty_number",
    "Name": "name",
    "TargetPartyName": "customer",
    "Revenue": "deal_value",
    "CurrencyCode": "currency",
    "WinProb": "win_probability",
    "SalesStage": "stage",
    "StatusCode": "crm_status",
    "PartyName1": "sales_owner",
    "EffectiveDate": "close_date",
    "CreationDate": "crm_created_at",
    "LastUpdateDate": "crm_updated_at",
    "Practice_c": "practice",
    "Geo_c": "geo",
    "Sector_c": "sector",
}
PARAMS: Mapping[str, str] = {
    "finder": FINDER,
    "onlyData": "true",
    "fields": ",".join(COLUMN_OF),
    "orderBy": "OptyId:asc",
}


def base_url() -> str:
    return f"{os.environ['ORACLE_BASE_URL']}/crmRestApi/resources/11.13.18.05"

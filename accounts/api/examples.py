"""What accounts look like, for the API's documentation."""

CREDENTIALS = {"username": "ada", "password": "correct horse battery"}
TOKEN_TEXT = {"token": "bqs_7s4Jm1o0q0R1b8yqk3u5F2n6t9w8x7y4z1a2b3c4d5e"}
TOKEN = {
    "id": "4",
    "name": "Weekly report",
    "beginning": "bqs_7s4J",
    "created_at": "2026-11-20T08:00:00Z",
    "expires_at": None,
    "last_used_at": "2026-11-24T06:00:00Z",
}
NEW_TOKEN = {**TOKEN, "last_used_at": None, **TOKEN_TEXT}
ME = {
    "id": "3",
    "username": "ada",
    "name": "Ada Lovelace",
    "email": "ada@bqs.example",
    "roles": ["SA"],
    "practices": ["Infrastructure"],
    "practices_led": [],
    "crm_owner_name": "",
    "rights": {
        "reads_all": False,
        "assign": False,
        "claim": True,
        "decide": False,
        "comment": True,
        "start_sync": False,
        "use_admin": True,
    },
}
SESSION = {"csrf_token": "pX9tq2Yc0kQk", "me": ME}
NO_SESSION = {"csrf_token": "pX9tq2Yc0kQk", "me": None}
PERSON = {
    "id": "3",
    "username": "ada",
    "name": "Ada Lovelace",
    "is_active": True,
    "roles": ["SA"],
    "practices": ["Infrastructure"],
    "load": {"open": 4, "overdue": 1},
}
VIEW = {
    "id": "9",
    "name": "Big ones in EMEA",
    "query": "geo=EMEA&deal_value_min=1000000&ordering=-deal_value",
    "columns": ["opty_number", "name", "deal_value", "due_at"],
    "is_shared": True,
    "is_default": False,
    "position": 0,
    "owner": {"id": "3", "name": "Ada Lovelace"},
    "is_mine": True,
    "lock_version": 2,
}
PREFERENCES = {"preferences": {"density": "compact", "theme": "dark"}}

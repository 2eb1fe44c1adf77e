"""The environment of the tests, set before settings are read: a developer's .env never leaks in.

Loaded by pytest.ini with -p; processes the tests start inherit it.
"""

import os

os.environ.setdefault("DATABASE_URL", "")
os.environ.update(
    SECRET_KEY="only for the tests",
    DEBUG="false",
    HTTPS_ONLY="false",
    TIME_ZONE="UTC",
    ORACLE_BASE_URL="http://127.0.0.1:9",
    ORACLE_USERNAME="simulator",
    ORACLE_PASSWORD="simulator",
    ORACLE_API_VERSION="11.13.18.05",
    ORACLE_FINDER="MyOpportunitiesFinder;RecordSet='ALLOPTIES'",
    ORACLE_PAGE_SIZE="500",
    ORACLE_TIMEOUT_S="5",
    ORACLE_MAX_ATTEMPTS="3",
    ORACLE_BACKOFF_S="0.01",
    ORACLE_PAGING="keyset",
    ORACLE_PRACTICE_FIELD="Practice_c",
    ORACLE_GEO_FIELD="Geo_c",
    ORACLE_SECTOR_FIELD="Sector_c",
    ORACLE_EXTRA_FIELDS="",
    ORACLE_CLOSED_STATUS_CODES="WON,LOST",
    NOTICES_IN_BACKGROUND="false",
    SYNC_SCHEDULE="0 0 * * *",
    LOGIN_THROTTLE="1000/min",
    API_THROTTLE="100000/min",
    SYNC_THROTTLE="1000/min",
    LOGIN_FAILURE_LIMIT="5",
    LOGIN_LOCK_MINUTES="15",
    API_MAX_BODY_BYTES="1000000",
)

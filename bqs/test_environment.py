"""Set the environment of the tests before settings are read, so that no .env leaks in.

Loaded by pytest.ini with -p; processes the tests start inherit it.
"""

import gc
import os
from pathlib import Path

from bqs import env

# What is collected stays to the end; to look through it for garbage took an eighth of the time.
gc.set_threshold(50_000, 20, 50)

env.load_defaults(Path(__file__).resolve().parent.parent / ".env.example")
# The one choice that whoever runs the tests makes.
blank = {name: "" for name in env.defaults if name != "DATABASE_URL"}
os.environ.update(blank)
os.environ.setdefault("DATABASE_URL", "")
os.environ.update(
    SECRET_KEY="only for the tests: abcdefghijklmnopqrstuvwxyz-0123456789",
    HTTPS_ONLY="false",
    # An empty one: no test looks at the crontab of whoever runs it, who may have none.
    CRONTAB_EXECUTABLE="/bin/true",
    CORS_ALLOWED_ORIGINS="http://localhost:5173",
    ORACLE_BASE_URL="http://127.0.0.1:9",
    ORACLE_USERNAME="simulator",
    ORACLE_PASSWORD="simulator",
    ORACLE_TIMEOUT_S="5",
    ORACLE_MAX_ATTEMPTS="3",
    ORACLE_BACKOFF_S="0.01",
    ACCOUNT_MAILS_IN_BACKGROUND="false",
    API_THROTTLE="100000/min",
    SYNC_THROTTLE="1000/min",
)

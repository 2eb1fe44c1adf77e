"""Settings, read top to bottom. Only the environment and BASE_DIR/.env decide what differs."""

import hashlib
import os
import sys
from pathlib import Path
from typing import Any

from corsheaders.defaults import default_headers
from django.core.management.utils import get_random_secret_key

from bqs import __version__, env, sentry
from bqs.admin_site.theme import UNFOLD  # noqa: F401 - a setting as well
from bqs.api.page import SERVED_HERE, SPECTACULAR_SETTINGS
from bqs.database import database
from bqs.metrics.folder import count_in
from opportunities.domain import policy
from sync.oracle.transport.config import AUTHS, PAGINGS

BASE_DIR = Path(__file__).resolve().parent.parent
# By absolute path: cron starts in another folder and with an empty environment.
env.load_defaults(BASE_DIR / ".env.example")
env.load(BASE_DIR / ".env")
# What we write (SQLite, logs, .env) is for our own user alone; files that are there stay as they
# are, and `manage.py check` names those that others can read.
os.umask(0o077)

VERSION = __version__
# What BQS writes begins here, so that the folder of the code can be read-only.
DATA_FOLDER = BASE_DIR / env.text("DATA_FOLDER")

# --- Core ---------------------------------------------------------------------------------
DEBUG = env.flag("DEBUG")
# Set by `manage.py demo`: every page then says that its data are made up.
DEMO = env.flag("DEMO")
if DEBUG:
    SECRET_KEY = env.secret("SECRET_KEY") or get_random_secret_key()
else:
    SECRET_KEY = env.secret_key("SECRET_KEY")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS")
# Below a host's path, such as /bqs; see bqs/web/prefix.py.
URL_PREFIX = env.url_prefix("URL_PREFIX")
FORCE_SCRIPT_NAME = URL_PREFIX or None
SPECTACULAR_SETTINGS["SERVERS"] = [{"url": f"{URL_PREFIX}/", "description": SERVED_HERE}]
ROOT_URLCONF = "bqs.urls"
WSGI_APPLICATION = "bqs.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    # Before the theme, some of whose templates it replaces.
    "bqs",
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.inlines",
    # The plain one finds every admin module at once, which a sync never needs; urls.py does.
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "corsheaders",
    "csp",
    "django_crontab",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "audit",
    "outbox",
    "opportunities",
    # After opportunities, whose effects on a transition come first.
    "assessments",
    "sync",
    "accounts",
    "notifications",
    # After accounts, which replaces its templates.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "bqs.middleware.request_id.RequestIdMiddleware",
    "bqs.health.middleware.HealthMiddleware",
    "opportunities.api.client_address.ClientAddressMiddleware",
    "audit.current_request.CurrentRequestMiddleware",
    "bqs.middleware.request_log.RequestLogMiddleware",
    # Before all that answers by itself, 304 and 413: another origin is to read that, too.
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "bqs.middleware.pages.PageHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "bqs.middleware.pages.ApiRequestMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "bqs.middleware.sound_requests.SoundRequestsMiddleware",
    "bqs.middleware.quiet_pulse.QuietPulseMiddleware",
    "bqs.middleware.statement_timeout.StatementTimeoutMiddleware",
    "bqs.middleware.sessions.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.sign_in.middleware.SessionRulesMiddleware",
    "accounts.sign_in.middleware.SignInMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.api.idempotency.IdempotencyMiddleware",
]
if DEMO:
    # Inside of what compresses pages.
    MIDDLEWARE.append("bqs.middleware.demo_mark.DemoMarkMiddleware")

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- Database -----------------------------------------------------------------------------
CONN_MAX_AGE_S = env.whole("DATABASE_CONN_MAX_AGE_S")
DATABASES = {
    "default": database("DATABASE_URL", f"sqlite:///{DATA_FOLDER / 'db.sqlite3'}", CONN_MAX_AGE_S)
}
# Of syncs, where DATABASE_URL leads through a connection pooler; see docs/operations.md.
SYNC_DATABASE = database("SYNC_DATABASE_URL", "", CONN_MAX_AGE_S)
# A pooler gives the session to others between two parts of what is read by a cursor.
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = bool(SYNC_DATABASE)

# --- Work for `manage.py worker`: see docs/decisions/0062 -----------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Counts -------------------------------------------------------------------------------
# See docs/decisions/0013: what is counted in "shared" is so by all server processes together.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "shared": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_counts",
    },
    # Of each process, 500 kB each at most; its settings are the same for as long as it lives.
    "figures": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "figures",
        "TIMEOUT": 600,
        "OPTIONS": {"MAX_ENTRIES": 50},
    },
}

# --- Words, numbers and times -------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = env.zone("TIME_ZONE")
USE_TZ = True
# No USE_THOUSAND_SEPARATOR: templates would write ids as "1,337". Counts have |intcomma.

# --- Static files: served by the application itself, so that there is no step to forget -----
STATIC_URL = f"{URL_PREFIX}/static/"
# No STATIC_ROOT to collect into: WhiteNoise would warn of the missing folder at every start.
WHITENOISE_USE_FINDERS = True
# What `npm run build` makes of frontend/. Where nobody has, the admin is the whole site.
FRONTEND = BASE_DIR / "frontend"
FRONTEND_DIST = FRONTEND / "dist"
STATICFILES_DIRS = [("app", FRONTEND_DIST)]
SILENCED_SYSTEM_CHECKS = ["staticfiles.W004", "security.W021"]
# Vite writes a hash of the content into a name, as index-Gv3ih3oL.js: never asked for again.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/app/assets/.+-[0-9A-Za-z_-]{8}\.\w+$"

# --- Safety -------------------------------------------------------------------------------
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
        "MinimumLengthValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[-1]["OPTIONS"] = {"min_length": 12}
HTTPS_ONLY = env.flag("HTTPS_ONLY", not DEBUG)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS_ONLY
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"{URL_PREFIX}/"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS_ONLY else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS_ONLY
# A list that browsers are shipped with, which one leaves after months: for the owner to say.
SECURE_HSTS_PRELOAD = HTTPS_ONLY and env.flag("HSTS_PRELOAD")
# Whose X-Forwarded-For and X-Forwarded-Proto are believed; see opportunities/api/client_address.py.
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")
if env.flag("BEHIND_HTTPS_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURITY_CONTACT = env.contact("SECURITY_CONTACT")

# Everything a page loads comes from this site; admin and docs are a little looser.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# --- Sign-in: the pages of django-allauth, see docs/decisions/0040 and 0041 -------------------
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = f"{URL_PREFIX}/"
AUTHENTICATION_BACKENDS = ["accounts.sign_in.delays.SlowedBackend"]
# A session ends after so long without a request, and after so long in any case.
SESSION_COOKIE_AGE = env.whole("SESSION_IDLE_MINUTES", least=1) * 60
SESSION_MAX_HOURS = env.whole("SESSION_MAX_HOURS", least=1)
PASSWORD_RESET_TIMEOUT = 3600
SECOND_FACTOR_ROLES = env.words("SECOND_FACTOR_ROLES")
ACCOUNT_ADAPTER = "accounts.sign_in.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]
ACCOUNT_SESSION_REMEMBER = True
# Guesses meet the one rule, in SlowedBackend and the forms of codes; these are no guesses.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None, "reauthenticate": None}
ACCOUNT_FORMS = {"login": "accounts.sign_in.pages.SignInForm"}
MFA_ADAPTER = "accounts.sign_in.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "BQS"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_FORMS = {
    "authenticate": "accounts.sign_in.second_factor.CodeForm",
    "reauthenticate": "accounts.sign_in.second_factor.CodeAgainForm",
}
USERSESSIONS_TRACK_ACTIVITY = True

# --- Single sign-on by OpenID Connect, see docs/single-sign-on.md -----------------------------
OIDC_ISSUER = env.web_address("OIDC_ISSUER")
OIDC_CLIENT_ID = env.text("OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = env.secret("OIDC_CLIENT_SECRET")
OIDC_NAME = env.text("OIDC_NAME")
OIDC_GROUPS_CLAIM = env.text("OIDC_GROUPS_CLAIM")
OIDC_ROLES = env.pairs("OIDC_ROLES")
OIDC_ONLY = env.flag("OIDC_ONLY")
OIDC_BREAK_GLASS = env.words("OIDC_BREAK_GLASS")
if OIDC_ISSUER.startswith("http:") and not DEBUG:
    env.fault("OIDC_ISSUER", "must begin with https:// unless DEBUG is on.")
if OIDC_ISSUER and not (OIDC_CLIENT_ID and OIDC_ROLES):
    env.fault("OIDC_ISSUER", "also needs OIDC_CLIENT_ID and OIDC_ROLES.")
if OIDC_ONLY and not OIDC_ISSUER:
    env.fault("OIDC_ONLY", "needs OIDC_ISSUER: nobody could sign in.")
SOCIALACCOUNT_ADAPTER = "accounts.sign_in.openid.flow.CompanyAccounts"
# By a link: browsers bind what a form leads to to this site.
SOCIALACCOUNT_LOGIN_ON_GET = True

# --- Attachments: outside of all that is served as files; see docs/operations.md --------------
ATTACHMENT_TYPES = env.choices("ATTACHMENT_TYPES")
ATTACHMENT_MAX_MB = env.whole("ATTACHMENT_MAX_MB", least=1, most=1_000)
ATTACHMENT_TOTAL_MB = env.whole("ATTACHMENT_TOTAL_MB", least=1)
ATTACHMENT_SCANNER = env.text("ATTACHMENT_SCANNER")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "attachments": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_FOLDER / env.text("ATTACHMENT_FOLDER")},
    },
}

# --- API ----------------------------------------------------------------------------------
VITE = "http://localhost:5173,http://127.0.0.1:5173"
CORS_ALLOWED_ORIGINS = env.web_addresses("CORS_ALLOWED_ORIGINS", VITE if DEBUG else "")
CSRF_TRUSTED_ORIGINS = CORS_ALLOWED_ORIGINS
CORS_ALLOW_CREDENTIALS = True
CORS_URLS_REGEX = r"^/api/.*$"
CORS_ALLOW_HEADERS = (
    *default_headers,
    *("idempotency-key", "if-none-match", "x-page-of", "x-request-id"),
)
CORS_EXPOSE_HEADERS = [
    *("Content-Disposition", "Date", "ETag", "Idempotent-Replayed", "Location", "Retry-After"),
    "X-Request-ID",
]
API_TOKEN_DAYS = env.whole("API_TOKEN_DAYS", least=1, most=3_650)
API_MAX_BODY_BYTES = env.whole("API_MAX_BODY_BYTES", least=1_000)
# A file with what a form puts around it.
UPLOAD_MAX_BYTES = ATTACHMENT_MAX_MB * 1_000_000 + 10_000
# Of an upload with an Idempotency-Key, too; for JSON see bqs/middleware/pages.py.
DATA_UPLOAD_MAX_MEMORY_SIZE = max(API_MAX_BODY_BYTES, UPLOAD_MAX_BYTES)

REST_FRAMEWORK = {
    # Token first: its challenge is what makes an anonymous call a 401 instead of a 403.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.tokens.tokens.ApiTokenAuthentication",
        "accounts.sign_in.sessions.BrowserSession",
    ],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PERMISSION_CLASSES": ["opportunities.api.rights.HoldsRight"],
    "DEFAULT_PARSER_CLASSES": ["bqs.middleware.json_bodies.SoundJsonParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "bqs.api.negotiation.AcceptNegotiation",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "DEFAULT_PAGINATION_CLASS": "opportunities.api.pagination.NumberedPages",
    "DEFAULT_SCHEMA_CLASS": "bqs.api.schema.RightsSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "opportunities.api.throttles.CallThrottle",
        "opportunities.api.throttles.SharedRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"user": env.rate("API_THROTTLE"), "sync": env.rate("SYNC_THROTTLE")},
    # REMOTE_ADDR, which ClientAddressMiddleware has put right.
    "NUM_PROXIES": 0,
    "EXCEPTION_HANDLER": "bqs.api.problems.answer_with_problem",
    "URL_FORMAT_OVERRIDE": None,
}

# --- Oracle: turned into an OracleConfig by sync/conf.py, read nowhere else -----------------
ORACLE_BASE_URL = env.web_address("ORACLE_BASE_URL")
ORACLE_USERNAME = env.text("ORACLE_USERNAME")
ORACLE_PASSWORD = env.secret("ORACLE_PASSWORD")
ORACLE_AUTH = env.choice("ORACLE_AUTH", AUTHS)
ORACLE_TOKEN_URL = env.web_address("ORACLE_TOKEN_URL")
ORACLE_CLIENT_ID = env.text("ORACLE_CLIENT_ID")
ORACLE_CLIENT_SECRET = env.secret("ORACLE_CLIENT_SECRET")
ORACLE_SCOPE = env.text("ORACLE_SCOPE")
ORACLE_TOKEN_FILE = env.text("ORACLE_TOKEN_FILE")
ORACLE_CA_BUNDLE = env.text("ORACLE_CA_BUNDLE")
ORACLE_PROXY = env.web_address("ORACLE_PROXY", "http://host:port or http://user:password@host:port")
ORACLE_API_VERSION = env.text("ORACLE_API_VERSION")
ORACLE_FINDER = env.optional("ORACLE_FINDER")
ORACLE_PAGE_SIZE = env.whole("ORACLE_PAGE_SIZE", least=1, most=500)
ORACLE_TIMEOUT_S = env.number("ORACLE_TIMEOUT_S", least=0.1)
ORACLE_MAX_ATTEMPTS = env.whole("ORACLE_MAX_ATTEMPTS", least=1)
ORACLE_BACKOFF_S = env.number("ORACLE_BACKOFF_S")
ORACLE_PAGING = env.choice("ORACLE_PAGING", PAGINGS)
ORACLE_CONCURRENCY = env.whole("ORACLE_CONCURRENCY", least=1)
ORACLE_UI_URL = env.web_address("ORACLE_UI_URL")
ORACLE_ATTRIBUTES = env.text("ORACLE_ATTRIBUTES")
ORACLE_PRACTICE_FIELD = env.optional("ORACLE_PRACTICE_FIELD")
ORACLE_GEO_FIELD = env.optional("ORACLE_GEO_FIELD")
ORACLE_SECTOR_FIELD = env.optional("ORACLE_SECTOR_FIELD")
ORACLE_EXTRA_FIELDS = env.words("ORACLE_EXTRA_FIELDS")
EXTRA_COLUMNS = env.labels("EXTRA_COLUMNS", ORACLE_EXTRA_FIELDS, "ORACLE_EXTRA_FIELDS")
EXTRA_FILTERS = env.labels("EXTRA_FILTERS", ORACLE_EXTRA_FIELDS, "ORACLE_EXTRA_FIELDS")
ORACLE_CLOSED_STATUS_CODES = env.words("ORACLE_CLOSED_STATUS_CODES")
ORACLE_OPEN_STATUS_CODES = env.words("ORACLE_OPEN_STATUS_CODES")
ORACLE_WON_STATUS_CODES = env.words("ORACLE_WON_STATUS_CODES")
ORACLE_LOST_STATUS_CODES = env.words("ORACLE_LOST_STATUS_CODES")
ORACLE_CANCELLED_STATUS_CODES = env.words("ORACLE_CANCELLED_STATUS_CODES")
ORACLE_SHOWS_OPEN_ONLY = env.flag("ORACLE_SHOWS_OPEN_ONLY")

# --- Sync ---------------------------------------------------------------------------------
SYNC_OVERLAP_S = env.whole("SYNC_OVERLAP_S")
SYNC_FULL_EVERY_DAYS = env.whole("SYNC_FULL_EVERY_DAYS")
SYNC_FOLLOW_RESTS = env.optional_schedule("SYNC_FOLLOW_RESTS")
SYNC_LOCK_TIMEOUT_S = env.number("SYNC_LOCK_TIMEOUT_S", least=0.1)
SYNC_REMOVAL_LIMIT = env.whole("SYNC_REMOVAL_LIMIT")
SYNC_REMOVAL_LIMIT_PERCENT = env.number("SYNC_REMOVAL_LIMIT_PERCENT")
SYNC_QUESTION_LIMIT = env.whole("SYNC_QUESTION_LIMIT")
SYNC_HISTORY_DAYS = env.whole("SYNC_HISTORY_DAYS", least=1)
FEED_DAYS = env.whole("FEED_DAYS", least=1)
SYNC_STALE_HOURS = env.number("SYNC_STALE_HOURS", least=1)
SYNC_OLD_HOURS = env.number("SYNC_OLD_HOURS", least=1)

# --- Qualification ------------------------------------------------------------------------
RESTRICT_VISIBILITY = env.flag("RESTRICT_VISIBILITY")
ROLE_CHANGES_NEED_TWO = env.flag("ROLE_CHANGES_NEED_TWO")
# Limits, clocks and habits: LEAD_LIMITS and its like.
globals().update({name: env.read(name, each.reader) for name, each in policy.FIELDS.items()})
# Within this time each process learns what administrators decide instead.
POLICY_FRESH_S = 5.0
EXPORT_MAX_ROWS = env.whole("EXPORT_MAX_ROWS", least=1)
EXPORTS_AT_ONCE = env.whole("EXPORTS_AT_ONCE", least=1)
# Of one statement of a request, on PostgreSQL; 0: none.
LIST_TIMEOUT_S = env.number("LIST_TIMEOUT_S")
ADMIN_TIMEOUT_S = env.number("ADMIN_TIMEOUT_S")
EXPORT_TIMEOUT_S = env.number("EXPORT_TIMEOUT_S")
REQUEST_TIMEOUT_S = env.number("REQUEST_TIMEOUT_S")

# --- E-mail -------------------------------------------------------------------------------
ACCOUNT_MAILS_IN_BACKGROUND = env.flag("ACCOUNT_MAILS_IN_BACKGROUND")
WEBHOOK_ALLOW_PRIVATE = env.flag("WEBHOOK_ALLOW_PRIVATE")
SITE_URL = env.web_address("SITE_URL")
if not SITE_URL.endswith(URL_PREFIX):
    env.fault("SITE_URL", f"is {SITE_URL!r}: end it with URL_PREFIX, {URL_PREFIX}.")
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = env.whole("EMAIL_PORT", least=1, most=65_535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = env.whole("EMAIL_TIMEOUT_S", least=1)
DEFAULT_FROM_EMAIL = env.mail_address("DEFAULT_FROM_EMAIL")
ALERT_TO = env.mail_addresses("ALERT_TO")

# --- Audit: where the head of the seals is written once a day, outside the database ---------
SEAL_HEADS_FILE = env.text("SEAL_HEADS_FILE")
SEAL_HEADS_MAIL = env.mail_addresses("SEAL_HEADS_MAIL")

# --- Schedule: django-crontab, installed by `manage.py schedule add` ------------------------
# Of this environment even where the web server is the program that runs.
PYTHON_EXECUTABLE = str(Path(sys.prefix) / "bin" / "python3")
SYNC_SCHEDULE = env.schedule("SYNC_SCHEDULE")
SYNC_JOB_LOG = DATA_FOLDER / env.text("SYNC_JOB_LOG")
CRONJOBS = [
    (SYNC_SCHEDULE, "sync.schedule.cron.nightly_sync"),
    ("* * * * *", "outbox.working.work_in_batch"),
    ("* * * * *", "audit.cron.seal_trail"),
    ("*/5 * * * *", "bqs.alarms.watch.watch"),
]
# Unique for this checkout: jobs are found by this comment, and another project on the
# machine with the same comment would remove ours.
CRONTAB_COMMENT = f"bqs {hashlib.sha256(str(BASE_DIR).encode()).hexdigest()[:8]}"
CRONTAB_EXECUTABLE = env.text("CRONTAB_EXECUTABLE")
# As they are; sync/schedule/crontab.py quotes them for the shell and for cron.
CRONTAB_PYTHON_EXECUTABLE = PYTHON_EXECUTABLE
CRONTAB_DJANGO_MANAGE_PATH = str(BASE_DIR / "manage.py")
# No CRONTAB_LOCK_JOBS: it would not see a sync started by hand; sync/safety/lock.py does.

# --- Metrics: /metrics for Prometheus, see docs/monitoring.md --------------------------------
METRICS_TOKEN = env.secret("METRICS_TOKEN")
METRICS_ADDRESSES = env.networks("METRICS_ADDRESSES")
METRICS_FOLDER = DATA_FOLDER / env.text("METRICS_FOLDER")
if METRICS_TOKEN or METRICS_ADDRESSES:
    try:
        count_in(METRICS_FOLDER)
    except OSError as error:
        env.fault("METRICS_FOLDER", f"is no folder that BQS can write to: {error}")

# --- Logging ------------------------------------------------------------------------------
LOG_FORMAT = env.choice("LOG_FORMAT", ("text", "json"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} [{request_id}] {message}", "style": "{"},
        "json": {"()": "bqs.logs.JsonLine"},
        "bare": {"format": "{message}", "style": "{"},
    },
    "filters": {
        "request_id": {"()": "bqs.middleware.request_id.RequestIdFilter"},
        "secret_paths": {"()": "bqs.middleware.secret_paths.SecretPathFilter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if LOG_FORMAT == "json" else "line",
            "filters": ["request_id", "secret_paths"],
        },
        # A line of JSON each, for a system that watches; see docs/audit.md.
        "audit": {"class": "logging.StreamHandler", "formatter": "bare"},
    },
    "loggers": {
        "audit.events": {
            # A demo is watched by the person who started it.
            "handlers": [] if DEMO else ["audit"],
            "level": "INFO",
            "propagate": False,
        },
        "bqs.start": {"level": "INFO"},
        # A line for each request and each run, for the programs that read JSON.
        **{
            name: {"level": "INFO" if LOG_FORMAT == "json" else "NOTSET"}
            for name in ("bqs.requests", "sync.runs")
        },
    },
    "root": {"handlers": ["console"], "level": env.log_level("LOG_LEVEL")},
}

# Errors, without what they are about: see bqs/sentry.py.
if SENTRY_DSN := env.web_address("SENTRY_DSN", "https://key@host/project"):
    sentry.begin(SENTRY_DSN, VERSION, env.text("SENTRY_ENVIRONMENT"))

# --- Admin --------------------------------------------------------------------------------
# Dates are shown as 31 Mar 2027 and typed as 2027-03-31, in both settings: by the first the
# theme's calendar writes them, by the second the theme reads them.
FORMAT_MODULE_PATH = ["bqs.formats"]
DATE_INPUT_FORMATS = ["%Y-%m-%d"]

env.refuse_faults()

"""Settings, read top to bottom. Only the environment and BASE_DIR/.env decide what differs."""

import hashlib
import sys
from datetime import timedelta
from pathlib import Path

import dj_database_url
from corsheaders.defaults import default_headers
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from bqs import env
from bqs.theme import UNFOLD  # noqa: F401 - a setting as well

BASE_DIR = Path(__file__).resolve().parent.parent
# By absolute path: cron starts in another folder and with an empty environment.
env.load(BASE_DIR / ".env")

# --- Core ---------------------------------------------------------------------------------
DEBUG = env.flag("DEBUG")
# Set by `manage.py demo`: the admin then says that its data are made up.
DEMO = env.flag("DEMO")
SECRET_KEY = env.secret("SECRET_KEY") or (get_random_secret_key() if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Put a long random text into the environment or into "
        f"{BASE_DIR / '.env'}, for example from: "
        "python -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
ROOT_URLCONF = "bqs.urls"
WSGI_APPLICATION = "bqs.wsgi.application"
ASGI_APPLICATION = "bqs.asgi.application"
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
    "axes",
    "corsheaders",
    "csp",
    "django_crontab",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "opportunities",
    # After opportunities, whose effects on a transition come first.
    "assessments",
    "sync",
    "accounts",
]

MIDDLEWARE = [
    "bqs.request_id.RequestIdMiddleware",
    # Before all that answers by itself, 304 and 413: another origin is to read that, too.
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "bqs.middleware.LooserCspMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "bqs.middleware.ApiCachingMiddleware",
    "bqs.middleware.ApiPreconditionMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "bqs.middleware.ApiTrailingSlashMiddleware",
    "bqs.middleware.ApiBodyLimitMiddleware",
    "bqs.sound_requests.SoundRequestsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # As it asks, after all that lets nobody in: it answers in place of a view that locked
    # somebody out.
    "axes.middleware.AxesMiddleware",
    "accounts.api.idempotency.IdempotencyMiddleware",
]

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
DATABASES = {
    "default": dj_database_url.parse(
        env.secret("DATABASE_URL") or f"sqlite:///{BASE_DIR / 'db.sqlite3'}",
        conn_max_age=env.whole("DATABASE_CONN_MAX_AGE_S", 60),
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Readers go on while a sync writes (WAL), and a writer waits for its turn instead of
    # failing half-way through a transaction that began as a read (IMMEDIATE).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # PostgreSQL overrates subqueries that mostly find nothing: compiling the dashboard's queries
    # took ten times as long as running them.
    # A connection's options take the place of PGOPTIONS, so what that has is kept.
    options = f"-c jit=off {env.text('PGOPTIONS', '')}".rstrip()
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", options)

# --- Counts -------------------------------------------------------------------------------
# See docs/decisions/0013: what is counted in "shared" is so by all server processes together.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "shared": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_counts",
    },
}

# --- Words, numbers and times -------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = env.text("TIME_ZONE", "UTC")
USE_TZ = True
# No USE_THOUSAND_SEPARATOR: templates would write ids as "1,337". Counts have |intcomma.

# --- Static files: served by the application itself, so that there is no step to forget -----
STATIC_URL = "static/"
# No STATIC_ROOT to collect into: WhiteNoise would warn of the missing folder at every start.
WHITENOISE_USE_FINDERS = True
# What `npm run build` makes of frontend/. Where nobody has, the admin is the whole site.
FRONTEND = BASE_DIR / "frontend"
FRONTEND_DIST = FRONTEND / "dist"
STATICFILES_DIRS = [("app", FRONTEND_DIST)]
SILENCED_SYSTEM_CHECKS = ["staticfiles.W004"]
# Vite writes a hash of the content into a name, as index-Gv3ih3oL.js: never asked for again.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/app/assets/.+-[0-9A-Za-z_-]{8}\.\w+$"

# --- Safety -------------------------------------------------------------------------------
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
HTTPS_ONLY = env.flag("HTTPS_ONLY", not DEBUG)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS_ONLY
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS_ONLY else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS_ONLY
if env.flag("BEHIND_HTTPS_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
LOGIN_URL = "admin:login"

# Failed log-ins, of admin and API alike, are counted for each user name and address together.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = env.whole("LOGIN_FAILURE_LIMIT", 10, least=1)
AXES_COOLOFF_TIME = timedelta(minutes=env.whole("LOGIN_LOCK_MINUTES", 15, least=1))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_CLIENT_IP_CALLABLE = "accounts.lockout.client_address"
AXES_LOCKOUT_CALLABLE = "accounts.lockout.locked_out"

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

# --- API ----------------------------------------------------------------------------------
CORS_ALLOWED_ORIGINS = env.words(
    "CORS_ALLOWED_ORIGINS", "http://localhost:5173,http://127.0.0.1:5173"
)
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
API_MAX_BODY_BYTES = env.whole("API_MAX_BODY_BYTES", 1_000_000, least=1_000)
DATA_UPLOAD_MAX_MEMORY_SIZE = max(API_MAX_BODY_BYTES, 2_621_440)

REST_FRAMEWORK = {
    # Token first: its challenge is what makes an anonymous call a 401 instead of a 403.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.tokens.ApiTokenAuthentication",
        "accounts.sessions.BrowserSession",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["bqs.json_bodies.SoundJsonParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "bqs.negotiation.AcceptNegotiation",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "DEFAULT_PAGINATION_CLASS": "bqs.pagination.NumberedPages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "opportunities.api.throttles.CallThrottle",
        "opportunities.api.throttles.SharedRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "user": env.text("API_THROTTLE", "1200/min"),
        "sync": env.text("SYNC_THROTTLE", "10/min"),
        "login": env.text("LOGIN_THROTTLE", "10/min"),
    },
    # Whose tries are counted: else everybody could pass for somebody else by a header.
    "NUM_PROXIES": 1 if env.flag("BEHIND_HTTPS_PROXY") else 0,
    "EXCEPTION_HANDLER": "bqs.problems.answer_with_problem",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "BQS, the bid qualification system",
    "DESCRIPTION": "Sales opportunities mirrored from Oracle CRM, and what people decide on them.",
    "OAS_VERSION": "3.1.0",
    "VERSION": "1.0.0",
    "SERVERS": [{"url": "/", "description": "The site that this schema was read from."}],
    # No PATCH leaves out what its body requires: each view reads the whole body.
    "COMPONENT_SPLIT_PATCH": False,
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "bqs.api_description.describe_all",
    ],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "WorkflowStatus": "opportunities.workflow.WorkflowStatus",
        "RunStatus": "sync.models.SyncStatus",
        "WorkflowAction": "opportunities.workflow.Action",
        "AskedFor": "opportunities.workflow.Ask",
        "SyncTrigger": "sync.models.Trigger",
        "CapTrigger": "assessments.rules.CapTrigger",
        "Recommendation": "assessments.rules.Recommendation",
        "AssessmentStatus": "assessments.models.AssessmentStatus",
        "TemplateStatus": "assessments.models.TemplateStatus",
    },
    # The docs page loads nothing from outside.
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "validatorUrl": None},
}

# --- Oracle: turned into an OracleConfig by sync/conf.py, read nowhere else -----------------
ORACLE_BASE_URL = env.text("ORACLE_BASE_URL")
ORACLE_USERNAME = env.text("ORACLE_USERNAME")
ORACLE_PASSWORD = env.secret("ORACLE_PASSWORD")
ORACLE_API_VERSION = env.text("ORACLE_API_VERSION", "11.13.18.05")
ORACLE_FINDER = env.text("ORACLE_FINDER", "MyOpportunitiesFinder;RecordSet='ALLOPTIES'")
ORACLE_PAGE_SIZE = env.whole("ORACLE_PAGE_SIZE", 500, least=1)
ORACLE_TIMEOUT_S = env.number("ORACLE_TIMEOUT_S", 90, least=0.1)
ORACLE_MAX_ATTEMPTS = env.whole("ORACLE_MAX_ATTEMPTS", 5, least=1)
ORACLE_BACKOFF_S = env.number("ORACLE_BACKOFF_S", 1)
ORACLE_PAGING = env.text("ORACLE_PAGING", "keyset")
ORACLE_CONCURRENCY = env.whole("ORACLE_CONCURRENCY", 4, least=1)
ORACLE_UI_URL = env.text("ORACLE_UI_URL")
ORACLE_PRACTICE_FIELD = env.text("ORACLE_PRACTICE_FIELD", "Practice_c")
ORACLE_GEO_FIELD = env.text("ORACLE_GEO_FIELD", "Geo_c")
ORACLE_SECTOR_FIELD = env.text("ORACLE_SECTOR_FIELD", "Sector_c")
ORACLE_EXTRA_FIELDS = env.words("ORACLE_EXTRA_FIELDS")
ORACLE_CLOSED_STATUS_CODES = env.words("ORACLE_CLOSED_STATUS_CODES", "WON,LOST")
ORACLE_OPEN_STATUS_CODES = env.words("ORACLE_OPEN_STATUS_CODES", "OPEN")
ORACLE_WON_STATUS_CODES = env.words("ORACLE_WON_STATUS_CODES", "WON")
ORACLE_LOST_STATUS_CODES = env.words("ORACLE_LOST_STATUS_CODES", "LOST")
ORACLE_CANCELLED_STATUS_CODES = env.words("ORACLE_CANCELLED_STATUS_CODES", "NO_SALE,CANCELLED")

# --- Sync ---------------------------------------------------------------------------------
SYNC_OVERLAP_S = env.whole("SYNC_OVERLAP_S", 600)
SYNC_REMOVAL_LIMIT = env.whole("SYNC_REMOVAL_LIMIT", 20)
SYNC_REMOVAL_LIMIT_PERCENT = env.number("SYNC_REMOVAL_LIMIT_PERCENT", 5)
SYNC_HISTORY_DAYS = env.whole("SYNC_HISTORY_DAYS", 365, least=1)
SYNC_STALE_HOURS = env.number("SYNC_STALE_HOURS", 26, least=1)
SYNC_OLD_HOURS = env.number("SYNC_OLD_HOURS", 50, least=1)

# --- Qualification ------------------------------------------------------------------------
NARROW_VISIBILITY = env.flag("NARROW_VISIBILITY")
CLAIMING = env.flag("CLAIMING", True)
CLAIM_LIMITS = env.amounts("CLAIM_LIMITS", "EUR:250000,USD:250000,GBP:200000,CHF:250000")
LEAD_LIMITS = env.amounts("LEAD_LIMITS", "EUR:1000000,USD:1000000,GBP:850000,CHF:1000000")
DECISION_WANTED_FROM = env.amounts(
    "DECISION_WANTED_FROM", "EUR:100000,USD:100000,GBP:85000,CHF:100000"
)
SECOND_APPROVAL_LIMITS = env.amounts("SECOND_APPROVAL_LIMITS")
CLOCK_ASSIGN_DAYS = env.number("CLOCK_ASSIGN_DAYS", 1)
CLOCK_FIRST_ANSWER_DAYS = env.number("CLOCK_FIRST_ANSWER_DAYS", 2)
CLOCK_SUBMIT_DAYS = env.number("CLOCK_SUBMIT_DAYS", 5)
CLOCK_DECIDE_DAYS = env.number("CLOCK_DECIDE_DAYS", 2)
HOLIDAYS = env.dates("HOLIDAYS")
MATERIAL_VALUE_PERCENT = env.number("MATERIAL_VALUE_PERCENT", 20)
MATERIAL_CLOSE_DATE_DAYS = env.whole("MATERIAL_CLOSE_DATE_DAYS", 30)
SALES_STAGES = env.words("SALES_STAGES")
ATTENTION_DAYS = env.whole("ATTENTION_DAYS", 5)
ORPHAN_DAYS = env.whole("ORPHAN_DAYS", 30)
SA_LOAD_LIMIT = env.whole("SA_LOAD_LIMIT", 8, least=1)
EXPORT_MAX_ROWS = env.whole("EXPORT_MAX_ROWS", 100_000, least=1)

# --- E-mail -------------------------------------------------------------------------------
NOTICES = env.words(
    "NOTICES", "assignment,decline,return,decision,no-bid,re-qualification,reopened"
)
# Off where `manage.py send_notices --watch` runs beside the site.
NOTICES_IN_BACKGROUND = env.flag("NOTICES_IN_BACKGROUND", True)
SITE_URL = env.text("SITE_URL", "http://localhost:8000").rstrip("/")
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = env.whole("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = env.whole("EMAIL_TIMEOUT_S", 10, least=1)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "bqs@localhost")

# --- Schedule: django-crontab, installed by `manage.py schedule add` ------------------------
# Of this environment even where the web server is the program that runs.
PYTHON_EXECUTABLE = str(Path(sys.prefix) / "bin" / "python3")
SYNC_SCHEDULE = env.text("SYNC_SCHEDULE", "0 0 * * *")
SYNC_JOB_LOG = BASE_DIR / env.text("SYNC_JOB_LOG", "logs/sync.log")
CRONJOBS = [
    (SYNC_SCHEDULE, "sync.cron.nightly_sync"),
    ("*/5 * * * *", "opportunities.cron.send_notices"),
]
# Unique for this checkout: jobs are found by this comment, and another project on the
# machine with the same comment would remove ours.
CRONTAB_COMMENT = f"bqs {hashlib.sha256(str(BASE_DIR).encode()).hexdigest()[:8]}"
CRONTAB_EXECUTABLE = env.text("CRONTAB_EXECUTABLE", "/usr/bin/crontab")
# As they are; sync/schedule.py quotes them for the shell and for cron.
CRONTAB_PYTHON_EXECUTABLE = PYTHON_EXECUTABLE
CRONTAB_DJANGO_MANAGE_PATH = str(BASE_DIR / "manage.py")
# No CRONTAB_LOCK_JOBS: it would not see a sync that somebody started by hand; sync/lock.py does.

# --- Logging ------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} [{request_id}] {message}", "style": "{"}
    },
    "filters": {"request_id": {"()": "bqs.request_id.RequestIdFilter"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
}

# --- Admin --------------------------------------------------------------------------------
# Dates are shown as 31 Mar 2027 and typed as 2027-03-31, in both settings: by the first the
# theme's calendar writes them, by the second the theme reads them.
FORMAT_MODULE_PATH = ["bqs.formats"]
DATE_INPUT_FORMATS = ["%Y-%m-%d"]
# Where one lands who opens the login page itself; the theme's page names no other place.
LOGIN_REDIRECT_URL = "admin:index"

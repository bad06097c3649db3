"""Production settings, complete: what changes from one place to another comes typed from the environment."""

import sys
from pathlib import Path

import environ

from agglo.schedule import BEAT_SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()
# The environment wins over `.env`, which wins over what `bin/run` wrote about its embedded servers.
if (BASE_DIR / ".env").exists():
    env.read_env(str(BASE_DIR / ".env"))
VAR_DIR = Path(env.str("AGGLO_VAR", default=str(BASE_DIR / "var"))).resolve()
if (VAR_DIR / "agglo.env").exists():
    env.read_env(str(VAR_DIR / "agglo.env"))

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://localhost:8000")
SITE_NAME = env.str("SITE_NAME", default="Béthune-Bruay, Artois-Lys Romane")

INSTALLED_APPS = [
    "agglo.accounts.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "axes",
    "csp",
    "django_filters",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "django_tables2",
    "agglo.accounts",
    "agglo.charts",
    "agglo.figures",
    "agglo.opendata",
    "agglo.territory",
    "agglo.indicators",
    "projects",
    "employment",
    "agglo.portal",
]

MIDDLEWARE = [
    "agglo.portal.page_cache.PageCache",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "agglo.portal.unreadable.RefuseNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "agglo.accounts.gates.ClosedUnlessOpened",
    "agglo.accounts.attribution.AttributeWrites",
]

ROOT_URLCONF = "agglo.urls"
WSGI_APPLICATION = "agglo.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "builtins": ["agglo.charts.templatetags.dates"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "agglo.portal.context.site",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]

# PostgreSQL everywhere, tests and first start included: the ledger's rules live in its constraints, triggers.
DATABASES = {"default": env.db_url("DATABASE_URL", engine="django.db.backends.postgresql")}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Statements planned once a connection; not behind a pool that lends connections for one transaction.
DATABASE_PREPARED = env.bool("DATABASE_PREPARED", default=True)
# Names the program in pg_stat_activity, and in the audit trail where nobody in person made the change.
_program = " ".join([Path(sys.argv[0]).name, *(word for word in sys.argv[1:2] if word.isidentifier())])
DATABASES["default"].setdefault("OPTIONS", {})["application_name"] = f"agglo {_program}"[:63]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# How long an open page may be kept; 0 keeps none. A change of the ledger shows at once in any case.
PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", default=60)
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://agglo")}

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://localhost//")
if CELERY_BROKER_URL.startswith("filesystem://"):
    _queue = VAR_DIR / "queue"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue / "in"),
        "data_folder_out": str(_queue / "in"),
        "processed_folder": str(_queue / "processed"),
        "control_folder": str(_queue / "control"),
        "store_processed": False,
    }
# Touched by the worker every few seconds and by beat at each round; whoever watches reads how long ago.
WORKER_PULSE = VAR_DIR / "worker.pulse"
BEAT_PULSE = VAR_DIR / "beat.pulse"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = env.int("CELERY_TASK_TIME_LIMIT", default=3600)
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Europe/Paris"
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE
CELERY_BEAT_SCHEDULER = "agglo.celery:Ticking"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat")

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
# Where each role lands after signing in, when no page was asked for.
LANDING_PAGES = {"elected": "/elus/", "staff": "/equipe/", "reviewer": "/equipe/", "admin": "/equipe/"}
PASSWORD_RESET_TIMEOUT = 24 * 3600
AXES_FAILURE_LIMIT = env.int("LOGIN_FAILURE_LIMIT", default=5)
AXES_COOLOFF_TIME = 1
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# Trying again while locked out does not push the end of the wait further away: the page has just promised it.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "agglo.accounts.lockout.typed_address"
AXES_CLIENT_IP_CALLABLE = "agglo.accounts.lockout.client_ip"
AXES_LOCKOUT_CALLABLE = "agglo.accounts.lockout.refuse"
AXES_HANDLER = "agglo.accounts.lockout.TwoLimits"
AXES_VERBOSE = False
# Whoever watches the log may need the address that fails; the account stays out of it.
AXES_SENSITIVE_PARAMETERS = ["username"]
# A whole office shares one address: this second limit stops one password tried on every account.
LOGIN_FAILURE_LIMIT_PER_ADDRESS = env.int("LOGIN_FAILURE_LIMIT_PER_ADDRESS", default=50)
OTP_TOTP_ISSUER = SITE_NAME
OTP_ADMIN_HIDE_SENSITIVE_DATA = True

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "agglo.portal.stylesheet.OneStyleSheet"},
}
MEDIA_ROOT = VAR_DIR / "media"

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
# How many proxies of ours stand in front: with none, forwarded headers come from the visitor.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
# Subdomains belong to other services of the agglomération: this site does not decide for them.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = True
# The prefix makes browsers refuse a cookie set by a neighbouring host or over plain http.
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # gone with the browser window: a reader who only passed by the login keeps nothing
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="ne-pas-repondre@localhost")

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # The run ledger says what was asked of whom; one line per request would drown the rest.
    # Four lines for each successful login say nothing either; refusals are warnings and stay.
    "loggers": {name: {"level": "WARNING"} for name in ("httpx", "axes", "pikepdf")},
}

# Ours.
EPCI_CODE = env.str("EPCI_CODE", default="200072460")
EPCI_SIRET = env.str("EPCI_SIRET", default="")
OPENDATA_ARCHIVE = VAR_DIR / "archive"
OPENDATA_BASE_URLS = env.dict("OPENDATA_BASE_URLS", default={})
OPENDATA_ALLOWED_HOSTS = env.list("OPENDATA_ALLOWED_HOSTS", default=[])
OPENDATA_CONTACT = env.str("OPENDATA_CONTACT", default="contact@localhost")
# Seconds: how long a silent service is waited for, how long one answer may take in all, and the first pause
# between two tries. A worker that gives no sign of life for the length of its lease has its run taken up by
# another.
OPENDATA_READ_TIMEOUT = env.float("OPENDATA_READ_TIMEOUT", default=30.0)
OPENDATA_TOTAL_TIMEOUT = env.float("OPENDATA_TOTAL_TIMEOUT", default=900.0)
OPENDATA_UPLOAD_MAX_MB = env.int("OPENDATA_UPLOAD_MAX_MB", default=100)  # a file brought by hand
IMPORT_MAX_MB = env.int("IMPORT_MAX_MB", default=60)  # a file of many sites or projects
OPENDATA_RETRIES = env.int("OPENDATA_RETRIES", default=3)
OPENDATA_RETRY_PAUSE = env.float("OPENDATA_RETRY_PAUSE", default=1.0)
# Part of each pause between two requests that is kept: 0 against a mirror of one’s own.
OPENDATA_PACE = env.float("OPENDATA_PACE", default=1.0)
# How long a turn at a host with a quota may be waited for; further away, the run fails and is asked again.
OPENDATA_LONGEST_WAIT = env.float("OPENDATA_LONGEST_WAIT", default=120.0)
# Requests per host, on top of limits.py: OPENDATA_LIMITS=api.insee.fr=30/min,sdmx.oecd.org=60/h
OPENDATA_LIMITS = env.dict("OPENDATA_LIMITS", default={})
OPENDATA_LEASE_SECONDS = env.float("OPENDATA_LEASE_SECONDS", default=45.0)
# Our code of a dataset -> its name at Melodi, for the day Insee renames one.
MELODI_DATASETS = env.dict("MELODI_DATASETS", default={})
# The same for every other producer: our code of a dataset -> its identifier or file there.
OPENDATA_DATASETS = env.dict("OPENDATA_DATASETS", default={})
# Who is told, once, when data become late, fail or recover; and, by code of a dataset, of its producer or of
# what staff enter, who is told instead.
OPENDATA_OWNER = env.list("OPENDATA_OWNER", default=[])
OPENDATA_OWNERS = env.dict("OPENDATA_OWNERS", default={})
# What opens /sante/mesures: a token (Authorization: Bearer …), or networks it may be asked from.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
METRICS_FROM = env.list("METRICS_FROM", default=[])
# Key of the API Sirene; without it the dataset is declared and never asked.
INSEE_SIRENE_KEY = env.str("INSEE_SIRENE_KEY", default="")

DJANGO_TABLES2_TEMPLATE = "components/table.html"

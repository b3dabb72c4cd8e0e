"""Settings of the running district; everything that differs between places comes from the environment, see `env.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from lianfang.site.database import database
from lianfang.site.env import envbool, envint, envlist, envsecret, envtext

PACKAGE = Path(__file__).resolve().parent.parent
WEB = PACKAGE / "web"
VAR = Path(envtext("LIANFANG_VAR", "var")).resolve()

DEBUG = envbool("LIANFANG_DEBUG", False)
DEMO = envbool("LIANFANG_DEMO", False)
DISTRICT = envtext("LIANFANG_DISTRICT", "")
LIANFANG_PLAN = envtext("LIANFANG_PLAN", "demo-district")  # the pack in force until two people put another in force
LIANFANG_CLOSED_DAYS = envint("LIANFANG_CLOSED_DAYS", 14, least=1)  # how long a closed loop stays among what stands
# How many days records are kept after the last thing that happened to them; 0: for ever.
LIANFANG_KEEP_DAYS = {
    "persons": envint("LIANFANG_KEEP_PERSONS", 730),
    "notes": envint("LIANFANG_KEEP_NOTES", 730),
    "attachments": envint("LIANFANG_KEEP_ATTACHMENTS", 730),
    "files": envint("LIANFANG_KEEP_FILES", 90),
    "sent": envint("LIANFANG_KEEP_SENT", 30),
    "figures": envint("LIANFANG_KEEP_FIGURES", 730),
}
BASE_URL = envtext("LIANFANG_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
SECRET_KEY = envsecret("LIANFANG_SECRET", VAR / "secret")
ALLOWED_HOSTS = envlist("LIANFANG_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = envlist("LIANFANG_ORIGINS", "")

ROOT_URLCONF = "lianfang.site.urls"
WSGI_APPLICATION = "lianfang.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "lianfang.web",
    "lianfang.ledger",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "ninja",
    "procrastinate.contrib.django",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lianfang.web.account.language.chosen_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lianfang.web.account.session.session_limits",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted(WEB.glob("*/templates")),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "lianfang.web.parts.chrome.chrome",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "lianfang.web.parts.tags"],
        },
    },
]


# ------------------------------------------------------------------------------------------------ database


def _database_url() -> str:
    """The address given, else that of the PostgreSQL which comes along and lives in `var/`."""
    if given := envtext("LIANFANG_DATABASE_URL", ""):
        return given
    from lianfang.ledger.server import address

    return address(VAR)


DATABASES: dict[str, dict[str, Any]] = {"default": database(_database_url(), envint("LIANFANG_CONNECTIONS", 8))}


PROCRASTINATE_IMPORT_PATHS = [
    "lianfang.jobs.reevaluate",
    "lianfang.jobs.turn_of_time",
    "lianfang.jobs.nightly",
    "lianfang.jobs.reminders",
    "lianfang.jobs.propose_plan",
    "lianfang.jobs.what_if",
    "lianfang.jobs.intake",
]


# ------------------------------------------------------------------------------------------------ language and time

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [*sorted(WEB.glob("*/locale")), PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
# Plans count civil days at a fixed distance from UTC (docs/decisions/0005); such a zone is signed the other way.
TIME_ZONE = envtext("LIANFANG_TIME_ZONE", "Etc/GMT-8")


# ------------------------------------------------------------------------------------------------ static files

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [WEB / "static"]
# "live": straight from the package, for developing and tests; otherwise names that carry a digest and never go stale.
LIVE_STATIC = envbool("LIANFANG_LIVE_STATIC", DEBUG)
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = LIVE_STATIC
_MANIFEST = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _PLAIN if LIVE_STATIC else _MANIFEST},
}
MEDIA_ROOT = VAR / "media"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000


# ------------------------------------------------------------------------------------------------ signing in

AUTH_USER_MODEL = "ledger.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": _VALIDATION + "MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": _VALIDATION + "UserAttributeSimilarityValidator"},
    {"NAME": _VALIDATION + "CommonPasswordValidator"},
    {"NAME": _VALIDATION + "NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "account_login"

PROXIES = envint("LIANFANG_PROXIES", 0)  # how many proxies of our own stand before us and tell the visitor's address
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
ACCOUNT_ADAPTER = "lianfang.web.account.adapter.OfficeAccounts"
ACCOUNT_FORMS = {"login": "lianfang.web.account.forms.SignIn"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_SESSION_REMEMBER = True
# The lock-out below is by name and address together; these stop guessing one name from many addresses.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/m/ip,20/15m/key", "reauthenticate": "10/m/user"}

MFA_ADAPTER = "lianfang.web.account.adapter.OfficeFactors"
MFA_FORMS = {
    "add_webauthn": "lianfang.web.account.forms.AddPasskey",
    "authenticate": "lianfang.web.account.forms.OneTimeCode",
    "activate_totp": "lianfang.web.account.forms.FirstOneTimeCode",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "联防"
MFA_TOTP_TOLERANCE = 1  # office computers without a time server drift
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

AXES_FAILURE_LIMIT = envint("LIANFANG_WRONG_PASSWORDS", 5, least=1)
AXES_COOLOFF_TIME = envint("LIANFANG_LOCKED_MINUTES", 15, least=1) / 60  # in hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_USERNAME_CALLABLE = "lianfang.web.account.adapter.attempted_name"
AXES_CLIENT_IP_CALLABLE = "lianfang.web.account.adapter.visitor_address"
AXES_LOCKOUT_CALLABLE = "lianfang.web.account.views.locked"
AXES_VERBOSE = False

IDLE_MINUTES = envint("LIANFANG_IDLE_MINUTES", 30, least=1)
SESSION_COOKIE_AGE = envint("LIANFANG_SESSION_HOURS", 12, least=1) * 3600
SESSION_COOKIE_NAME = "lianfang_session"
CSRF_COOKIE_NAME = "lianfang_csrf"
CSRF_FAILURE_VIEW = "lianfang.web.parts.refusal.form_too_old"
USERSESSIONS_TRACK_ACTIVITY = False


# ------------------------------------------------------------------------------------------------ protection

# `id:secret` separated by commas: the first seals, all of them open.
LIANFANG_SEAL_KEYS = envsecret("LIANFANG_SEAL_KEYS", VAR / "seal-keys", lead="k1:").split(",")
LIANFANG_LOOKUP_KEY = envsecret("LIANFANG_LOOKUP_KEY", VAR / "lookup-key")
LIANFANG_SEAL_SUITE = envtext("LIANFANG_SEAL_SUITE", "aes-gcm")

HTTPS = envbool("LIANFANG_HTTPS", False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = envint("LIANFANG_HSTS_DAYS", 180) * 24 * 3600 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # the QR code of the second factor
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": envtext("LIANFANG_LOG", "INFO").upper()},
    "loggers": {"django.server": {"level": "WARNING"}, "procrastinate": {"level": "WARNING"}},
}

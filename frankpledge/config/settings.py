"""Settings of the site. One set: there is no production mode until accounts exist (see core/addresses.py)."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from frankpledge.config.database import database
from frankpledge.config.home import home_folder, secret_key
from frankpledge.core.addresses import LOOPBACK_HOSTS, refuse_beyond_loopback

refuse_beyond_loopback(os.environ)

BASE_DIR = Path(__file__).resolve().parent.parent.parent
FRANKPLEDGE_HOME = home_folder(os.environ, BASE_DIR)
SECRET_KEY = secret_key(FRANKPLEDGE_HOME)
DEBUG = False
ALLOWED_HOSTS = list(LOOPBACK_HOSTS)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "frankpledge.core",
    "frankpledge.incidents",
    "frankpledge.assessment",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "frankpledge.core.middleware.LoopbackOnly",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "frankpledge.core.middleware.FaultPages",
]
ROOT_URLCONF = "frankpledge.config.urls"
WSGI_APPLICATION = "frankpledge.config.wsgi.application"
# The rooms that have pages, in the order of the partnership's year: (words, address name, wants a partnership).
NAVIGATION = (
    ("Findings", "assessment:findings", True),
    ("Assessment", "assessment:editions", True),
    ("Data", "incidents:data", True),
    ("Your area", "incidents:areas", False),
)

# Seconds that a reader waits for a page before being told that it is still being made; None: as long as it takes.
FRANKPLEDGE_PATIENCE: float | None = 3.0

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["frankpledge.core.frame.frame"]},
    }
]
FORM_RENDERER = "frankpledge.core.forms.GovRenderer"

DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), FRANKPLEDGE_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "core.User"

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "Europe/London"
DATE_FORMAT = "j F Y"

# --- Browser assets: built at set-up by scripts/build_assets.py, then collected under names that change with them --
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
STATICFILES_DIRS = [folder for folder in (BASE_DIR / "build" / "assets",) if folder.is_dir()]
# Before set-up has collected them (a test run in a fresh checkout), files are found where they were built.
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").is_file()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "frankpledge.core.static_files.CollectedAssets"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

# --- What a browser may do with a page -----------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# The site is plain HTTP to this machine alone; nothing sets a cookie until accounts exist.
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

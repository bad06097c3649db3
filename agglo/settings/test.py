"""Settings of the test suite: fast hashes, nothing sent, the ledger may be emptied between tests."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests")
# Without an address given, `tests/conftest.py` starts a PostgreSQL for the run and puts its address here.
# Said before anything else is read, so that a run can never reach the database of `bin/run`.
STARTS_POSTGRESQL = "DATABASE_URL" not in os.environ
os.environ.setdefault("DATABASE_URL", "postgres:///agglo")

from .dev import *  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# The ledger refuses TRUNCATE; the test runner, and only it, says that it is maintaining the database.
DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c agglo.maintenance=on"
DATABASES["default"]["CONN_MAX_AGE"] = 0
# Tests look at what a page says now; those of the page cache switch it on.
PAGE_CACHE_SECONDS = 0
# Replaying servers set no limit: pauses between requests would only be waited for.
OPENDATA_PACE = 0

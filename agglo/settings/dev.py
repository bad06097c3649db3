"""Settings of a first start on one's own machine: plain http on localhost, nothing else loosened."""

from .base import *

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
DEBUG = env.bool("DEBUG", default=False)

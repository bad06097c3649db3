"""The production settings as a browser meets them: a process of its own, with nothing loosened."""

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ASK = """
import django, json
django.setup()
from django.test import Client
door = Client().get("/compte/connexion/", secure=True)
plain = Client().get("/compte/connexion/")
forged = Client().get("/compte/connexion/", headers={"x-forwarded-proto": "https"})
print(json.dumps({
    "plain": [plain.status_code, plain["Location"]],
    "behind a proxy": forged.status_code,
    "headers": dict(door.headers),
    "cookies": {name: dict(morsel) for name, morsel in door.cookies.items()},
}))
"""


def in_production(*command: str, **variables: str) -> subprocess.CompletedProcess:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "agglo.settings.base",
        "ALLOWED_HOSTS": "testserver",
    }
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # the browser tests set it for themselves
    environment |= {"SECRET_KEY": secrets.token_urlsafe(50), **variables}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def var(tmp_path_factory) -> str:
    """A folder where the static files stand ready, as pages expect them in production."""
    folder = str(tmp_path_factory.mktemp("var"))
    prepared = in_production("manage.py", "collectstatic", "--noinput", AGGLO_VAR=folder)
    assert prepared.returncode == 0, prepared.stderr
    return folder


def ask(var: str, **variables: str) -> dict:
    answer = in_production("-c", ASK, AGGLO_VAR=var, **variables)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout.splitlines()[-1])


def test_django_finds_nothing_to_warn_about():
    checked = in_production("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr


def test_the_door_is_shut_the_way_browsers_understand(var):
    answer = ask(var)
    assert answer["plain"] == [301, "https://testserver/compte/connexion/"]
    assert answer["behind a proxy"] == 200
    (name,) = answer["cookies"]
    cookie = answer["cookies"][name]
    assert name.startswith("__Host-")
    assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")
    headers = answer["headers"]
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_without_a_proxy_of_ours_a_forwarded_header_is_not_believed(var):
    assert ask(var, TRUSTED_PROXIES="0")["behind a proxy"] == 301


def test_no_page_is_served_without_a_secret(var):
    served = in_production("-c", ASK, AGGLO_VAR=var, SECRET_KEY="")
    assert served.returncode != 0
    assert "SECRET_KEY" in served.stderr

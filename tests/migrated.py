"""The database every test database is a copy of: migrated once, then kept as a dump while nothing changes.

Migrating takes some seconds, more than most runs of a few tests. What it depends on is hashed: every file of
every `migrations` folder, what they import of ours, the pinned packages.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".pytest_cache" / "migrated"
NAME = "agglo"
# What migrations import of ours and write into the database.
IMPORTED = ("agglo/accounts/audit.py", "agglo/created_together.py", "projects/search_parts.py")


def template(server) -> str:
    """Name of a migrated database of this embedded server."""
    dump = KEPT / f"{fingerprint()}.dump"
    if dump.exists():
        _run(server, "pg_restore", "--no-owner", f"--dbname={server.url(NAME)}", str(dump))
    else:
        env = {
            **os.environ,
            "DATABASE_URL": server.url(NAME),
            "DJANGO_SETTINGS_MODULE": "agglo.settings.test",
        }
        command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity=0"]
        subprocess.run(command, env=env, check=True)
        _keep(server, dump)
    return NAME


def fingerprint() -> str:
    """Differs once a migrated database may differ."""
    found = [
        path for room in ("agglo", "projects", "employment") for path in (ROOT / room).rglob("migrations/*")
    ]
    files = [*sorted(path for path in found if path.is_file()), *(ROOT / name for name in IMPORTED)]
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in files:
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _keep(server, dump: Path) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.iterdir():
        old.unlink(missing_ok=True)
    draft = dump.with_suffix(f".{os.getpid()}")
    _run(server, "pg_dump", "--format=custom", "--no-owner", f"--file={draft}", server.url(NAME))
    draft.replace(dump)


def _run(server, tool: str, *arguments: str) -> None:
    subprocess.run([str(server.binaries / tool), *arguments], check=True)

"""The var folder: who holds it, what is kept there, whether this version of the code was prepared."""

import fcntl
import hashlib
import os
import secrets
from pathlib import Path
from typing import IO

import environ

from .obstacles import Obstacle, check_folder

ROOT = Path(__file__).resolve().parent.parent.parent
CODE = ("agglo", "projects", "employment", "templates", "static", "requirements.txt")


class Folder:
    """Everything one running Agglo keeps: database, secret, queue, archive, accounts."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.secrets = self.path / "agglo.env"
        self.record = self.path / "running.json"
        self.prepared = self.path / "prepared"
        self.accounts = self.path / "demo-accounts.txt"
        self._lock: IO[str] | None = None

    @classmethod
    def chosen(cls) -> "Folder":
        """The one AGGLO_VAR names, in the environment or in `.env`, which is read here; else `var/`."""
        if (ROOT / ".env").exists():
            environ.Env.read_env(str(ROOT / ".env"))
        return cls(Path(os.environ.get("AGGLO_VAR") or ROOT / "var"))

    def environment(self) -> dict[str, str]:
        """What every program of this folder is started with; the environment given by the person wins."""
        env = {"DJANGO_SETTINGS_MODULE": "agglo.settings.dev", **os.environ}
        env |= {"AGGLO_VAR": str(self.path), "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)}
        # The preparation has checked the project; a worker that checks it again loads every page into memory.
        env["CELERY_SKIP_CHECKS"] = "1"
        env["PYTHONWARNINGS"] = "ignore::Warning:celery.platforms"  # says at length that one is root
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # a second start reads compiled modules: seconds less
        return env

    def open(self, address: str) -> None:
        """Take the folder for ourselves; the kernel frees the lock of a killed predecessor."""
        check_folder(self.path)
        self._lock = (self.path / "lock").open("a+")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._lock.seek(0)
            holder = self._lock.read().strip() or "un autre processus"
            raise Obstacle(
                f"Agglo tourne déjà dans {self.path} ({holder}) : arrêtez-le d’abord, "
                "ou donnez un autre dossier avec AGGLO_VAR."
            ) from error
        self._lock.truncate(0)
        self._lock.write(f"processus {os.getpid()}, {address}\n")
        self._lock.flush()
        for name in ("in", "processed", "control"):
            (self.path / "queue" / name).mkdir(parents=True, exist_ok=True)

    def keep_secrets(self, database_url: str | None) -> None:
        """Write `agglo.env`, readable by its owner only: the secret key, the database.s address."""
        known = dict(
            line.split("=", 1)
            for line in (self.secrets.read_text().splitlines() if self.secrets.exists() else [])
            if "=" in line and not line.startswith("#")
        )
        known.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
        known.pop("DATABASE_URL", None)
        if database_url:
            known["DATABASE_URL"] = database_url
        lines = ["# Écrit par bin/run ; l’environnement l’emporte sur ces lignes."]
        lines += [f"{name}={value}" for name, value in known.items()]
        draft = self.secrets.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write("\n".join(lines) + "\n")
        draft.replace(self.secrets)

    def is_prepared(self) -> bool:
        return self.prepared.exists() and self.prepared.read_text() == _version_of_the_code()

    def mark_prepared(self) -> None:
        self.prepared.write_text(_version_of_the_code())

    def forget_prepared(self) -> None:
        self.prepared.unlink(missing_ok=True)


def _version_of_the_code() -> str:
    """Changes as soon as a file of the application is added, removed or edited; costs milliseconds."""
    digest = hashlib.sha256()
    for name in CODE:
        start = ROOT / name
        for path in sorted(start.rglob("*")) if start.is_dir() else [start]:
            if path.is_file() and "__pycache__" not in path.parts:
                about = path.stat()
                digest.update(f"{path.relative_to(ROOT)} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()

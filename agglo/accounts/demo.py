"""Demonstration accounts, one per role, with random passwords kept in one private file and nowhere else."""

import os
import secrets
from pathlib import Path

from .attribution import act_as
from .models import Delegation, User
from .roles import SECOND_FACTOR_REQUIRED, Role

PEOPLE = {
    Role.ELECTED: ("elu@demo.invalid", "Élu de démonstration"),
    Role.STAFF: ("agent@demo.invalid", "Agent de démonstration"),
    Role.REVIEWER: ("valideur@demo.invalid", "Valideur de démonstration"),
    Role.ADMIN: ("admin@demo.invalid", "Administrateur de démonstration"),
}
HEADING = (
    "Comptes de démonstration. Mots de passe tirés au hasard sur cette machine\u202f;"
    " ne pas utiliser en public."
)
SECOND_FACTOR = "demande un second facteur : il s’enregistre à la première connexion"


def ensure_demo_accounts(path: Path) -> str:
    """Creates what is missing and returns the text of `path`, mode 600; passwords that it holds are kept.

    An account that the file no longer mentions gets a new password.
    """
    kept = _read(path)
    passwords = {}
    with act_as(actor="demo_accounts"):
        for role, (email, name) in PEOPLE.items():
            user = User.objects.filter(email=email).first()
            if user and email in kept:
                passwords[email] = kept[email]
                continue
            passwords[email] = secrets.token_urlsafe(12)
            user = user or User(email=email, name=name, role=role)
            if role == Role.ELECTED and user.delegation is None:
                user.delegation, _ = Delegation.objects.get_or_create(
                    slug="demonstration", defaults={"name": "Délégation de démonstration"}
                )
            user.set_password(passwords[email])
            user.save()
        text = _text(passwords)
        if passwords != kept or not path.exists():
            _write(path, text)
    return text


def _text(passwords: dict[str, str]) -> str:
    lines = [HEADING]
    for role, (email, _) in PEOPLE.items():
        note = f"\t{SECOND_FACTOR}" if role in SECOND_FACTOR_REQUIRED else ""
        lines.append(f"{role.label}\t{email}\t{passwords[email]}{note}")
    return "\n".join(lines) + "\n"


def _read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return {row[1]: row[2] for row in rows if len(row) >= 3}


def _write(path: Path, text: str) -> None:
    """In one piece and never readable by others, even for an instant."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(text)
    draft.replace(path)

"""Where cleaned files lie: under their checksum, each once, whatever the number of updates that show it."""

import hashlib
from pathlib import Path

from django.conf import settings


def keep(body: bytes) -> str:
    """Writes it if it is not there yet, whole or not at all, and gives its SHA-256."""
    sha256 = hashlib.sha256(body).hexdigest()
    place = place_of(sha256)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_name(f".{sha256}.{id(body)}")
        draft.write_bytes(body)
        draft.replace(place)
    return sha256


def place_of(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "updates" / sha256[:2] / sha256


def all_kept() -> dict[str, Path]:
    """Every file there is, by checksum; half-written ones too, under their own name."""
    root = Path(settings.MEDIA_ROOT) / "updates"
    return {path.name: path for path in root.glob("??/*")}

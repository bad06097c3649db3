"""What is left of a file once it was read, checked and written anew."""

import hashlib
from dataclasses import dataclass


class Refused(ValueError):
    """Says in French why a file cannot be attached, and what to do instead."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`thumb` and the two lengths are a photo's."""

    body: bytes
    media_type: str
    extension: str
    thumb: bytes = b""
    width: int | None = None
    height: int | None = None

    @property
    def is_photo(self) -> bool:
        return bool(self.thumb)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()

"""Cheap questions that say whether a dataset changed, asked before it (`Declaration.modified`).

Each function makes a probe: door -> a text that differs when the source changed, None when it cannot be
said (the dataset is then fetched as usual).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agglo.opendata.door import Door

Probe = Callable[["Door"], str | None]


def entry(path: str, *ways: tuple[str, ...]) -> Probe:
    """A field of a JSON catalogue entry, by its keys; the first of `ways` that leads somewhere.

    `entry("catalog/DS_X", ("modified",))` for Melodi.
    """

    def modified(door: "Door") -> str | None:
        body = door.get(path, conditional=True, expect="json").json()
        for keys in ways:
            value = body
            for key in keys:
                value = value.get(key) if isinstance(value, dict) else None
            if isinstance(value, str | int) and str(value).strip():
                return str(value).strip()
        return None

    return modified


def ods(dataset: str, root: str = "api/explore/v2.1") -> Probe:
    """When an Opendatasoft portal last processed the data of a dataset, or else changed its entry."""
    default = ("metas", "default")
    return entry(f"{root}/catalog/datasets/{dataset}", (*default, "data_processed"), (*default, "modified"))


def file(path: str) -> Probe:
    """ETag or Last-Modified of a file, asked without its body (HEAD)."""

    def modified(door: "Door") -> str | None:
        headers = door.head(path)
        return headers.get("etag") or headers.get("last-modified")

    return modified

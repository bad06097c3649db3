"""What rooms above this one say on the page of a site: each declares it in its module `site_sections`.

@on_sites
def plans(site): return Section("plans", "Plans sociaux", [Row(…)])
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from projects.models import Site


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it is, where it leads, when, and a sentence."""

    what: str
    href: str = ""
    when: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """`key` is its anchor on the page; without rows it is not shown."""

    key: str
    title: str
    rows: list[Row] = field(default_factory=list)


_declared: list[Callable[[Site], Section]] = []


def on_sites(read: Callable[[Site], Section]) -> Callable[[Site], Section]:
    """Declares a section; declared twice, it is shown once."""
    if read not in _declared:
        _declared.append(read)
    return read


def sections_of(site: Site) -> list[Section]:
    return [found for found in (read(site) for read in _declared) if found.rows]

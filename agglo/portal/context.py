"""What every page of the site needs to draw its frame: name, menu, rooms of the person signed in."""

from functools import cached_property
from typing import NamedTuple

from django.conf import settings

MENU = (
    ("/indicateurs/", "Indicateurs"),
    ("/communes/", "Territoire"),
    ("/sites/", "Sites"),
    ("/projets/", "Projets"),
    ("/plans/", "Plans sociaux"),
    ("/sources/", "Sources"),
    ("/donnees/", "Données"),
)
ROOMS = (
    ("elected", "/elus/", "Espace élus"),
    ("staff", "/equipe/", "Espace équipe"),
    ("admin", "/admin/", "Administration"),
)


class Entry(NamedTuple):
    """One link of a menu; `current` is the value of aria-current, empty elsewhere."""

    href: str
    label: str
    current: str


def _entry(href: str, label: str, path: str) -> Entry:
    current = "page" if path == href else "true" if path.startswith(href) else ""
    return Entry(href, label, current)


class Site:
    """The frame of one page, worked out only when a template asks."""

    def __init__(self, request):
        self.request = request
        self.name = settings.SITE_NAME

    @cached_property
    def menu(self) -> list[Entry]:
        return [_entry(href, label, self.request.path) for href, label in MENU]

    @property
    def person(self):
        """Who is signed in, or None on an open page, which is the same for all so that it can be cached."""
        if not getattr(self.request, "behind_a_gate", False):
            return None
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @property
    def rooms(self) -> list[Entry]:
        person = self.person
        return [_entry(href, label, self.request.path) for role, href, label in ROOMS if person.holds(role)]


def site(request) -> dict[str, Site]:
    return {"site": Site(request)}

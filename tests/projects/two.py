"""What takes two people to become public, done through the pages by two."""

from agglo.accounts.models import User
from projects.publishable import KINDS, stamp_of
from tests.people import client_of, person
from tests.projects.conftest import read


def somebody(role: str, email: str) -> User:
    return User.objects.filter(email=email).first() or person(role, email=email)


def request_page(kind: str, key) -> str:
    return f"/equipe/publication/{kind}/{key}/"


def stamp(kind: str, key) -> str:
    found = KINDS[kind]
    return stamp_of(found.model.objects.get(**{found.by: key}))


def published_by_two(kind: str, key) -> str:
    """One asks, another publishes; the page that the second is led to."""
    page, asks = request_page(kind, key), client_of(somebody("staff", "demande@exemple.fr"))
    assert "Demandé" in read(asks.post(page, {"act": "ask"}, follow=True))
    said = {"act": "publish", "stamp": stamp(kind, key)}
    decides = client_of(somebody("reviewer", "decide@exemple.fr"))
    return read(decides.post(page, said, follow=True))

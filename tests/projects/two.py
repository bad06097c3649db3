"""What takes two people to become public, done through the pages by two."""

import re
from html import unescape

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


def filled(client, form: str) -> dict[str, str]:
    """What a form holds when it is opened, as a browser would send it."""
    opened = client.get(form).context["form"]
    said = {name: opened[name].value() for name in opened.fields}
    said = {name: "on" if value is True else value for name, value in said.items() if value is not False}
    return {name: str(value) for name, value in said.items() if value is not None}


def seen(client, form: str) -> str:
    return hidden(client, form, "seen")


def hidden(client, page: str, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]*)"', client.get(page).content.decode())
    return unescape(found[1]) if found else ""


def proposed(client, form: str, **more) -> str:
    """The form of a public record, opened, changed and sent."""
    said = filled(client, form) | {"seen": seen(client, form)} | more
    return read(client.post(form, said, follow=True))


def decided(client, page: str, act: str, **more) -> str:
    """An act on the page of a request, as it stands."""
    return read(client.post(page, {"act": act, "stamp": hidden(client, page, "stamp")} | more, follow=True))


def changed_by_two(form: str, kind: str, key, **more) -> str:
    proposed(client_of(somebody("staff", "demande@exemple.fr")), form, **more)
    return decided(client_of(somebody("reviewer", "decide@exemple.fr")), request_page(kind, key), "publish")


def put(client, form: str, said: dict[str, object]) -> str:
    """Something typed under a public record, and sent: the page of its request."""
    response = client.post(form, said)
    assert response.status_code == 302, read(response)
    assert response.url.startswith("/equipe/publication/"), response.url
    return response.url


def put_by_two(client, form: str, said: dict[str, object]) -> str:
    """The same, and another one publishes it."""
    decides = client_of(somebody("reviewer", "decide@exemple.fr"))
    page = decided(decides, put(client, form, said), "publish")
    assert "Publiée" in page, page
    return page

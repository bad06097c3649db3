"""Private addresses stay out of reach, whatever a name answers; proxies of the environment are honoured."""

from dataclasses import replace

import httpcore
import httpx
import pytest

from agglo.opendata.connecting import CheckedBackend, Connecting, is_local_name, is_public
from agglo.opendata.door import Door
from agglo.opendata.errors import FinalError
from tests.opendata.conftest import row, table
from tests.opendata.toy import TOY_TABLE
from tests.replay.server import Reply

BODY = table(row())


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
        "224.0.0.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::",
    ],
)  # fmt: skip
def test_addresses_of_the_inside_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["185.42.28.200", "2a01:c916:2000::1", "::ffff:185.42.28.200"])
def test_addresses_of_the_open_internet_are(address):
    assert is_public(address)


@pytest.mark.parametrize("name", ["localhost", "serveur", "base.internal", "nas.local", "127.0.0.1", "[::1]"])
def test_names_of_the_inside_are_known_by_their_look(name):
    assert is_local_name(name)
    assert not is_local_name("api.insee.fr")


class Names:
    """A name server that answers one thing, then another."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def __call__(self, host):
        self.asked.append(host)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def client(names, trusted=lambda host, port: False):
    return httpx.Client(transport=Connecting(CheckedBackend(trusted, names)))


@pytest.mark.parametrize("answer", [["127.0.0.1"], ["185.42.28.200", "127.0.0.1"], ["::ffff:127.0.0.1"]])
def test_a_name_that_leads_inside_is_refused_before_any_connection(replay, answer):
    port = replay.url.rpartition(":")[2]
    with client(Names(answer)) as web, pytest.raises(FinalError, match="réseau privé"):
        web.get(f"http://api.jouets.example:{port}/a")
    assert replay.seen == []


def test_the_connection_goes_to_the_address_that_was_checked(replay):
    """The name is asked once: what it would answer a moment later (rebinding) is never used."""
    replay.play("/a", Reply(BODY, "text/csv"))
    names, port = Names(["127.0.0.1"], ["203.0.113.9"]), int(replay.url.rpartition(":")[2])
    with client(names, lambda host, at: (host, at) == ("api.jouets.example", port)) as web:
        assert web.get(f"http://api.jouets.example:{port}/a").content == BODY
    assert names.asked == ["api.jouets.example"]
    assert replay.seen[0].headers["host"] == f"api.jouets.example:{port}"


def test_when_one_address_does_not_answer_the_next_is_tried(replay):
    replay.play("/a", Reply(BODY, "text/csv"))
    port = replay.url.rpartition(":")[2]
    with client(Names(["127.0.0.2", "127.0.0.1"]), lambda *_: True) as web:
        assert web.get(f"http://api.jouets.example:{port}/a").content == BODY


def test_a_name_without_address_is_a_failed_connection():
    with client(Names([])) as web, pytest.raises(httpx.ConnectError):
        web.get("http://api.jouets.example/a")
    assert issubclass(CheckedBackend, httpcore.NetworkBackend)


@pytest.mark.django_db
def test_localhost_is_refused_by_its_address(replay):
    port = replay.url.rpartition(":")[2]
    inside = replace(TOY_TABLE, base_url=f"http://localhost:{port}")
    with Door(inside) as door, pytest.raises(FinalError, match="réseau privé"):
        door.get("/a")
    assert replay.seen == []


@pytest.mark.django_db
def test_the_proxy_of_the_environment_is_asked_for_what_lies_outside(replay, monkeypatch):
    replay.play("/data/TOYS", Reply(BODY, "text/csv"))
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, replay.url)
    monkeypatch.setenv("no_proxy", "autre.example")
    known = replace(TOY_TABLE, base_url="http://api.jouets.example", hosts=("interne.local", "10.0.0.1"))
    with Door(known) as door:
        assert door.get("/data/TOYS").read() == BODY
        for private in ("http://interne.local/a", "http://10.0.0.1/a"):
            with pytest.raises(FinalError, match="réseau privé"):
                door.get(private)
    assert [seen.path for seen in replay.seen] == ["http://api.jouets.example/data/TOYS"]


@pytest.mark.django_db
def test_what_the_environment_exempts_goes_straight_and_is_checked(replay, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "127.0.0.1,localhost")
    replay.play("/a", Reply(BODY, "text/csv"))
    with Door(TOY_TABLE, base_url=replay.url) as door:
        assert door.get("/a").read() == BODY
    with Door(replace(TOY_TABLE, base_url=replay.url)) as door, pytest.raises(FinalError, match="privé"):
        door.get("/a")

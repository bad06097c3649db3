"""Every address × every role, as one table; an address without a row fails, a row without an address too."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, path, resolve, reverse

from tests import sample
from tests.people import ANONYMOUS, EVERYBODY, client_of
from tests.promised import PROMISED_CLOSED, PROMISED_OPEN, WITH_A_FORM
from tests.url_table import Row, rows

ROWS = list(rows())
OPEN_PAGES = [
    row
    for row in ROWS
    if row.method == "GET" and "200" in row.expected[ANONYMOUS] and row.name not in WITH_A_FORM
]
pytestmark = pytest.mark.django_db


def addresses(patterns, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address the site answers, with its full name."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(part for part in (namespace, pattern.namespace) if part)
            yield from addresses(pattern.url_patterns, inner)
        else:
            yield (
                ":".join(part for part in (namespace, pattern.name or f"unnamed {pattern.pattern}") if part),
                pattern,
            )


def without_a_row(patterns) -> set[str]:
    known = {row.name for row in ROWS}
    return {
        name
        for name, _ in addresses(patterns)
        if name not in known and f"{name.split(':')[0]}:*" not in known
    }


def outcome(response) -> str:
    if response.status_code in (301, 302):
        return "door" if response["Location"].startswith(reverse("accounts:login")) else "on"
    return str(response.status_code)


def test_every_address_has_its_row():
    assert without_a_row(get_resolver().url_patterns) == set()


def test_a_new_address_without_a_row_is_caught():
    ours = get_resolver().url_patterns
    planted = [*ours, path("neuf/", lambda request: None, name="planted")]
    assert without_a_row(planted) - without_a_row(ours) == {"planted"}


def test_every_row_still_has_its_address():
    names = {name for name, _ in addresses(get_resolver().url_patterns)}
    gone = {row.name for row in ROWS if not row.name.endswith(":*")} - names
    assert gone == set()


@pytest.mark.parametrize("address", PROMISED_OPEN)
def test_an_address_promised_to_the_public_is_there_and_open(address: str):
    assert getattr(resolve(address).func, "login_required", True) is False


@pytest.mark.parametrize("address", PROMISED_CLOSED)
def test_an_address_promised_to_the_team_is_there_and_closed(address: str):
    assert resolve(address).func.held_by


@pytest.mark.parametrize("row", [row for row in ROWS if not row.name.endswith(":*")], ids=str)
def test_each_role_meets_what_the_table_says(row: Row):
    sample.make()
    address = reverse(row.name, kwargs=row.arguments)
    met = {who: outcome(client_of(who).generic(row.method, address)) for who in EVERYBODY}
    assert met == {
        who: met[who] if met[who] in said.split("/") else said for who, said in row.expected.items()
    }


@pytest.mark.parametrize("row", OPEN_PAGES, ids=str)
def test_an_open_page_is_the_same_for_all_and_sets_no_cookie(row: Row):
    sample.make()
    response = client_of("staff").get(reverse(row.name, kwargs=row.arguments))
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


def admin_addresses() -> list[str]:
    """Every address of the administration, with a made-up row number where it takes one."""
    found = []
    for name, pattern in addresses(get_resolver().url_patterns):
        if name.startswith("admin:"):
            arguments = {key: _example(key) for key in pattern.pattern.converters} or {
                key: _example(key) for key in pattern.pattern.regex.groupindex
            }
            found.append((name, reverse(name, kwargs=arguments) if "unnamed" not in name else "/admin/rien/"))
    return [address for _, address in found]


def _example(key: str) -> str:
    return {"app_label": "accounts"}.get(key, "1")


def test_the_whole_administration_is_closed_to_all_but_administrators():
    clients = {who: client_of(who) for who in EVERYBODY}
    for address in admin_addresses():
        met = {who: outcome(clients[who].get(address)) for who in EVERYBODY if who != "admin"}
        assert met == {"anonymous": "door", "elected": "403", "staff": "403", "reviewer": "403"}, address


def test_the_administration_opens_to_an_administrator():
    client = client_of("admin")
    for address in admin_addresses():
        if not address.endswith(("/logout/", "/login/")):
            assert client.get(address).status_code in (200, 302, 403, 404), address
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/accounts/user/").status_code == 200

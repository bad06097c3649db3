"""Signing in: what a wrong password tells, how many are allowed, where one lands."""

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import SESSION_KEY
from django.test import Client

from tests.people import PASSWORD, person

pytestmark = pytest.mark.django_db
DOOR = "/compte/connexion/"


def sign_in(client, email, password=PASSWORD, *, ip="192.0.2.1", **data):
    return client.post(DOOR, {"username": email, "password": password, **data}, REMOTE_ADDR=ip)


def words(response) -> str:
    """The page without what differs from one request to the next."""
    return "\n".join(line for line in response.content.decode().splitlines() if "csrf" not in line)


def test_each_role_lands_in_its_own_space(client, settings):
    for role in ("elected", "staff"):
        response = sign_in(Client(), person(role).email)
        assert response["Location"] == settings.LANDING_PAGES[role]


def test_capitals_in_the_address_do_not_matter(client):
    person("staff")
    assert sign_in(client, "Staff@Exemple.FR").status_code == 302
    assert SESSION_KEY in client.session


def test_the_page_asked_for_is_given_back(client):
    assert sign_in(client, person("staff").email, next="/sources/")["Location"] == "/sources/"


@pytest.mark.parametrize(
    "next_page", ["https://ailleurs.example/", "//ailleurs.example", "javascript:alert(1)"]
)
def test_no_other_site_can_be_the_next_page(client, next_page):
    assert sign_in(client, person("staff").email, next=next_page)["Location"] == "/equipe/"


def test_a_wrong_password_and_an_unknown_address_read_the_same(client):
    email = person("staff").email
    wrong = words(sign_in(client, email, "pas le bon")).replace(email, "…")
    unknown = words(sign_in(Client(), "inconnu@exemple.fr", "pas le bon")).replace("inconnu@exemple.fr", "…")
    assert wrong == unknown
    assert "ne vont pas ensemble" in wrong


def test_a_closed_account_reads_the_same_too(client):
    closed = person("staff", is_active=False)
    assert "ne vont pas ensemble" in sign_in(client, closed.email).content.decode()
    assert SESSION_KEY not in client.session


def test_after_five_failures_even_the_right_password_waits(client):
    email = person("staff").email
    for _ in range(4):
        assert sign_in(client, email, "pas le bon").status_code == 200
    last = sign_in(client, email, "pas le bon")
    assert last.status_code == 429
    assert 3500 < int(last["Retry-After"]) <= 3600
    assert "suspendue" in last.content.decode()
    assert sign_in(client, email).status_code == 429
    assert SESSION_KEY not in client.session


def test_capitals_do_not_open_a_fresh_count(client):
    person("staff")
    for email in ["staff@exemple.fr", "STAFF@exemple.fr", "Staff@Exemple.fr", "sTaff@exemple.fr"]:
        sign_in(client, email, "pas le bon")
    assert sign_in(client, "stafF@exemple.fr", "pas le bon").status_code == 429


def test_trying_during_the_wait_does_not_make_it_longer(client):
    email = person("staff").email
    for _ in range(5):
        sign_in(client, email, "pas le bon")
    before = AccessAttempt.objects.get().attempt_time
    sign_in(client, email, "pas le bon")
    assert AccessAttempt.objects.get().attempt_time == before


def test_a_colleague_elsewhere_is_not_shut_out_with_the_attacker(client):
    email = person("staff").email
    for _ in range(5):
        sign_in(client, email, "pas le bon", ip="192.0.2.66")
    assert sign_in(client, email, ip="192.0.2.1").status_code == 302


def test_one_password_tried_on_many_accounts_is_stopped(client, settings):
    settings.LOGIN_FAILURE_LIMIT_PER_ADDRESS = 6
    for number in range(6):
        sign_in(client, f"quelquun{number}@exemple.fr", "printemps2026")
    assert sign_in(client, person("staff").email).status_code == 429


def test_a_forwarded_address_is_believed_only_from_our_own_proxies(client, settings):
    email = person("staff").email

    def fail(forwarded):
        data = {"username": email, "password": "non"}
        return client.post(DOOR, data, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=forwarded).status_code

    settings.TRUSTED_PROXIES = 0
    assert [fail(f"192.0.2.{number}") for number in range(5)][-1] == 429
    settings.TRUSTED_PROXIES = 1
    assert fail("192.0.2.1, 192.0.2.9") == 200
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {"127.0.0.1", "192.0.2.9"}


def test_no_password_is_kept_in_the_failures(client):
    sign_in(client, "quelquun@exemple.fr", "mot-de-passe-secret")
    assert "mot-de-passe-secret" not in AccessAttempt.objects.get().post_data


def test_signing_out_is_a_post_and_ends_the_session(client):
    sign_in(client, person("staff").email)
    assert client.get("/compte/deconnexion/").status_code == 405
    assert client.post("/compte/deconnexion/").status_code == 302
    assert SESSION_KEY not in client.session


def test_the_form_is_refused_without_its_token():
    careful = Client(enforce_csrf_checks=True)
    assert sign_in(careful, "quelquun@exemple.fr").status_code == 403


def test_the_session_key_changes_when_somebody_signs_in(client):
    client.get("/compte/connexion/")
    session = client.session
    session["avant"] = 1
    session.save()
    former = session.session_key
    sign_in(client, person("staff").email)
    assert client.session.session_key != former


def test_the_administration_has_no_door_of_its_own(client):
    assert client.get("/admin/login/")["Location"].startswith("/compte/connexion/?next=")
    assert client.get("/admin/")["Location"] == "/compte/connexion/?next=/admin/"

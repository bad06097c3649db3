"""The second factor: asked of those who need it, enrolled at first sign-in, never stepped around."""

import re

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from agglo.accounts import half_signed_in, second_factor
from agglo.accounts.models import AuditEntry
from tests.people import PASSWORD, application, client_of, code, person

pytestmark = pytest.mark.django_db
PAGE = "/compte/second-facteur/"


def give_password(client, user, **data):
    return client.post("/compte/connexion/", {"username": user.email, "password": PASSWORD, **data})


def enrol(client) -> TOTPDevice:
    client.post(f"{PAGE}commencer/")
    return TOTPDevice.objects.get(confirmed=False)


def test_a_password_alone_opens_nothing_to_a_reviewer(client):
    response = give_password(client, person("reviewer"), next="/sources/")
    assert response["Location"] == f"{PAGE}?next=%2Fsources%2F"
    assert SESSION_KEY not in client.session
    assert client.get("/compte/")["Location"].startswith("/compte/connexion/")


def test_the_first_sign_in_enrols_an_application_and_gives_recovery_codes(client):
    user = person("admin")
    give_password(client, user)
    assert "Commencer" in client.get(PAGE).content.decode()
    assert not TOTPDevice.objects.exists(), "reading the page wrote something"
    device = enrol(client)
    page = client.get(PAGE).content.decode()
    assert "<svg" in page and second_factor.secret_text(device) in page
    assert "style=" not in page
    done = client.post(PAGE, {"code": code(device)})
    shown = set(re.findall(r"<code>(\w+)</code>", done.content.decode()))
    assert shown == set(StaticToken.objects.values_list("token", flat=True))
    assert len(shown) == 10
    assert client.get("/admin/").status_code == 200
    assert AuditEntry.objects.about(device).first().user == user


@pytest.mark.parametrize(
    ("wanted", "reached"), [("/sources/", "/sources/"), ("https://ailleurs.example/", "/equipe/")]
)
def test_later_a_code_is_enough_and_leads_where_one_was_going_but_to_no_other_site(client, wanted, reached):
    user = person("reviewer")
    device = application(user)
    give_password(client, user)
    assert client.post(PAGE, {"code": code(device), "next": wanted})["Location"] == reached
    assert client.get("/compte/").status_code == 200


def test_a_code_serves_once(client):
    user = person("reviewer")
    used = code(application(user))
    for expected in (302, 200):
        somebody = Client()
        give_password(somebody, user)
        assert somebody.post(PAGE, {"code": used}).status_code == expected


def test_a_wrong_code_makes_the_next_one_wait(client):
    user = person("reviewer")
    device = application(user)
    give_password(client, user)
    assert "pas le bon" in client.post(PAGE, {"code": "000000"}).content.decode()
    assert "réessayez dans" in client.post(PAGE, {"code": code(device)}).content.decode()
    assert SESSION_KEY not in client.session


def test_a_recovery_code_serves_once_however_it_is_typed(client):
    user = person("reviewer")
    application(user)
    first, *_ = second_factor.new_recovery_codes(user)
    give_password(client, user)
    typed = f" {first[:4].upper()}-{first[4:]} "
    assert client.post(PAGE, {"code": typed}).status_code == 302
    again = Client()
    give_password(again, user)
    assert again.post(PAGE, {"code": first}).status_code == 200
    assert second_factor.recovery_codes_left(user) == 9


def test_whoever_holds_only_the_password_cannot_enrol_another_application(client):
    user = person("admin")
    application(user)
    give_password(client, user)
    assert client.post(f"{PAGE}commencer/").status_code == 403
    assert TOTPDevice.objects.count() == 1


def test_being_half_signed_in_lasts_ten_minutes(client):
    give_password(client, person("reviewer"))
    session = client.session
    session[half_signed_in.KEY] = {**session[half_signed_in.KEY], "until": 0}
    session.save()
    assert client.get(PAGE)["Location"].startswith("/compte/connexion/")


def test_a_changed_password_ends_a_half_signed_in_session(client):
    user = person("reviewer")
    give_password(client, user)
    user.set_password("une autre phrase assez longue")
    user.save()
    assert client.get(PAGE).status_code == 302


def test_an_agent_may_choose_a_second_factor_and_is_then_asked_for_it():
    user = person("staff")
    client = client_of(user)
    device = enrol(client)
    assert client.post(PAGE, {"code": code(device)}).status_code == 200
    again = Client()
    assert give_password(again, user)["Location"] == PAGE
    assert SESSION_KEY not in again.session


def test_an_agent_may_take_it_away_but_a_reviewer_may_not():
    staff = person("staff")
    client = client_of(staff)
    client.post(PAGE, {"code": code(enrol(client))})
    assert client.post(f"{PAGE}retirer/").status_code == 302
    assert not TOTPDevice.objects.exists()
    assert client_of("reviewer").post(f"{PAGE}retirer/").status_code == 403


def test_it_cannot_be_taken_away_by_a_session_that_has_not_shown_it():
    staff = person("staff")
    client = client_of(staff)
    application(staff)
    assert client.post(f"{PAGE}retirer/")["Location"] == PAGE
    assert client.post(f"{PAGE}codes/")["Location"] == PAGE
    assert TOTPDevice.objects.exists()


def test_new_recovery_codes_replace_the_former_ones():
    user = person("admin")
    client = client_of(user)
    former = set(second_factor.new_recovery_codes(user))
    client.post(f"{PAGE}codes/")
    assert former.isdisjoint(StaticToken.objects.values_list("token", flat=True))
    assert second_factor.recovery_codes_left(user) == 10


def test_an_administrator_takes_away_a_lost_second_factor():
    lost = person("reviewer")
    application(lost)
    data = {"action": "remove_second_factor", "_selected_action": [lost.pk]}
    client_of("admin").post("/admin/accounts/user/", data)
    assert not TOTPDevice.objects.filter(user=lost).exists()


def test_nobody_is_at_the_door_without_a_password(client):
    assert client.get(PAGE)["Location"].startswith("/compte/connexion/")
    assert client.post(f"{PAGE}commencer/")["Location"] == "/compte/connexion/"

"""Everything is closed unless opened; a role opens what it holds; an open page never asks who is there."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.urls import include, path
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import cache_page

from agglo.accounts.gates import public, roles, signed_in
from agglo.accounts.roles import HOLDS, Role
from tests.people import EVERYBODY, client_of, person

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def undeclared(request):
    return HttpResponse("secret")


@public
def open_page(request):
    return HttpResponse("ouvert")


@roles(Role.STAFF)
def staff_page(request):
    return HttpResponse(request.user.email)


@method_decorator(roles(Role.REVIEWER), name="dispatch")
class ReviewerPage(View):
    def get(self, request):
        return HttpResponse("valider")


urlpatterns = [
    path("compte/", include("agglo.accounts.urls")),
    path("non-declaree/", undeclared),
    path("ouverte/", open_page),
    path("agents/", cache_page(60)(staff_page)),
    path("elus/", roles(Role.ELECTED)(lambda request: HttpResponse("élus"))),
    path("tous/", signed_in(lambda request: HttpResponse("tous"))),
    path("valideurs/", ReviewerPage.as_view()),
]

REFUSED, TO_SIGN_IN, LET_IN = 403, 302, 200


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_view_that_nobody_opened_is_refused_to_everybody(who):
    response = client_of(who).get("/non-declaree/")
    assert response.status_code == (TO_SIGN_IN if who == "anonymous" else REFUSED)
    assert b"secret" not in response.content


@pytest.mark.parametrize(
    ("address", "let_in"),
    [
        ("/ouverte/", set(EVERYBODY)),
        ("/tous/", set(Role.values)),
        ("/agents/", {"staff", "reviewer", "admin"}),
        ("/elus/", {"elected", "admin"}),
        ("/valideurs/", {"reviewer", "admin"}),
    ],
)
def test_a_role_opens_what_it_holds(address, let_in):
    statuses = {who: client_of(who).get(address).status_code for who in EVERYBODY}
    expected = {
        who: LET_IN if who in let_in else TO_SIGN_IN if who == "anonymous" else REFUSED for who in EVERYBODY
    }
    assert statuses == expected


def test_an_anonymous_visitor_is_led_to_the_door_and_back():
    response = client_of("anonymous").get("/agents/?page=2")
    assert response["Location"] == "/compte/connexion/?next=/agents/%3Fpage%3D2"


def test_a_refusal_says_in_french_which_role_is_needed():
    response = client_of("elected").get("/agents/")
    assert response.status_code == REFUSED
    assert "ouverte au rôle «\u202fAgent\u202f»" in response.content.decode()


@pytest.mark.parametrize("role", ["reviewer", "admin"])
def test_a_session_without_the_second_factor_is_sent_to_show_it(role, client):
    client.force_login(person(role))
    assert client.get("/agents/")["Location"] == "/compte/second-facteur/?next=/agents/"


def test_a_closed_account_is_shut_out_at_its_next_page():
    user = person("staff")
    client = client_of(user)
    assert client.get("/agents/").status_code == LET_IN
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/agents/").status_code == TO_SIGN_IN


def test_an_open_page_leaves_the_session_alone(client):
    client.force_login(person("staff"))
    response = client.get("/ouverte/")
    assert not response.has_header("Vary")
    assert not response.cookies


def test_a_closed_page_is_kept_by_no_cache():
    response = client_of("staff").get("/agents/")
    assert {"private", "no-store"} <= set(response["Cache-Control"].replace(" ", "").split(","))


def test_a_view_cannot_be_both_open_and_closed():
    with pytest.raises(ImproperlyConfigured):
        roles("staff")(public(lambda request: None))
    with pytest.raises(ImproperlyConfigured):
        public(roles("staff")(lambda request: None))


@pytest.mark.parametrize("held", [(), ("stagiaire",)])
def test_a_gate_names_known_roles(held):
    with pytest.raises(ImproperlyConfigured):
        roles(*held)


def test_every_role_holds_at_least_itself():
    assert set(HOLDS) == set(Role)
    assert all(role in held for role, held in HOLDS.items())

"""The audit trail: written by the database, put down to the right person, changed by nobody."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.urls import path

from agglo.accounts.attribution import act_as
from agglo.accounts.audit import audited
from agglo.accounts.gates import public, roles
from agglo.accounts.models import AuditEntry, Delegation, User
from tests.people import application, client_of, person

pytestmark = pytest.mark.django_db


@roles("staff")
def rename(request):
    """A page that changes something, and fails afterwards when asked to."""
    Delegation.objects.filter(slug="emploi").update(name=request.POST["name"])
    if request.POST.get("fail"):
        raise ZeroDivisionError
    return HttpResponse()


@public
def rename_openly(request):
    Delegation.objects.filter(slug="emploi").update(name=request.POST["name"])
    return HttpResponse()


urlpatterns = [path("renommer/", rename), path("renommer-sans-compte/", rename_openly)]


def emploi() -> Delegation:
    return Delegation.objects.create(slug="emploi", name="Emploi")


def last(row) -> AuditEntry:
    return AuditEntry.objects.about(row).first()


def test_an_addition_a_change_and_a_removal_each_leave_an_entry():
    row = emploi()
    pk = row.pk
    Delegation.objects.filter(pk=pk).update(name="Emploi et formation")
    Delegation.objects.filter(pk=pk).delete()
    removed, changed, added = AuditEntry.objects.filter(table_name="accounts_delegation", row_id=pk)
    assert (added.action, added.before, added.after["name"]) == ("insert", {}, "Emploi")
    assert (changed.before, changed.after) == ({"name": "Emploi"}, {"name": "Emploi et formation"})
    assert (removed.action, removed.before["name"], removed.after) == ("delete", "Emploi et formation", {})


def test_changes_made_outside_of_django_are_seen_too():
    row = emploi()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_delegation SET axis = 'Accueillir' WHERE id = %s", [row.pk])
    assert last(row).after == {"axis": "Accueillir"}


def test_a_password_is_said_to_have_changed_and_never_shown():
    user = person("staff")
    user.set_password("une autre phrase assez longue")
    user.save()
    assert last(user).after == {"password": "•"}
    assert user.password not in str(list(AuditEntry.objects.values_list("before", "after")))


def test_the_secret_of_a_second_factor_is_never_shown():
    device = application(person("admin"))
    assert last(device).after["key"] == "•"
    assert device.key not in str(list(AuditEntry.objects.values_list("before", "after")))


def test_signing_in_is_no_change_of_the_account(client):
    user = person("staff")
    count = AuditEntry.objects.count()
    client.force_login(user)
    assert User.objects.get().last_login is not None
    assert AuditEntry.objects.count() == count


def test_nothing_written_twice_the_same_leaves_an_entry():
    row = emploi()
    count = AuditEntry.objects.count()
    row.save()
    assert AuditEntry.objects.count() == count


@contextmanager
def refusing():
    """A cursor outside maintenance, whose last statement the database refuses."""
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
    ):
        cursor.execute("SET LOCAL agglo.maintenance = off")
        yield cursor


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET actor = 'personne'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"],
)
def test_the_trail_can_be_neither_changed_nor_emptied(statement):
    emploi()
    with refusing() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


def test_an_audited_table_cannot_be_emptied_behind_its_triggers():
    with refusing() as cursor:
        cursor.execute("TRUNCATE otp_static_statictoken")


def test_act_as_gives_the_former_name_back():
    first, second = person("staff"), person("reviewer")
    row = emploi()

    def author(name):
        Delegation.objects.filter(pk=row.pk).update(name=name)
        return last(row).user

    with transaction.atomic():
        with act_as(first):
            assert author("a") == first
            with act_as(second):
                assert author("b") == second
            with pytest.raises(ZeroDivisionError), act_as(second):
                raise ZeroDivisionError
            assert author("c") == first
        assert author("d") is None


def test_a_program_gives_its_name():
    row = emploi()
    with act_as(actor="refresh:insee"):
        Delegation.objects.update(name="Emploi, formation")
    assert (last(row).user, last(row).actor) == (None, "refresh:insee")
    Delegation.objects.update(name="Emploi")
    assert last(row).actor not in ("refresh:insee", "")


def test_a_row_is_tied_to_its_transaction():
    row = emploi()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        assert last(row).txid == cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls(__name__)
def test_one_connection_never_hands_a_name_to_the_next_request():
    """Real requests, one kept connection, real commits: nobody is credited with the next person’s act."""
    row, staff, reviewer = emploi(), person("staff"), person("reviewer")
    backend = connection.connection.info.backend_pid

    def author(client, address, name):
        assert client.post(address, {"name": name}).status_code == 200
        assert connection.connection.info.backend_pid == backend
        assert last(row).after == {"name": name}
        return last(row).user

    assert author(client_of(staff), "/renommer/", "a") == staff
    assert author(client_of("anonymous"), "/renommer-sans-compte/", "b") is None
    assert author(client_of(reviewer), "/renommer/", "c") == reviewer
    failing = client_of(staff)
    failing.raise_request_exception = False
    assert failing.post("/renommer/", {"name": "d", "fail": "1"}).status_code == 500
    assert Delegation.objects.get().name == "c", "the failed request undid its change"
    Delegation.objects.update(name="e")
    assert last(row).user is None


def test_only_an_administrator_sees_the_trail():
    emploi()
    admin = person("admin")
    assert AuditEntry.objects.visible_to(admin).exists()
    assert not AuditEntry.objects.visible_to(person("reviewer")).exists()


def test_the_administration_lists_the_trail_and_offers_no_change():
    client = client_of("admin")
    emploi()
    listing = client.get("/admin/accounts/auditentry/?action=insert")
    assert "accounts_delegation" in listing.content.decode()
    entry = AuditEntry.objects.first()
    assert client.post(f"/admin/accounts/auditentry/{entry.pk}/change/", {}).status_code == 403
    assert client.post(f"/admin/accounts/auditentry/{entry.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_change_in_the_administration_is_put_down_to_its_author():
    admin = person("admin")
    client = client_of(admin)
    client.post("/admin/accounts/delegation/add/", {"name": "Friches", "slug": "friches", "axis": ""})
    assert last(Delegation.objects.get(slug="friches")).user == admin


@pytest.mark.parametrize("name", ["table; DROP TABLE x", "Robert'", "a-b"])
def test_only_plain_names_reach_the_sql(name):
    with pytest.raises(ValueError, match="not a plain SQL name"):
        audited(name)


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls(__name__)
def test_people_who_write_at_the_same_time_are_not_mistaken_for_one_another(live_server):
    """A real server, several threads, two people: each change is put down to the one who made it."""
    emploi()
    people = [person("staff"), person("reviewer")]
    cookies = {user: client_of(user).cookies["session"].value for user in people}

    def send(number: int) -> int:
        user = people[number % 2]
        token = "a" * 32
        headers = {"Cookie": f"session={cookies[user]}; csrf={token}", "X-CSRFToken": token}
        data = {"name": f"{user.pk} {number}"}
        return httpx.post(f"{live_server.url}/renommer/", data=data, headers=headers).status_code

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(send, range(40))) == {200}
    entries = AuditEntry.objects.filter(table_name="accounts_delegation", action="update")
    assert len(entries) == 40
    assert all(entry.after["name"].split()[0] == str(entry.user_id) for entry in entries)

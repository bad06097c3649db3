"""A worker compares, writes and takes back files of standards: seen on the way, stopped, never by half."""

import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from projects import tasks
from projects.brought import NotNow
from projects.models import (
    ImportedRow,
    Organisation,
    Site,
    StandardContent,
    StandardImport,
    StandardRow,
)
from projects.standards import STANDARDS, carrying, checking, deciding, importing
from projects.standards.reading import compare
from projects.work.pulse import Stopped
from tests.people import client_of
from tests.projects.conftest import read
from tests.projects.standards.conftest import as_csv, take_rows_back, write_rows

pytestmark = pytest.mark.django_db
State = StandardImport.State
HOME = "/equipe/standards/"


@pytest.fixture
def three(territory, example):
    return [example("friches", site_id=str(n), site_nom=f"Site {n}") for n in range(3)]


def everything() -> list[int]:
    return [model.objects.count() for model in (Site, StandardRow, ImportedRow, Organisation)]


@pytest.fixture
def checked():
    """Whether a file was checked since the last time this was asked: calls are watched, none replaced."""
    calls: list[str] = []

    def watch(frame, event, _argument) -> None:
        if event == "call" and frame.f_code is checking.faults.__code__:
            calls.append(event)

    def asked() -> bool:
        found = bool(calls)
        calls.clear()
        return found

    before = sys.getprofile()
    sys.setprofile(watch)
    yield asked
    sys.setprofile(before)


def test_no_request_compares_anything(agent, reviewer, three, checked):
    """Not when the file comes, nor when its page is read, nor when its refused rows are taken."""
    brought = deciding.bring(STANDARDS["friches"], "f.csv", as_csv("friches", *three), agent)
    assert brought.state == State.READING and not brought.compared.exists()
    browser, page = client_of(reviewer), f"{HOME}{brought.pk}/"
    assert "Commence dès qu’une tâche de fond est libre" in read(browser.get(page))
    assert "en cours de comparaison" in read(browser.get(HOME))
    assert not checked()
    carrying.carry_on(brought.pk)
    assert checked()
    assert "Ligne par ligne" in read(browser.get(page))
    assert browser.get(f"{page}refus.csv").status_code == 200
    browser.post(f"{page}accepter/", {"act": "all"})
    assert "En cours d’écriture" in read(browser.get(page))
    assert carrying.carry_on(brought.pk).state == State.ACCEPTED
    assert Site.objects.count() == 3
    assert not checked()  # what was compared is not checked again


def test_each_line_is_seen_on_the_way_and_a_stop_there_is_no_fault_of_the_file(bring, three):
    brought, seen = bring("friches", *three), []
    compare(brought, seen.append)
    assert seen == [0, 1, 2, 3, 3, 3]

    def stop(number: int) -> None:
        if number == 1:
            raise Stopped

    with pytest.raises(Stopped):
        compare(brought, stop)


def test_a_row_whose_record_moved_since_is_left_and_says_so(bring, agent, reviewer, three):
    write_rows(bring("friches", *three), None, reviewer)
    edited = [row | {"site_adresse": "1 rue Neuve"} for row in three]
    brought = bring("friches", *edited)
    assert (brought.changed, brought.added) == (3, 0)
    Site.objects.filter(name="Site 1").update(address="2 rue du Collègue")
    assert write_rows(brought, None, reviewer) == 2
    assert set(Site.objects.values_list("name", "address")) == {
        ("Site 0", "1 rue Neuve"), ("Site 1", "2 rue du Collègue"), ("Site 2", "1 rue Neuve"),
    }  # fmt: skip
    body = read(client_of(agent).get(f"{HOME}{brought.pk}/"))
    assert "1 ligne acceptée est restée de côté" in body and importing.MOVED in body
    assert take_rows_back(brought, agent) == (2, 0)
    assert Site.objects.get(name="Site 1").address == "2 rue du Collègue"


def test_compared_again_it_says_what_our_records_say_now(bring, agent, reviewer, three):
    brought = bring("friches", *three)
    write_rows(bring("friches", three[0]), None, reviewer)
    assert brought.added == 3
    client_of(agent).post(f"{HOME}{brought.pk}/comparer/")
    brought = carrying.carry_on(brought.pk)
    assert (brought.state, brought.added, brought.unchanged) == (State.WAITING, 2, 1)
    assert brought.compared.count() == 3


@pytest.mark.parametrize("due", [State.READING, State.WRITING, State.UNDOING])
def test_a_stop_asked_while_it_works_writes_nothing(bring, agent, reviewer, three, monkeypatch, due):
    """The person's word comes after the last line, before the end: the latest moment it can."""
    if due == State.READING:
        brought = deciding.bring(STANDARDS["friches"], "f.csv", as_csv("friches", *three), agent)
    else:
        brought = deciding.accept(bring("friches", *three).pk, None, reviewer, published=True)
    if due == State.UNDOING:
        brought = deciding.undo(carrying.carry_on(brought.pk).pk, agent)
    before, work = everything(), carrying.WORK.acts[due]

    def stopped_late(row, pulse):
        said = work(row, pulse)
        deciding.abandon(row.pk, agent)
        return said

    monkeypatch.setitem(carrying.WORK.acts, due, stopped_late)
    brought = carrying.carry_on(brought.pk)
    assert (brought.state, brought.cancel_asked) == (deciding.BACK[due], False)
    assert "rien n’a été écrit" in brought.error
    assert everything() == before
    assert brought.error.replace("\xa0", " ") in read(client_of(agent).get(f"{HOME}{brought.pk}/"))


def test_what_nobody_began_is_given_up_at_once(bring, agent, reviewer, three):
    unread = deciding.bring(STANDARDS["friches"], "f.csv", as_csv("friches", *three), agent)
    assert deciding.abandon(unread.pk, agent).state == State.ABANDONED
    asked = deciding.accept(bring("friches", *three).pk, None, reviewer, published=True)
    assert deciding.abandon(asked.pk, agent).state == State.WAITING
    assert carrying.carry_on(asked.pk) is None
    deciding.abandon(asked.pk, agent)
    with pytest.raises(NotNow, match="abandonnée"):
        deciding.abandon(asked.pk, agent)
    assert not Site.objects.exists()


def test_rows_that_nobody_may_accept_are_not_asked_for(bring, reviewer, three):
    brought = bring("friches", three[0] | {"site_type": "usine"})
    for keys in (None, ["0"], ["x"]):
        with pytest.raises(NotNow, match="à accepter"):
            deciding.accept(brought.pk, keys, reviewer, published=False)


def test_a_row_that_the_database_refuses_on_the_way_leaves_none_written(bring, reviewer, three):
    """A rule that the comparison does not know, met by the second site."""
    brought = deciding.accept(bring("friches", *three).pk, None, reviewer, published=True)
    first = drawn()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuses() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'no'; END $$;"
            "CREATE TRIGGER refuses BEFORE INSERT ON projects_site FOR EACH ROW"
            " WHEN (NEW.name = 'Site 1') EXECUTE FUNCTION refuses()"
        )
    brought = carrying.carry_on(brought.pk)
    assert brought.state == State.WAITING and "rien n’a été écrit" in brought.error
    assert drawn() - first >= 2  # the first site was written, then taken away
    assert not Site.objects.exists()


def drawn() -> int:
    """Numbers that sites were given so far: a transaction that is undone gives none back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM projects_site_id_seq")
        return cursor.fetchone()[0]


def test_an_error_of_the_program_is_said_and_leaves_the_file_where_it_was(bring, reviewer, three):
    """What was kept of the file is damaged: nobody foresaw it."""
    brought = deciding.accept(bring("friches", *three).pk, None, reviewer, published=True)
    content = StandardContent.objects.get(owner=brought)
    del content.rows[1]["cells"]
    content.save()
    brought = carrying.carry_on(brought.pk)
    assert brought.state == State.WAITING and "erreur imprévue" in brought.error
    assert "rien n’a été écrit" in brought.error
    assert not Site.objects.exists()


def test_lost_files_are_taken_up_or_closed_by_the_sweeper_of_imports(bring, agent, three):
    brought, past = bring("friches", *three), timezone.now() - timedelta(minutes=10)
    rows = StandardImport.objects.filter(pk=brought.pk)
    rows.update(state=State.READING, sent_at=past)
    assert tasks.sweep_imports()["standards"] == {"requeued": 0, "closed": 0, "resent": 1}
    rows.update(lease_until=past)
    assert tasks.sweep_imports()["standards"]["requeued"] == 1
    rows.update(lease_until=past, attempt=3)
    assert tasks.sweep_imports()["standards"]["closed"] == 1
    brought.refresh_from_db()
    assert brought.state == State.FAILED and "3 fois" in brought.error
    assert brought.error.replace("\xa0", " ") in read(client_of(agent).get(f"{HOME}{brought.pk}/"))


def test_signs_of_life_leave_no_entry_in_the_trail(bring, three):
    brought = bring("friches", *three)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry")
        before = cursor.fetchone()
        StandardImport.objects.filter(pk=brought.pk).update(done=1, worker="x", lease_until=timezone.now())
        cursor.execute("SELECT count(*) FROM audit_entry")
        assert cursor.fetchone() == before

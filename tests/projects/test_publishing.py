"""Aid and promises become public on the word of two people, as sites and projects do."""

import pytest
from django.db import IntegrityError, transaction

from agglo.figures.vocabulary import Origin, Review
from projects.models import Commitment, FundingLine, Project, Publication
from tests.people import client_of, person
from tests.projects.aid import company, line, moved
from tests.projects.conftest import read
from tests.projects.two import request_page, stamp

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(attested):
    """Two clients and the second person."""
    second = person("reviewer")
    return client_of(person("staff")), client_of(second), second


@pytest.fixture
def aid(attested) -> FundingLine:
    made = line(company("Alpha"), about="Une halle", legal_basis="délibération du 1er mars")
    moved(made, amount=80_000)
    return made


@pytest.fixture
def promise(attested) -> Commitment:
    said = {"promise": "Ouvrir un guichet", "made_on": "2024-01-10", "made_until": "2024-01-10"}
    return Commitment.objects.create(slug="guichet", promiser=company("Alpha"), source="essai", **said)


@pytest.fixture(params=["aides", "engagements"])
def kept(request, aid, promise):
    """Kind and key of what waits, its words, and where the public would read them."""
    if request.param == "aides":
        return "aides", str(aid.pk), "Une halle", "/aides/"
    return "engagements", "guichet", "Ouvrir un guichet", "/engagements/"


def act(client, kept, name: str, **more) -> str:
    return read(client.post(request_page(*kept[:2]), {"act": name, **more}, follow=True))


def test_what_the_facts_tell_is_public_from_the_start_without_a_request(attested, client):
    assert FundingLine.objects.filter(published=True).exists()
    assert not Commitment.objects.filter(published=False).exists()
    assert not Publication.objects.exists()
    assert "Bridgestone" in read(client.get("/aides/"))


def test_no_form_publishes_by_itself(people, aid, promise, client):
    staff = people[0]
    for path in (f"/equipe/aides/{aid.pk}/modifier/", "/equipe/engagements/guichet/"):
        assert 'name="published"' not in read(staff.get(path))
    said = {
        name: getattr(promise, name) for name in ("promise", "made_on", "made_until", "qualifier", "source")
    }
    answer = staff.post(
        "/equipe/engagements/guichet/", said | {"promiser": promise.promiser.name, "published": "on"}
    )
    assert answer.status_code == 302
    promise.refresh_from_db()
    assert not promise.published
    assert "Ouvrir un guichet" not in read(client.get("/engagements/"))


def test_one_asks_another_reads_and_publishes(people, kept, client):
    staff, second, _ = people
    kind, key, words, public = kept
    assert words not in read(client.get(public))
    sheet = "/equipe/engagements/" if kind == "engagements" else f"/equipe/aides/{key}/"
    assert "pas encore publique" in read(staff.get(sheet)).lower()
    assert "Demandé" in act(staff, kept, "ask")
    noun = "Aide" if kind == "aides" else "Promesse"
    assert f"{noun} à publier ou à renvoyer, demandée par Staff." in read(second.get("/equipe/"))
    page = read(second.get(request_page(kind, key)))
    assert words in page and "Ce que le public lira" in page
    assert "Publiée" in act(second, kept, "publish", stamp=stamp(kind, key))
    assert words in read(client.get(public))
    assert "à publier ou à renvoyer, demandée" not in read(second.get("/equipe/"))


def test_nobody_publishes_what_they_asked_for_and_the_database_refuses_it_too(people, kept):
    _, alone, who = people
    act(alone, kept, "ask")
    assert "Une autre personne" in act(alone, kept, "publish", stamp=stamp(*kept[:2]))
    row = Publication.objects.get()
    assert (row.review, row.target.published) == (Review.SUBMITTED, False)
    with pytest.raises(IntegrityError, match="decided_by_somebody_else"), transaction.atomic():
        Publication.objects.filter(pk=row.pk).update(review=Review.APPROVED, reviewer=who)
    with pytest.raises(IntegrityError, match="asked_once"), transaction.atomic():
        Publication.objects.create(**{row.key: row.target}, asked_by=who)
    project = Project.objects.first()
    with pytest.raises(IntegrityError, match="is_of_one_thing"), transaction.atomic():
        Publication.objects.create(**{row.key: row.target}, project=project, asked_by=who)


def test_staff_alone_decides_nothing(people, kept):
    staff = people[0]
    act(staff, kept, "ask")
    for name in ("publish", "back", "withdraw"):
        assert staff.post(request_page(*kept[:2]), {"act": name, "note": "non"}).status_code == 403


def test_it_is_sent_back_with_a_note_asked_again_and_taken_back(people, kept):
    staff, second, _ = people
    act(staff, kept, "ask")
    assert "Écrivez ce qu’il faut reprendre" in act(second, kept, "back", note=" ")
    act(second, kept, "back", note="Citez la source.")
    assert "Publication renvoyée : Citez la source." in read(staff.get("/equipe/"))
    assert "Citez la source." in read(staff.get(request_page(*kept[:2])))
    assert "Demandé" in act(staff, kept, "ask")
    assert "Publication renvoyée" not in read(staff.get("/equipe/"))
    assert "Demande reprise" in act(staff, kept, "take_back")


def test_what_changed_after_it_was_read_is_read_again(people, aid, promise):
    staff, second, _ = people
    for kept in (("aides", str(aid.pk)), ("engagements", "guichet")):
        act(staff, kept, "ask")
    read_at = stamp("aides", aid.pk), stamp("engagements", "guichet")
    moved(aid, "paid", 40_000)
    promise.note = "Un vœu"
    promise.save()
    for kept, seen in zip((("aides", str(aid.pk)), ("engagements", "guichet")), read_at, strict=True):
        assert "a changé depuis" in act(second, kept, "publish", stamp=seen)
    assert not Publication.objects.filter(review=Review.APPROVED).exists()


def test_an_aid_says_what_it_rests_on_before_anybody_is_asked(people, aid):
    staff, second, _ = people
    kept = "aides", str(aid.pk)
    FundingLine.objects.filter(pk=aid.pk).update(legal_basis="")
    assert "sur quelle base" in act(staff, kept, "ask")
    FundingLine.objects.filter(pk=aid.pk).update(legal_basis="délibération")
    act(staff, kept, "ask")
    FundingLine.objects.filter(pk=aid.pk).update(legal_basis="")
    assert "sur quelle base" in act(second, kept, "publish", stamp=stamp(*kept))
    invented = company("Financeur fictif", origin=Origin.DEMO)
    FundingLine.objects.filter(pk=aid.pk).update(origin=Origin.DEMO, funder=invented)
    assert "Publiée" in act(second, kept, "publish", stamp=stamp(*kept))


def test_a_reviewer_takes_it_off_the_public_with_a_reason(people, kept, client):
    staff, second, _ = people
    kind, key, words, public = kept
    act(staff, kept, "ask")
    act(second, kept, "publish", stamp=stamp(kind, key))
    assert "Dites pourquoi" in act(second, kept, "withdraw", note="")
    assert "Retirée" in act(second, kept, "withdraw", note="En double")
    assert words not in read(client.get(public))
    assert "En double" in read(staff.get(request_page(kind, key)))


def test_lists_say_of_each_promise_whether_it_is_public_in_one_query(
    people, promise, django_assert_max_num_queries
):
    staff = people[0]
    act(staff, ("engagements", "guichet"), "ask")
    with django_assert_max_num_queries(16):
        page = read(staff.get("/equipe/engagements/?q=guichet"))
    assert "Publication demandée" in page and "Voir la demande" in page

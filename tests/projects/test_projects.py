"""Projects: attested as the article tells them, gates that ask, dates that stay, and their pages."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from agglo.figures.vocabulary import Origin
from projects.gates import ASKED, missing
from projects.loading import load_projects
from projects.models import BudgetLine, Bulletin, Decision, Gate, Milestone, Passage, PlannedDate, Project
from projects.models.project import PATH
from projects.moving import move
from projects.project_page import gates_shown, next_gate
from tests.people import person
from tests.projects.conftest import read

SAID = {name for asked in ASKED.values() for name, _ in asked}
DAY = date(2022, 6, 1)


@pytest.fixture
def project(attested) -> Project:
    return Project.objects.get(slug="tech-3e")


@pytest.mark.django_db
def test_the_article_is_told_with_its_statuses_and_nothing_more(attested):
    gates = dict(Project.objects.values_list("slug", "gate"))
    assert gates["plateforme-bridgestone"] == Gate.DESIGN
    assert gates["data-iot"] == Gate.IDEA
    assert gates["accompagnement-industriel"] == Gate.UNDERWAY
    assert gates["incubateur"] == gates["ambassadeurs-numeriques"] == Gate.DESIGN
    assert gates["acc"] == Gate.DELIVERED  # announced in the article, opened since
    assert not Project.objects.filter(
        search_key__contains="vallee verte"
    ).exists()  # a question, not a project
    assert not BudgetLine.objects.exists()
    assert not Milestone.objects.exists()
    assert not Project.objects.filter(wording="").exists()
    assert load_projects() == attested


@pytest.mark.samples
def test_every_wording_is_in_the_article_word_for_word(attested, samples):
    (article,) = (samples.parent / "reference").glob("article_0*.txt")
    text = flat(article.read_text(encoding="utf-8"))
    for project in Project.objects.all():
        assert flat(project.wording) in text, project.slug


def flat(text: str) -> str:
    return text.replace("’", "'").replace("‘", "'")


@given(st.sets(st.sampled_from(sorted(SAID))), st.sampled_from(PATH), st.sampled_from(PATH))
def test_a_later_gate_never_asks_for_less(said, one, other):
    near, far = sorted((one, other))
    assert set(missing(said, near)) <= set(missing(said, far))


@given(st.sets(st.sampled_from(sorted(SAID))), st.sampled_from(PATH))
def test_knowing_all_opens_every_gate_and_a_hold_asks_for_nothing(said, gate):
    assert missing(SAID, gate) == []
    assert missing(said, Gate.PAUSED) == missing(said, Gate.DROPPED) == []


def test_each_gate_asks_for_its_own():
    assert missing(set(), Gate.IDEA) == ["un intitulé", "une source"]
    assert missing(SAID - {"reached"}, Gate.UNDERWAY) == []
    assert missing(SAID - {"reached"}, Gate.DELIVERED) == ["la date et la preuve de chaque jalon"]


def test_the_next_gate():
    assert next_gate(None) == Gate.IDEA
    assert next_gate(Gate.DESIGN) == Gate.COMMITTED
    assert next_gate(Gate.DELIVERED) is next_gate(Gate.PAUSED) is None
    assert [state for _, state in gates_shown(Gate.COMMITTED)] == ["past", "past", "current", "", ""]


@pytest.mark.django_db
def test_a_gate_refuses_and_says_what_is_missing(project):
    agent = person("staff")
    with pytest.raises(ValidationError, match="un jalon avec une date prévue, un budget prévu"):
        Decision.objects.create(
            project=project, on=DAY, until=DAY, body="Conseil", words="Lancé", source="D1"
        )
        move(project, Gate.DELIVERED, DAY, by=agent)
    assert project.passages.count() == 1


@pytest.mark.django_db
def test_a_pause_has_a_reason_and_days_go_forward(project):
    agent = person("staff")
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        move(project, Gate.PAUSED, DAY, by=agent)
    with pytest.raises(ValidationError, match="égale ou plus tardive"):
        move(project, Gate.PAUSED, date(2021, 1, 1), by=agent, reason="essai")
    with pytest.raises(ValidationError, match="retour en arrière"):
        move(project, Gate.DESIGN, DAY, by=agent)
    move(project, Gate.PAUSED, DAY, by=agent, reason="attente d’un financeur")
    assert Project.objects.get(pk=project.pk).gate == Gate.PAUSED


@pytest.mark.django_db
def test_the_database_keeps_reasons_and_refuses_to_rewrite(project):
    with pytest.raises(IntegrityError, match="hold_or_drop_says_why"), transaction.atomic():
        Passage.objects.create(project=project, gate=Gate.DROPPED, on=DAY, until=DAY, source="essai")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        project.passages.update(reason="récrit")
    with pytest.raises(IntegrityError, match="reached_milestone_has_evidence"), transaction.atomic():
        Milestone.objects.create(project=project, name="Ouverture", actual_on=DAY)
    with pytest.raises(IntegrityError, match="bulletin_says_why"), transaction.atomic():
        Bulletin.objects.create(project=project, as_of=DAY, weather="rain", synthesis="", source="essai")


@pytest.mark.django_db
def test_every_replanned_date_stays(client, project):
    opening = Milestone.objects.create(project=project, name="Ouverture")
    for month, reason in ((3, ""), (9, "permis en retard"), (12, "gros œuvre")):
        PlannedDate.objects.create(
            milestone=opening,
            planned_on=date(2023, month, 1),
            decided_on=date(2022, month, 1),
            reason=reason,
            source="comité",
        )
    assert opening.slip == 275
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        opening.dates.update(planned_on=DAY)
    body = read(client.get("/projets/tech-3e/"))
    for said in ("1er mars 2023", "1er septembre 2023 (permis en retard)", "1er décembre 2023", "275 jours"):
        assert said in body


@pytest.mark.django_db
def test_planned_and_paid_stand_apart(client, project):
    BudgetLine.objects.create(project=project, label="Étude", as_of=DAY, planned=50000, source="essai")
    body = read(client.get("/projets/tech-3e/"))
    assert "50 000,00 € prévus" in body
    assert "payé n.d." in body


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "there", "absent"),
    [
        ("?q=ecole+ingenieurs", "École d’ingénieurs", "Incubateur"),
        ("?axe=proximite", "Soutien à l’artisanat", "Incubateur"),
        ("?etape=1", "Data et IOT", "Incubateur"),
        ("?nature=digital", "Incubateur", "École d’ingénieurs"),
        ("?q=LSEE", "TECH 3E", "Incubateur"),
    ],
)
def test_the_list_and_its_file_are_filtered(client, attested, query, there, absent):
    for path in ("/projets/", "/projets.csv"):
        body = read(client.get(path + query))
        body = body[body.index("<tbody>") :] if path == "/projets/" else body
        assert there in body
        assert absent not in body


@pytest.mark.django_db
def test_the_page_says_where_it_stands_with_the_words_of_the_source(client, attested):
    body = read(client.get("/projets/plateforme-bridgestone/"))
    assert "En projet (début 2022, selon l’article)" in body
    assert "transformation en plateforme industrielle multi-activités. »" in body
    assert "Ne s’ajoute pas" not in body
    assert "Emplois potentiels" in body
    assert 'href="/sites/bridgestone-bethune/"' in body
    assert "il manque au registre" in body


@pytest.mark.django_db
def test_unpublished_projects_are_nowhere(client, attested):
    Project.objects.filter(slug="quebec").update(published=False)
    assert client.get("/projets/quebec/").status_code == 404
    assert "Québec" not in read(client.get("/projets/"))
    assert client.get("/projets/rien/").status_code == 404


@pytest.mark.django_db
def test_empty_pages_answer_and_queries_are_bounded(client, attested, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get("/projets/")
    with django_assert_max_num_queries(23):
        client.get("/projets/plateforme-bridgestone/")
    assert Project.objects.attested().exclude(origin=Origin.ATTESTED).count() == 0
    assert "Aucun projet ne répond" in read(client.get("/projets/?q=zzz"))

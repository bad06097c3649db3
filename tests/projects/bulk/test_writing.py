"""From the dry run to the records and back: all of it, part of it, nothing when it is stopped."""

import pytest
from django.db import connection

from agglo.accounts.models import AuditEntry
from agglo.figures.models import Subject
from projects.brought import NotNow
from projects.bulk import carrying, deciding
from projects.bulk.exporting import refused_file
from projects.bulk.sheets import PROJECTS, SITES
from projects.models import Import, LifeStage, Project, Site
from projects.models.bulk import State
from tests.people import client_of
from tests.projects.bulk.conftest import NEW, as_csv, as_xlsx, exported, rows_of, told
from tests.projects.conftest import read
from tests.projects.two import decided, proposed, request_page

pytestmark = pytest.mark.django_db
EDIT = {"pollution": "avérée", "nom": "Usine ACC", "code_commune": "62119"}


@pytest.fixture
def both(ground, bring):
    """A file that changes one site and adds another."""
    rows = [one | EDIT if one["repere"] == "acc-douvrin" else one for one in exported()]
    return bring(as_csv([*rows, {name: NEW.get(name, "") for name in rows[0]}]))


def everything() -> list[dict]:
    return [
        {k: v for k, v in one.items() if k != "updated_at"} for one in Site.objects.order_by("pk").values()
    ]


def test_what_was_compared_is_written_under_the_name_of_who_decided(both, write, reviewer):
    row = write(both)
    assert (row.state, row.added, row.changed, row.refused) == (State.APPLIED, 1, 1, 0)
    site = Site.objects.get(slug="acc-douvrin")
    assert (site.name, site.pollution, site.commune.name) == ("Usine ACC", "proven", "Béthune")
    assert site.search_key == "usine acc bethune"
    assert (site.subject.name, site.subject.kind_label) == ("Usine ACC", "site industriel")
    new = Site.objects.get(slug="ancienne-filature")
    assert (new.kind, new.published, new.search_key) == ("brownfield", False, "ancienne filature bethune")
    assert new.subject.path == "/sites/ancienne-filature/"
    entry = AuditEntry.objects.about(site).first()
    assert (entry.user_id, entry.after["pollution"]) == (reviewer.pk, "proven")


def test_undoing_brings_back_every_value_and_takes_away_what_was_added(both, write, take_back):
    before = everything()
    row = take_back(write(both))
    assert (row.state, row.kept) == (State.UNDONE, 0)
    assert everything() == before
    assert not Subject.objects.filter(code="ancienne-filature").exists()
    assert Subject.objects.get(code="acc-douvrin").name == "Usine de batteries ACC"


def test_undoing_leaves_and_names_what_somebody_wrote_since(both, write, take_back):
    row = write(both)
    Site.objects.filter(slug="acc-douvrin").update(pollution="treated")
    new = Site.objects.get(slug="ancienne-filature")
    LifeStage.objects.create(site=new, stage=4, source="visite")
    row = take_back(row)
    assert (row.state, row.kept) == (State.UNDONE, 2)
    assert Site.objects.get(slug="acc-douvrin").name == "Usine ACC"
    assert Site.objects.filter(slug="ancienne-filature").exists()
    notes = dict(row.rows.values_list("key", "note"))
    assert "pollution" in notes["acc-douvrin"]
    assert "en dépendent" in notes["ancienne-filature"]


def test_what_moves_between_comparison_and_writing_is_refused_and_the_rest_is_written(both, write):
    Site.objects.filter(slug="acc-douvrin").update(pollution="treated")
    row = write(both)
    assert (row.state, row.added, row.changed, row.refused) == (State.APPLIED, 1, 0, 1)
    assert Site.objects.get(slug="acc-douvrin").name == "Usine de batteries ACC"
    refused = row.rows.get(change="refused")
    assert refused.reasons[0]["now"] == "traitée"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_refused_lines_come_out_with_their_reason_and_pass_once_corrected(ground, bring, write, form):
    rows = [one | {"zonage": "U"} for one in exported()]
    rows[0] |= {"nature": "château", "nom": "=1+1"}
    row = write(bring(as_csv(rows)))
    assert (row.changed, row.refused) == (len(rows) - 1, 1)
    content = refused_file(SITES, form, row).getvalue()
    (wrong,) = rows_of(content)
    assert (wrong["nature"], wrong["nom"]) == ("château", "'=1+1")
    assert "n’est pas dans la liste" in wrong["motif_du_refus"]
    corrected = [wrong | {"nature": "friche"}]
    row = write(bring(as_csv(corrected) if form == "csv" else as_xlsx(corrected)))
    assert (row.changed, row.refused, row.warnings) == (1, 0, [])
    assert Site.objects.get(slug=wrong["repere"]).name == "=1+1"


def test_a_conflict_passes_once_somebody_has_read_both_values(ground, bring, write):
    mine = told("acc-douvrin") | {"pollution": "avérée"}
    Site.objects.filter(slug="acc-douvrin").update(pollution="treated")
    row = bring(as_csv([mine]))
    (wrong,) = rows_of(refused_file(SITES, "csv", row).getvalue())
    assert "Valeur actuelle : « traitée »" in wrong["motif_du_refus"].replace("\u202f", " ")
    assert write(bring(as_csv([wrong]))).changed == 1
    assert Site.objects.get(slug="acc-douvrin").pollution == "proven"


def test_projects_are_written_and_undone_too(ground, bring, write, take_back):
    rows = exported(PROJECTS)
    edited = [one | {"site": "bridgestone-bethune", "porteur": ""} for one in rows]
    row = write(bring(as_csv(edited)))
    project = Project.objects.get(slug="batteries")
    assert (project.site.slug, project.lead, project.search_key) == (
        "bridgestone-bethune", None, "batteries ancien site bridgestone"
    )  # fmt: skip
    take_back(row)
    assert exported(PROJECTS) == rows


def test_written_twice_or_undone_twice_does_nothing_more(both, write, take_back, agent):
    row = write(both)
    with pytest.raises(NotNow, match="Cet import est appliqué"):
        deciding.apply(row.pk, agent)
    assert carrying.carry_on(row.pk) is None
    take_back(row)
    with pytest.raises(NotNow):
        deciding.undo(row.pk, agent)
    with pytest.raises(NotNow):
        deciding.cancel(row.pk)


def test_a_file_written_while_a_change_waits_is_kept_beside_it(both, write, agent, reviewer):
    """The change touches the name, which the file writes too, and the address, which it does not."""
    form, page = "/equipe/sites/acc-douvrin/modifier/", request_page("sites", "acc-douvrin")
    proposed(client_of(agent), form, name="La gigafactory", address="Rue du Lac")
    assert write(both).state == State.APPLIED
    reader = client_of(reviewer)
    assert "Changé entre-temps" in read(reader.get(page))
    assert "Publiée" in decided(reader, page, "publish")
    site = Site.objects.get(slug="acc-douvrin")
    assert (site.name, site.address) == ("La gigafactory", "Rue du Lac")
    assert (site.pollution, site.commune.name) == ("proven", "Béthune")


def test_a_file_loaded_twice_adds_nothing_twice(ground, bring, write):
    write(bring(as_csv([NEW])))
    row = bring(as_csv([NEW]))
    assert (row.added, row.refused) == (0, 1)


@pytest.mark.parametrize(
    ("due", "left"),
    [("reading", State.CANCELLED), ("applying", State.READY), ("undoing", State.APPLIED)],
)
def test_a_stop_asked_while_it_works_writes_nothing(both, write, agent, reviewer, monkeypatch, due, left):
    """The person's word comes after the last line, before the end: the latest moment it can."""
    if due == "reading":
        row = deciding.receive("essai.csv", as_csv(exported()), agent)
    elif due == "applying":
        deciding.ask(both.pk, agent)
        row = deciding.apply(both.pk, reviewer)
    else:
        row = deciding.undo(write(both).pk, agent)
    before, state = everything(), State(due)
    work = carrying.WORK.acts[state]

    def stopped_late(row, pulse):
        said = work(row, pulse)
        deciding.cancel(row.pk)
        return said

    monkeypatch.setitem(carrying.WORK.acts, state, stopped_late)
    row = carrying.carry_on(row.pk)
    assert (row.state, row.cancel_asked) == (left, False)
    assert "rien n’a été écrit" in row.error
    assert everything() == before


def test_what_nobody_began_is_given_up_at_once(both, agent):
    assert deciding.cancel(both.pk).state == State.CANCELLED
    row = deciding.receive("essai.csv", b"repere;nom\n", agent)
    assert deciding.cancel(row.pk).state == State.CANCELLED
    assert carrying.carry_on(row.pk) is None


def test_an_error_of_the_database_leaves_everything_as_it_was(both, write):
    before = everything()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE projects_site ADD CONSTRAINT essai CHECK (pollution <> 'proven')")
    row = write(both)
    assert row.state == State.READY
    assert "La base de données a refusé" in row.error
    assert everything() == before


def test_a_file_too_large_or_empty_is_refused_before_it_is_kept(db, agent, settings):
    settings.IMPORT_MAX_MB = 0
    for content, why in ((b"", "vide"), (b"x", "dépasse")):
        with pytest.raises(ValueError, match=why):
            deciding.receive("essai.csv", content, agent)
    assert not Import.objects.exists()

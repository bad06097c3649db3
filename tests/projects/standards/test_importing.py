"""Bringing a file: refused rows say where and why, nothing is written before, accepting and taking back."""

import pytest

from agglo.figures.models import Subject
from projects.brought import NotNow, Unreadable
from projects.models import (
    Axis,
    Lot,
    LotState,
    Organisation,
    Ownership,
    Project,
    Site,
    StandardContent,
    StandardImport,
    StandardRow,
)
from projects.standards import STANDARDS
from projects.standards.persons import is_legal
from projects.standards.reading import ADDED, CHANGED, REFUSED, UNCHANGED, compare
from projects.subjects import subject_of
from tests.projects.standards.conftest import as_csv, bring_in, take_rows_back, write_rows

pytestmark = pytest.mark.django_db
FRICHES = STANDARDS["friches"]


def verdicts(brought) -> list[str]:
    return [one.verdict for one in compare(brought).proposals]


def test_each_fault_names_its_line_its_column_and_what_to_write(bring, example):
    rows = (
        example("friches", site_id=""),
        example("friches", site_id="2", site_type="usine", bati_nombre="deux", site_actu_date="1/2/2020"),
        example("friches", site_id="3", site_nom="=1+1"),
        example("friches", site_id="4"),
        example("friches", site_id="4"),
    )
    found = compare(bring("friches", *rows))
    assert [one.verdict for one in found.proposals] == [REFUSED, REFUSED, REFUSED, ADDED, REFUSED]
    first, second, third, _, fifth = found.proposals
    assert "colonne 1 (site_id) : l’identifiant manque." in first.reasons
    said = " / ".join(second.reasons)
    assert second.line == 3
    assert "colonne 3 (site_type) : « usine » n’est pas un mot du standard." in said
    assert "« deux » n’est pas un nombre entier" in said
    assert "« 1/2/2020 » n’est pas une date écrite AAAA-MM-JJ" in said
    assert "signe de formule" in third.reasons[0]
    assert fifth.reasons == ("colonne 1 (site_id) : l’identifiant « 4 » est déjà sur une autre ligne.",)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b"PK\x03\x04...", "classeur"),
        (b"a;b\n1;2\n", "La colonne site_id manque"),
        (b"site_id;site_id\n1;2\n", "deux fois"),
        (b"site_id;site_nom\n", "que sa ligne d"),
        (b"site_id;site_nom\n1;a;b\n", "a 3 cellules pour 2 colonnes"),
        (b"site_id;site_nom\n1;\x00\n", "pas un texte"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(content, words, agent):
    with pytest.raises(Unreadable, match=words):
        bring_in(FRICHES, "f.csv", content, agent)


def test_commas_and_the_encoding_of_old_spreadsheets_are_read(agent, territory, example):
    row = example("friches", site_nom="Élan")
    content = as_csv("friches", row, delimiter=",").decode().encode("cp1252")
    brought = bring_in(FRICHES, "f.csv", content, agent)
    assert "Windows-1252" in brought.remarks[0]
    assert compare(brought).proposals[0].name == "Élan"


def test_nothing_is_written_before_and_only_chosen_rows_are(bring, agent, territory, example, reviewer):
    brought = bring("friches", *(example("friches", site_id=str(n), site_nom=f"Site {n}") for n in range(3)))
    assert verdicts(brought) == [ADDED] * 3
    assert not Site.objects.exists()
    assert write_rows(brought, ["1"], reviewer, published=False) == 1
    site = Site.objects.get()
    assert (site.name, site.kind, site.published) == ("Site 1", "brownfield", False)
    with pytest.raises(NotNow):
        write_rows(brought, None, reviewer, published=False)


def test_the_same_file_again_changes_nothing(accept, bring, territory, example):
    accept("friches", example("friches"))
    assert verdicts(bring("friches", example("friches"))) == [UNCHANGED]


def test_staff_data_are_shown_beside_and_replaced_only_when_accepted(
    accept, bring, agent, territory, example, reviewer
):
    accept("friches", example("friches"))
    Site.objects.update(address="12 rue des Agents")
    brought = bring("friches", example("friches", bati_etat="dégradation très importante"))
    (one,) = compare(brought).proposals
    shown = {diff.field: (diff.ours, diff.theirs) for diff in one.differences}
    assert shown["site_adresse"] == ("12 rue des Agents", "875 rte de Pierrefond")
    assert shown["bati_etat"] == ("dégradation moyenne", "dégradation très importante")
    assert Site.objects.get().address == "12 rue des Agents"
    write_rows(brought, None, reviewer, published=False)
    assert Site.objects.get().address == "875 rte de Pierrefond"
    brought.refresh_from_db()
    take_rows_back(brought, agent)
    assert Site.objects.get().address == "12 rue des Agents"
    assert StandardRow.objects.get().cells["friche_bati_etat"] == "dégradation moyenne"


def test_an_empty_cell_erases_nothing(accept, bring, territory, example):
    accept("friches", example("friches"))
    (one,) = compare(
        bring("friches", example("friches", site_adresse="", geompoint=example("friches")["geompoint"]))
    ).proposals
    assert one.verdict == UNCHANGED


def test_a_site_of_ours_is_recognised_by_name_and_commune_and_that_is_said(attested, bring, example):
    site = Site.objects.get(slug="acc-douvrin")
    row = example("friches", site_nom=site.name.upper(), comm_insee=site.commune.code, comm_nom="Douvrin")
    (one,) = compare(bring("friches", row)).proposals
    assert (one.verdict, one.record) == (CHANGED, site)
    assert any("Rapprochée" in remark for remark in one.remarks)


def test_a_natural_person_is_not_kept_anywhere(bring, agent, territory, example, reviewer):
    row = example("friches", proprio_personne="personne physique", proprio_nom="Jeanne Invraisemblable")
    brought = bring("friches", row)
    assert "Invraisemblable" not in str(brought.rows)
    write_rows(brought, None, reviewer, published=False)
    assert Ownership.objects.get().nature == "natural"
    assert not Organisation.objects.exists()
    trader = bring("etablissement", example("etablissement", etab_nat_juridique="1000"))
    assert "Picardie" not in str(trader.rows)
    assert "entrepreneur individuel" in compare(trader).proposals[0].reasons[0]


def test_who_bought_a_lot_is_kept_only_when_it_is_surely_a_legal_person(bring, accept, territory, example):
    """The ownership of the ground says nothing of the buyer."""
    row = example("terrain-eco", terr_acquereur="Dupont Jean", terr_maitrise_fonc="public")
    brought = bring("terrain-eco", row)
    assert "Dupont" not in str(brought.rows)
    assert "écrivez sa forme" in " ".join(compare(brought).proposals[0].remarks)
    content = StandardContent.objects.get(owner=brought)
    content.rows[0]["cells"]["terr_acquereur"] = "Dupont Jean"  # as a file that waits since before the rule
    content.save()
    assert compare(StandardImport.objects.get(pk=brought.pk)).proposals[0].cells["terr_acquereur"] == ""
    accept("site-eco", example("site-eco", site_moa_type="privé", site_moa_nom="Dupont Jean"))
    accept("terrain-eco", row)
    kept = {name: said for one in StandardRow.objects.all() for name, said in one.cells.items()}
    assert (kept["terreco_terr_acquereur"], kept["siteeco_site_moa_nom"]) == ("", "")
    assert kept["siteeco_site_moa_amngt"] == "SA Somme Aménagement Construction"
    Organisation.objects.create(slug="lactalys", name="Lactalys", kind="company", source="essai")
    (kept,) = bring("terrain-eco", example("terrain-eco", terr_acquereur="LACTALYS")).rows
    assert kept["cells"]["terr_acquereur"] == "LACTALYS"
    word = bring("etablissement", example("etablissement", etab_nat_juridique="EI"))
    assert "Picardie" not in str(word.rows)


@pytest.mark.parametrize(
    ("name", "legal"),
    [
        ("SA Lactalys", True),
        ("Société d’économie mixte du Béthunois", True),
        ("COMMUNAUTE DE COMMUNES", True),
        ("État", True),
        ("inconnu", True),
        ("Dupont Jean", False),
        ("Isabelle Sarlat", False),
        ("Maria de Sá", False),
        ("M. Dupont, gérant de la SARL du Parc", False),
        ("SCI du Parc|Dupont Jean", False),
        (" | ", False),
    ],
)
def test_a_legal_person_says_its_form(name, legal):
    assert is_legal(name, frozenset()) is legal


def test_a_lot_keeps_the_history_of_its_states(accept, territory, example):
    accept("site-eco", example("site-eco"))
    accept("terrain-eco", example("terrain-eco", terr_etat_occup="vacant"))
    accept("terrain-eco", example("terrain-eco", terr_etat_occup="friche", terr_actu_date="2024-05-01"))
    lot = Lot.objects.get()
    assert [one.use for one in lot.states.all()] == ["vacant", "brownfield"]
    assert [str(one.since) for one in lot.states.all()] == ["2023-08-29", "2024-05-01"]


def test_taking_back_leaves_nothing_behind(accept, agent, territory, example):
    before = Subject.objects.count()
    whole = [accept("site-eco", example("site-eco")), accept("terrain-eco", example("terrain-eco"))]
    whole.append(accept("friches", example("friches")))
    for brought in reversed(whole):
        assert take_rows_back(brought, agent) == (1, 0)
    for model in (Site, Lot, LotState, StandardRow, Organisation, Ownership):
        assert not model.objects.exists(), model
    assert Subject.objects.count() == before


def test_what_changed_since_stays_and_says_why(accept, agent, territory, example):
    brought = accept("friches", *(example("friches", site_id=str(n), site_nom=f"Site {n}") for n in range(3)))
    Site.objects.filter(name="Site 1").update(pollution="treated")
    Project.objects.create(
        slug="p", name="Projet", kind="implantation", axis=Axis.values[0], source="essai",
        site=Site.objects.get(name="Site 2"),
        subject=subject_of("PROJET", "p", "Projet"),
    )  # fmt: skip
    assert take_rows_back(brought, agent) == (1, 2)
    said = {one.key: one.kept_because for one in brought.written.all()}
    assert said["1"] == "quelqu’un l’a changée depuis"
    assert said["2"] != ""
    assert set(Site.objects.values_list("name", flat=True)) == {"Site 1", "Site 2"}


def test_comparing_asks_the_database_a_bounded_number_of_times(
    bring, territory, example, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    few = bring("friches", *(example("friches", site_id=str(n)) for n in range(2)))
    many = bring("friches", *(example("friches", site_id=str(n)) for n in range(40)))
    with CaptureQueriesContext(connection) as asked:
        compare(few)
    with django_assert_num_queries(len(asked)):
        compare(many)

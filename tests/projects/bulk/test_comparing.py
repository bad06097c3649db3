"""The dry run: what a file would add, change or is refused, cell by cell, and nothing written."""

import pytest

from agglo.figures.models import Subject
from projects.bulk.sheets import PROJECTS, SITES
from projects.models import BulkRow, Project, Site
from projects.models.bulk import State
from tests.projects.bulk.conftest import NEW, as_csv, as_xlsx, exported, told

pytestmark = pytest.mark.django_db
COUNTS = ("added", "changed", "unchanged", "refused")


def counts(row) -> tuple[int, ...]:
    assert row.state == State.READY, row.error
    return tuple(getattr(row, name) for name in COUNTS)


def reasons(row) -> dict[str, str]:
    return {
        reason["column"]: reason["why"].replace("\u202f", " ").replace("\u00a0", " ")
        for one in BulkRow.objects.filter(owner=row, change="refused")
        for reason in one.reasons
    }


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("sheet", [SITES, PROJECTS], ids=["sites", "projects"])
def test_what_was_exported_comes_back_unchanged(ground, bring, sheet, form):
    site = Site.objects.get(slug="acc-douvrin")
    site.name, site.about = "=cmd|' /C calc'!A1", '- un\nd’abord\r\n\u202f12\u00a0000 m² ; "deux"\n\'=3'
    site.latitude, site.longitude, site.position = "50.50601", "-2.60000", "stated"
    site.save()
    content = as_csv(exported(sheet)) if form == "csv" else as_xlsx(exported(sheet, "xlsx"))
    row = bring(content, f"essai.{form}")
    assert counts(row) == (0, 0, sheet.model.objects.count(), 0)
    assert (row.sheet, row.warnings) == (sheet.code, [])
    assert not row.rows.exists()


def test_added_changed_and_unchanged_are_told_apart_and_nothing_is_written(ground, bring):
    rows = exported()
    edited = next(one for one in rows if one["repere"] == "acc-douvrin")
    edited |= {"pollution": "Avérée", "latitude": "50,5", "longitude": "2,8"}
    before = list(Site.objects.order_by("pk").values())
    row = bring(as_csv([*rows, {name: NEW.get(name, "") for name in rows[0]}]))
    assert counts(row) == (1, 1, len(rows) - 1, 0)
    changed, added = row.rows.all()
    assert changed.cells == {
        "latitude": ["", "50,5"], "longitude": ["", "2,8"], "pollution": ["inconnue", "avérée"]
    }  # fmt: skip
    assert (changed.key, added.key, added.title) == ("acc-douvrin", "ancienne-filature", "Ancienne filature")
    assert list(Site.objects.order_by("pk").values()) == before
    assert not Subject.objects.filter(code="ancienne-filature").exists()


@pytest.mark.parametrize(
    ("cells", "column", "why"),
    [
        ({"nature": "château"}, "nature", "n’est pas dans la liste : site industriel"),
        ({"nom": " "}, "nom", "ne peut pas rester vide"),
        ({"source": ""}, "source", "ne peut pas rester vide"),
        ({"nom": "x" * 201}, "nom", "au plus 200"),
        ({"nom": "#N/A"}, "nom", "erreur de votre tableur"),
        ({"code_commune": "62000"}, "code_commune", "« 62000 » n’est pas le code Insee d’une commune"),
        ({"latitude": "ici"}, "latitude", "n’est pas un nombre"),
        ({"latitude": "2,6", "longitude": "50,5"}, "latitude", "est hors de 41 à 52"),
        ({"latitude": "50,5"}, "longitude", "il en manque une"),
        ({"precision_du_point": "point relevé"}, "precision_du_point", "demande une latitude"),
        ({"publie": "bientôt"}, "publie", "écrivez oui ou non"),
        ({"repere": "Pas Un Repère"}, "repere", "minuscules, chiffres et tirets"),
        ({"repere": "acc-douvrin"}, "repere", "Ce repère est déjà pris"),
        ({"empreinte": "abcabcabcabc"}, "repere", "Cette fiche n’existe plus"),
        ({"nom": "Usine de batteries ACC", "code_commune": "62276"}, "nom", "existe déjà sous le repère"),
    ],
)
def test_each_refusal_names_its_cell_and_says_what_to_do(ground, bring, cells, column, why):
    row = bring(as_csv([NEW | {"latitude": "", "longitude": "", "empreinte": ""} | cells]))
    assert counts(row) == (0, 0, 0, 1)
    assert why in reasons(row)[column]


def test_a_reference_that_leads_nowhere_is_refused(ground, bring):
    rows = exported(PROJECTS)
    row = bring(as_csv([rows[0] | {"porteur": "personne", "site": "nulle-part"}]))
    assert set(reasons(row)) == {"porteur", "site"}


def test_the_same_record_twice_in_a_file_is_refused_the_second_time(ground, bring):
    row = bring(as_csv([NEW, NEW | {"source": "autre"}]))
    assert counts(row) == (1, 0, 0, 1)
    one = told("acc-douvrin")
    row = bring(as_csv([one | {"zonage": "U"}, one | {"zonage": "AU"}]))
    assert counts(row) == (0, 1, 0, 1)
    assert "Ce repère est déjà celui de la ligne 2" in reasons(row)["repere"]


def test_new_records_of_one_name_in_several_communes_get_keys_of_their_own(ground, bring):
    row = bring(as_csv([NEW | {"code_commune": code} for code in ("62119", "62178", "62276")]))
    assert [one.key for one in row.rows.all()] == [
        "ancienne-filature", "ancienne-filature-2", "ancienne-filature-3"
    ]  # fmt: skip


def test_what_a_colleague_changed_since_the_export_is_refused_with_both_values(ground, bring):
    mine = told("acc-douvrin") | {"pollution": "avérée"}
    Site.objects.filter(slug="acc-douvrin").update(pollution="treated")
    row = bring(as_csv([mine]))
    assert counts(row) == (0, 0, 0, 1)
    reason = row.rows.get().reasons[0]
    assert (reason["value"], reason["now"]) == ("avérée", "traitée")
    assert "Modifié par quelqu’un depuis votre export" in reason["why"]


def test_a_line_left_as_it_was_does_not_take_back_what_a_colleague_wrote(ground, bring):
    rows = exported()
    Site.objects.filter(slug="acc-douvrin").update(pollution="treated")
    assert counts(bring(as_csv(rows))) == (0, 0, len(rows), 0)


def test_a_few_columns_are_enough_and_the_others_stay(ground, bring):
    row = bring(as_csv([{"repere": "acc-douvrin", "zonage": "U", "couleur": "bleu"}]))
    assert counts(row) == (0, 1, 0, 0)
    assert row.rows.get().cells == {"zonage": ["", "U"]}
    assert "couleur" in row.warnings[0]
    assert "Sans la colonne « empreinte »" in row.warnings[1]


def test_a_column_that_only_informs_is_left_aside_and_said(ground, bring):
    row = bring(as_csv([exported(PROJECTS)[0] | {"etape": "livré"}]))
    assert counts(row) == (0, 0, 1, 0)
    assert "« etape » ne se change pas par fichier : une valeur laissée de côté" in row.warnings[0]
    several = [one | {"etape": "livré"} for one in exported(PROJECTS)[:2]]
    assert "2 valeurs laissées de côté" in bring(as_csv(several)).warnings[0]
    assert Project.objects.exists()


def test_a_file_that_cannot_be_read_fails_with_a_sentence(bring):
    row = bring(b"bonjour")
    assert row.state == State.FAILED
    assert "Aucune ligne d’en-têtes reconnue" in row.error
    assert "aucune ligne sous ses en-têtes" in bring(b"repere;nom\n").error


def test_queries_do_not_grow_with_lines(ground, agent, django_assert_max_num_queries):
    from projects.bulk import carrying, deciding

    rows = [NEW | {"nom": f"Friche {number}"} for number in range(1500)] + exported()
    content = as_csv([{name: row.get(name, "") for name in [*exported()[0]]} for row in rows])
    row = deciding.receive("essai.csv", content, agent)
    with django_assert_max_num_queries(25):
        assert carrying.carry_on(row.pk).added == 1500

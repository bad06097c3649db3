"""File, records, file: every cell comes back as it was written, and what we write is valid."""

import csv
import hashlib
import io
import json
import re
from datetime import date

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from agglo.accounts.models import User
from agglo.figures.models import Subject
from projects.models import ImportedRow, Lot, Occupancy, Organisation, Site, StandardImport, StandardRow
from projects.standards import STANDARDS, checking, writing
from projects.standards.declaring import SCHEMAS
from tests.people import person
from tests.projects.standards.conftest import as_csv, bring_in, rows_of, write_rows

OFFICIAL = ("pole-eco", "terrain-eco", "etablissement")


def written(code: str, *, public: bool = False) -> list[dict[str, str]]:
    standard = STANDARDS[code]
    return rows_of(writing.csv_text(standard, writing.rows(standard, public=public)))


def check(code: str) -> None:
    rows = list(enumerate(written(code), start=2))
    assert checking.faults(STANDARDS[code], rows) == []


def test_the_schemas_are_the_official_files_listed_beside_them():
    listed = dict(
        re.findall(r"^\| `(\S+\.json)` .*`([0-9a-f]{64})` \|$", (SCHEMAS / "SOURCES.md").read_text(), re.M)
    )
    assert set(listed) == {path.name for path in SCHEMAS.glob("*.json")}
    for name, checksum in listed.items():
        assert hashlib.sha256((SCHEMAS / name).read_bytes()).hexdigest() == checksum
        assert json.loads((SCHEMAS / name).read_text())["licenses"][0]["name"] == "etalab-2.0"


@pytest.mark.samples
@pytest.mark.parametrize("code", OFFICIAL)
def test_an_official_example_comes_back_cell_by_cell(code, samples, territory, agent, reviewer):
    content = (samples / f"sites-economiques_cnig_{code}.exemple-valide.csv").read_bytes()
    brought = bring_in(STANDARDS[code], "exemple-valide.csv", content, agent)
    assert write_rows(brought, None, reviewer, published=False) == 1
    given_rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    standard = STANDARDS[code]
    again = writing.csv_text(standard, writing.rows(standard, public=False))
    assert list(csv.reader(io.StringIO(again, newline=""), delimiter=";")) == given_rows
    check(code)


@pytest.mark.parametrize("code", STANDARDS)
def test_the_row_that_a_schema_gives_as_its_example_comes_back(code, territory, accept, example):
    row = example(code)
    accept(code, row)
    assert written(code) == [row]
    check(code)


def test_the_four_classes_find_one_another(territory, accept, example):
    """An establishment on a lot of a site: records of ours, and files that are the same again."""
    site = example("site-eco", site_comm_insee="62119", site_comm_nom="BETHUNE sur Brette")
    lot = example("terrain-eco")
    etab = example("etablissement", terr_id=lot["terr_id"], SIREN="552100554", SIRET="55210055400013")
    for code, row in (("site-eco", site), ("terrain-eco", lot), ("etablissement", etab)):
        accept(code, row)
        assert written(code) == [row]
        assert written(code, public=True)[0][STANDARDS[code].key] == row[STANDARDS[code].key]
    found = Occupancy.objects.get()
    assert (found.lot, found.lot.site) == (Lot.objects.get(), Site.objects.get())
    assert found.occupant.siren == "552100554"
    assert found.lot.square_metres == 99_000  # 9.9 ha at the border
    assert found.lot.site.commune.name == "Béthune"
    assert written("site-eco")[0]["site_comm_nom"] == "BETHUNE sur Brette"
    assert found.lot.site.surfaces.get(kind="ground").square_metres == 372_000
    assert "quai fluvial" in found.lot.site.networks


def test_our_names_are_prefixed_since_both_standards_have_a_site_id(territory, accept, example):
    accept("friches", example("friches"))
    accept("site-eco", example("site-eco"))
    first, second = StandardRow.objects.order_by("standard")
    assert not set(first.cells) & set(second.cells)
    assert {first.cells["friche_site_id"], second.cells["siteeco_site_id"]} == {first.key, second.key}


def test_what_staff_changed_is_what_the_file_says(territory, accept, example):
    accept("friches", example("friches", comm_insee="62119"))
    site = Site.objects.get()
    site.name, site.pollution = "Ancienne halle", "treated"
    site.save()
    (row,) = written("friches")
    assert (row["site_nom"], row["sol_pollution_existe"]) == ("Ancienne halle", "pollution traitée")
    assert row["site_actu_date"] == timezone.localdate(site.updated_at).isoformat()
    assert row["activite_libelle"] == example("friches")["activite_libelle"]
    check("friches")


def test_a_site_of_ours_without_what_the_standard_asks_is_left_out_and_says_why(attested):
    standard = STANDARDS["site-eco"]
    found = writing.rows(standard, public=True)
    assert found
    assert all("site_geomsurf" in one.lacking for one in found)
    assert written("site-eco", public=True) == []


def test_our_own_file_read_back_leads_to_the_same_sites(attested, agent, reviewer):
    Site.objects.filter(slug="bridgestone-bethune").update(
        kind="brownfield", latitude="50.53", longitude="2.64", position="stated"
    )
    standard = STANDARDS["friches"]
    text = writing.csv_text(standard, writing.rows(standard, public=False))
    assert len(rows_of(text)) == 1
    brought = bring_in(standard, "friches.csv", text.encode(), agent)
    before = Site.objects.count()
    write_rows(brought, None, reviewer, published=False)
    assert Site.objects.count() == before
    assert writing.csv_text(standard, writing.rows(standard, public=False)) == text
    check("friches")


def cells(standard) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({name: cell(one) for name, one in standard.described.items()})


def cell(rule: dict) -> st.SearchStrategy[str]:
    """Texts that the schema takes: its words, its example where it asks for a form, else anything."""
    limits = rule.get("constraints", {})
    example = rule["example"] if isinstance(rule["example"], str) else json.dumps(rule["example"])
    words = limits.get("enum") or rule.get("enum")
    if words:
        found = st.sampled_from(words)
    elif (
        "pattern" in limits
        or rule["type"] in ("geojson", "geopoint")
        or rule.get("format") in ("uri", "email")
    ):
        found = st.just(example)
    elif rule["type"] == "date" and rule["format"] == "%Y":
        found = st.integers(1800, 2030).map(str)
    elif rule["type"] == "date":
        found = st.dates(date(1900, 1, 1), date(2030, 1, 1)).map(str)
    elif rule["type"] == "integer":
        found = st.integers(0, 10**7).map(str)
    elif rule["type"] == "number":
        found = st.decimals(0, 10**6, places=3).map(str)
    else:
        found = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=250)
        found = found.filter(
            lambda text: not checking.is_formula(text) and text.strip() not in ("", "NA", "NaN", "N/A")
        )
    return found if limits.get("required") else st.one_of(st.sampled_from(["", "NA"]), found)


class AnyValidRow(TestCase):
    """For each class, rows drawn from what its schema allows come back as they were written, and valid."""

    def there_and_back(self, code: str, row: dict[str, str]) -> None:
        standard = STANDARDS[code]
        keys = {"site_id": "1_a", "terr_id": "1_b", "pole_id": "1_c"}
        row = row | ({standard.key: keys.get(standard.key, "55210055400013")})
        row |= {"etab_nat_juridique": "5710"} if code == "etablissement" else {}
        row |= dict.fromkeys(standard.personal(row, frozenset()), "")
        user, second = (User.objects.filter(role=one).first() or person(one) for one in ("staff", "reviewer"))
        if code == "terrain-eco":
            subject = Subject.objects.create(scheme="SITE", code="zone", name="Zone", kind_label="site")
            park = Site.objects.create(subject=subject, slug="zone", name="Zone", kind="park", source="essai")
            row["site_id"] = f"62119_SITE-ECO_{park.slug}"
        brought = bring_in(standard, "f.csv", as_csv(code, row), user)
        assert write_rows(brought, None, second, published=True) == 1
        found = rows_of(writing.csv_text(standard, writing.rows(standard, public=False)))
        assert found == [row]
        assert checking.faults(standard, [(2, found[0])]) == []
        assert Lot.objects.count() == (code == "terrain-eco")
        for model in (ImportedRow, StandardImport, StandardRow, Site, Organisation, Subject):
            model.objects.all().delete()

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(cells(STANDARDS["friches"]))
    def test_brownfields(self, row):
        self.there_and_back("friches", row)

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(cells(STANDARDS["site-eco"]))
    def test_sites(self, row):
        self.there_and_back("site-eco", row)

    @settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(cells(STANDARDS["terrain-eco"]))
    def test_land(self, row):
        self.there_and_back("terrain-eco", row)

    @settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(cells(STANDARDS["etablissement"]))
    def test_establishments(self, row):
        self.there_and_back("etablissement", row)


def test_a_planted_loss_is_seen(territory, accept, example):
    """The contract is worth something only if it fails when a cell is lost on the way."""
    row = example("friches")
    accept("friches", row)
    kept = StandardRow.objects.get(standard="friches")
    lost = next(name for name in kept.cells if name.endswith("site_url"))
    kept.cells = {name: said for name, said in kept.cells.items() if name != lost}
    kept.save()
    (again,) = written("friches")
    assert {name for name in row if again[name] != row[name]} == {"site_url"}

"""Files made and brought back by the tests, compared and written by the worker's own code."""

import csv
import io
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from agglo.figures.recording import ensure_subject
from agglo.territory.models import Kind, Territory
from projects.bulk import carrying, deciding
from projects.bulk.sheets import SITES
from projects.models import Axis, Gate, Import, Organisation, Passage, Project, Site
from projects.subjects import subject_of
from tests.people import person

COMMUNES = {"62119": "Béthune", "62276": "Douvrin", "62178": "Bruay-la-Buissière"}


@pytest.fixture
def ground(db):
    """A few communes, sites and projects: enough to compare, and quick to lay."""
    communes = {}
    for code, name in COMMUNES.items():
        subject = ensure_subject("COM", code, name, "commune")
        communes[code] = Territory.objects.create(subject=subject, kind=Kind.COMMUNE)
    told = {"source": "essai", "published": True}
    acc = Organisation.objects.create(slug="acc", name="ACC", kind="company", source="essai")
    sites = {}
    for slug, name, code in (
        ("acc-douvrin", "Usine de batteries ACC", "62276"),
        ("bridgestone-bethune", "Ancien site Bridgestone", "62119"),
        ("sans-lieu", "Plateforme à venir", None),
    ):
        subject = subject_of("SITE", slug, name)
        commune = communes.get(code)
        sites[slug] = Site.objects.create(
            subject=subject, slug=slug, name=name, kind="industrial", commune=commune, **told
        )
    for slug, lead, site in (("batteries", acc, sites["acc-douvrin"]), ("etude", None, None)):
        project = Project.objects.create(
            subject=subject_of("PROJET", slug, slug, "projet"), slug=slug, name=slug.title(), kind="site",
            axis=Axis.INDUSTRY, lead=lead, site=site, **told,
        )  # fmt: skip
        day = date(2024, 1, 1)
        Passage.objects.create(project=project, gate=Gate.DESIGN, on=day, until=day, source="essai")


@pytest.fixture
def agent(db):
    return person("staff")


@pytest.fixture
def bring(agent):
    """`bring(content)`: the import once a worker compared it."""

    def brought(content: bytes, name: str = "essai.csv") -> Import:
        return carrying.carry_on(deciding.receive(name, content, agent).pk)

    return brought


@pytest.fixture
def reviewer(db):
    return person("reviewer")


@pytest.fixture
def write(agent, reviewer):
    """What the public would read is written by a second person."""

    def written(row: Import) -> Import:
        if row.public_rows:
            deciding.ask(row.pk, agent)
        return carrying.carry_on(deciding.apply(row.pk, reviewer if row.public_rows else agent).pk)

    return written


@pytest.fixture
def take_back(agent):
    def taken(row: Import) -> Import:
        return carrying.carry_on(deciding.undo(row.pk, agent).pk)

    return taken


def told(slug: str, sheet=SITES) -> dict[str, str]:
    """One record as an export tells it."""
    return next(one for one in exported(sheet, "csv") if one["repere"] == slug)


def exported(sheet=SITES, form: str = "csv") -> list[dict[str, str]]:
    from projects.bulk.exporting import records_file

    return rows_of(records_file(sheet, form, sheet.records(), "aucun").getvalue())


def rows_of(content: bytes) -> list[dict[str, str]]:
    if content[:2] == b"PK":
        lines = [list(map(str, row)) for row in _cells(content)]
        return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    text = content.decode("utf-8-sig")
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith("# ")]
    return list(csv.DictReader(io.StringIO("".join(lines)), delimiter=";"))


def _cells(content: bytes):
    sheet = load_workbook(io.BytesIO(content))["Données"]
    return [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]


def as_csv(rows: list[dict[str, object]], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows: list[dict[str, object]]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    book.save(out)
    return out.getvalue()


NEW = {
    "repere": "",
    "nom": "Ancienne filature",
    "nature": "friche",
    "code_commune": "62119",
    "precision_du_point": "centre de la commune",
    "pollution": "supposée",
    "publie": "non",
    "source": "visite du service",
}

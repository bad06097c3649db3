"""Files as people save them: encodings, delimiters, typed cells, broken cells, and what is no file."""

import io
import zipfile
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from projects.brought import Unreadable
from projects.bulk.cells import guarded, same, tidy, unguarded
from projects.bulk.kinds import Number, YesNo, choices
from projects.bulk.reading import read
from tests.projects.bulk.conftest import as_csv

ROW = {"repere": "a-b", "nom": "Nœux, l’été", "latitude": "50,53"}


def lines(content: bytes) -> list[dict[str, str]]:
    return [line.given for line in read(content).lines]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_is_read_however_it_was_saved(delimiter, encoding):
    row = ROW if encoding != "cp1252" else ROW | {"nom": "Bruay, l\u2019été"}
    assert lines(as_csv([row], delimiter, encoding)) == [row]


def test_lines_above_the_headings_are_passed_over_and_lines_keep_their_number():
    content = "# contenu : Sites\n# filtres : aucun\nRepère;NOM;motif_du_refus\n\na;Un;raison\n;;\nb;Deux;\n"
    table = read(content.encode())
    assert [(line.number, line.given) for line in table.lines] == [
        (5, {"repere": "a", "nom": "Un"}),
        (7, {"repere": "b", "nom": "Deux"}),
    ]
    assert table.ignored == []


def workbook(*rows, sheet: str = "Feuil1") -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.title = "Notes"
    book.active.append(["Bonjour"])
    page = book.create_sheet(sheet)
    for row in rows:
        page.append(row)
    book.save(out)
    return out.getvalue()


def test_cells_of_a_workbook_read_as_a_person_would_type_them():
    content = workbook(
        ["repere", "nom", "latitude", "code_commune", "publie", "adresse"],
        ["a", 2024, 50.53, 62119, True, datetime(2024, 5, 6)],
    )
    assert lines(content) == [
        {
            "repere": "a", "nom": "2024", "latitude": "50.53", "code_commune": "62119", "publie": "oui",
            "adresse": "06/05/2024",
        }
    ]  # fmt: skip


def test_a_broken_cell_is_not_an_empty_one():
    book, out = Workbook(), io.BytesIO()
    book.active.append(["repere", "nom", "adresse"])
    book.active.append(["a", "#REF!", "=A1"])
    book.active["B2"].data_type = "e"
    book.save(out)
    assert lines(out.getvalue()) == [{"repere": "a", "nom": "#VALEUR!", "adresse": "#VALEUR!"}]


def far_cell() -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append(["repere", "nom"])
    book.active["XFD1000000"] = "perdue"
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04 rien", "n’est pas un classeur Excel lisible"),
        (b"\xd0\xcf\x11\xe0 ancien", "ancien Excel"),
        (b"\x00\x01\x02\x03\x81", "ni un classeur"),
        (b"bonjour;monde\n1;2\n", "Aucune ligne d’en-têtes reconnue"),
        (b"repere;source\na;b\n", "aussi bien celles des sites que celles des projets"),
        (b"repere;nom;nom\na;b;c\n", "Deux colonnes s’appellent"),
    ],
)
def test_what_cannot_be_read_is_said_with_what_to_do(content, why):
    with pytest.raises(Unreadable, match=why):
        list(read(content).lines)


def test_a_cell_far_away_does_not_fill_the_memory():
    with pytest.raises(Unreadable, match="au-delà de la ligne"):
        read(far_cell())


def test_a_workbook_that_unfolds_too_wide_is_refused():
    out = io.BytesIO(workbook(["repere", "nom"], ["a", "b"]))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as pack,
        pack.open("xl/media/bombe.bin", "w") as member,
    ):
        for _ in range(401):
            member.write(bytes(1024 * 1024))
    assert len(out.getvalue()) < 3_000_000
    with pytest.raises(Unreadable, match="trop grand"):
        read(out.getvalue())


@given(st.text(st.sampled_from("'=+-@a \t\r1"), max_size=8))
def test_a_guarded_text_comes_back_and_starts_no_formula(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text(max_size=30))
def test_tidying_twice_is_tidying_once(text):
    assert tidy(tidy(text)) == tidy(text)
    assert same(tidy(text)) == same(text)


@pytest.mark.parametrize(
    ("kind", "text", "read_as"),
    [
        (Number(places=5), "50,5312", "50,5312"),
        (Number(places=5), "1\u202f234.50", "1234,5"),
        (Number(places=2), "-0,126", "-0,13"),
        (Number(), "", ""),
        (YesNo(), " VRAI ", "oui"),
        (YesNo(), "", "non"),
        (choices([("proven", "avérée")]), "AVEREE", "avérée"),
        (choices([("proven", "avérée")]), "proven", "avérée"),
    ],
)
def test_what_people_write_is_read_as_one_text(kind, text, read_as):
    assert kind.clean(text) == read_as


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        (Number(), "douze", "n’est pas un nombre"),
        (Number(), "NaN", "n’est pas un nombre"),
        (Number(high=9), "10", "est hors de"),
        (YesNo(), "peut-être", "écrivez oui ou non"),
        (choices([("proven", "avérée")]), "verte", "n’est pas dans la liste.: avérée"),
    ],
)
def test_what_cannot_be_a_value_says_why(kind, text, why):
    with pytest.raises(ValueError, match=why):
        kind.clean(text)

"""A file of a standard as rows of texts, in what French spreadsheets write too. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from projects.brought import Unreadable, text_encoding

from .declaring import Cells, Standard

MOST_ROWS = 5_000
csv.field_size_limit(10_000_000)


@dataclass(frozen=True, slots=True)
class Table:
    """`rows`: line of the file, and cells by field of the standard. `remarks`: about the whole file."""

    rows: list[tuple[int, Cells]]
    remarks: list[str]


def read(content: bytes, standard: Standard) -> Table:
    remarks: list[str] = []
    text = _decoded(content, remarks)
    lines = text.splitlines()
    if not lines:
        raise Unreadable("Ce fichier est vide.")
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if lines[0].count(";") >= lines[0].count(",") else ","
    )
    try:
        header = [one.strip() for one in next(reader)]
        _check_header(header, standard, remarks)
        rows = []
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(rows) >= MOST_ROWS:
                raise Unreadable(f"Ce fichier a plus de {MOST_ROWS} lignes : apportez-le en plusieurs fois.")
            if len(cells) > len(header):
                raise Unreadable(
                    f"La ligne {reader.line_num} a {len(cells)} cellules pour {len(header)} colonnes : un"
                    " séparateur traîne dans un texte. Mettez ce texte entre guillemets."
                )
            said = dict(zip(header, cells, strict=False))
            rows.append((reader.line_num, {name: said.get(name, "") for name in standard.fields}))
    except csv.Error as error:
        raise Unreadable(f"La ligne {reader.line_num} ne se lit pas comme du CSV : {error}.") from error
    if not rows:
        raise Unreadable("Ce fichier n’a que sa ligne d’en-têtes.")
    return Table(rows, remarks)


def _decoded(content: bytes, remarks: list[str]) -> str:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unreadable("C’est un classeur : enregistrez la feuille en CSV (UTF-8, point-virgule).")
    encoding = text_encoding(content)
    if encoding is None:
        raise Unreadable("Ce fichier n’est pas un texte : enregistrez-le en CSV (UTF-8, point-virgule).")
    if encoding == "cp1252":
        remarks.append("Le fichier n’est pas en UTF-8 : il a été lu comme Windows-1252. Relisez les accents.")
    return content.decode(encoding)


def _check_header(header: Sequence[str], standard: Standard, remarks: list[str]) -> None:
    twice = sorted({one for one in header if one and header.count(one) > 1})
    if twice:
        raise Unreadable(f"La colonne {', '.join(twice)} est là deux fois : gardez-en une.")
    known = set(header) & set(standard.fields)
    if standard.key not in known:
        raise Unreadable(
            f"La colonne {standard.key} manque : ce n’est pas un fichier « {standard.title} », ou ses"
            f" en-têtes ont changé. Attendu : {', '.join(standard.fields[:4])}…"
        )
    absent = [one for one in standard.required() if one not in known]
    if absent:
        remarks.append(f"Colonnes exigées par le standard et absentes : {', '.join(absent)}.")
    unknown = [one for one in header if one and one not in standard.fields]
    if unknown:
        remarks.append(f"Colonnes hors du standard, non gardées : {', '.join(unknown)}.")


def write(standard: Standard, rows: Iterable[Cells]) -> str:
    """In the order of the schema; semicolons, one line a row, as the official examples have it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(standard.fields)
    writer.writerows([row.get(name, "") for name in standard.fields] for row in rows)
    return out.getvalue()

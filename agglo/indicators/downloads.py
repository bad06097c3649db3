"""What can be taken away: every figure of an indicator with its definition, its date of knowledge and its
source.

CSV is made for a French spreadsheet: UTF-8 with its mark, semicolons, decimal comma (a point would be
read as a date);
the lines that start with # say what the file is. JSON is made for programs: numbers are numbers, periods
are SDMX.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal

from agglo.figures.known_on import KnownOn
from agglo.figures.licences import notice
from agglo.figures.models import Dataset
from agglo.figures.periods import sdmx_period
from agglo.figures.reading import Figure
from agglo.figures.vocabulary import Dating, Evidence, Origin, Qualifier, State
from agglo.indicators.answer import Answer
from agglo.indicators.models import Axis, Followed
from agglo.indicators.page import feeds_of
from agglo.opendata.lateness import lateness

COLUMNS = (
    "periode",
    "debut",
    "fin",
    "date",
    "niveau",
    "code",
    "territoire",
    "mesure",
    "intitule",
    "valeur",
    "valeur_haute",
    "unite",
    "denominateur",
    "etat",
    "qualificatif",
    "statut",
    "classe",
    "obs_status",
    "valeur_precedente",
    "connu_depuis",
    "source",
    "jeu",
    "edition",
    "licence",
    "notice",
)
BOM = "\ufeff"


def about(found: Answer, known: KnownOn, base: str) -> dict[str, object]:
    """What must be written in the file itself."""
    one = found.indicator
    headline = found.headline
    licences = sorted({licence(found, f) for rows in found.figures.values() for f in rows})
    said = {"notice": notice(licences)} if notice(licences) else {}
    return {
        "indicateur": one.code,
        "intitule": one.name,
        "definition": one.definition,
        "denominateur": one.denominator or "sans objet",
        "unite": one.unit,
        "niveau": one.level,
        "piege": one.trap,
        "source": one.source,
        "connu_le": known.day.isoformat() if known.day else "aujourd’hui",
        "filtres": {
            "mesures": [followed.measure.code for followed in found.followed],
            "territoires": [f"{scheme}-{code}" for scheme, code in one.subjects],
        },
        "ruptures": list(dict.fromkeys(f"{b.on.isoformat()}\u00a0: {b.cause}" for b in found.breaks)),
        "licences": licences,
        **said,
        "tete": headline.measure.code if headline else "",
        "adresse": f"{base}/indicateurs/{one.code}/{known.query}",
    }


def under(chapter: Axis) -> dict[str, object]:
    """The licences of the figures an axis follows, and what they ask: its rows do not say their own."""
    measures = Followed.objects.filter(indicator__axis=chapter).values("measure")
    held = Dataset.objects.filter(series__measure_version__measure__in=measures)
    licences = sorted({one for one in held.values_list("licence", flat=True) if one})
    said = {"notice": notice(licences)} if notice(licences) else {}
    return {"licences": licences, **said}


def late(columns: dict[str, str]) -> dict[str, object]:
    """Who is late with the measures of a table (heading by code); nothing when nobody is."""
    found = lateness()
    said = [f"{label}\u00a0: {words}" for code, label in columns.items() if (words := found.of_measure(code))]
    return {"fraicheur": said} if said else {}


def licence(found: Answer, figure: Figure) -> str:
    release = found.releases.get(figure.release_id)
    said = (release.licence or release.dataset.licence) if release else ""
    return said or "non précisée par la source"


def rows(found: Answer) -> Iterator[dict[str, object]]:
    """One row a figure, in the order of the catalogue, oldest first; the five empty states stay apart."""
    for info, figures in found.figures.items():
        for figure in figures:
            before = found.former.get(info.id, {}).get((figure.start, figure.end))
            dated = figure.start is not None
            yield {
                "periode": sdmx_period(figure.start, figure.end) if dated else "",
                "debut": figure.start.isoformat() if dated else "",
                "fin": figure.end.isoformat() if dated else "",
                "date": Dating(figure.dating).label,
                "niveau": info.subject_kind,
                "code": f"{info.scheme}-{info.code}",
                "territoire": info.subject,
                "mesure": info.measure,
                "intitule": info.name,
                "valeur": figure.value,
                "valeur_haute": figure.value_high,
                "unite": info.symbol or info.counted_unit,
                "denominateur": info.denominator or "",
                "etat": State(figure.state).label,
                "qualificatif": Qualifier(figure.qualifier).label,
                "statut": Evidence(figure.evidence).label,
                "classe": Origin(figure.origin).label,
                "obs_status": figure.obs_status,
                "valeur_precedente": before.value if before else None,
                "connu_depuis": figure.known_from.date().isoformat(),
                "source": info.source,
                "jeu": info.dataset_title,
                "edition": found.edition(figure.release_id),
                "licence": licence(found, figure),
                "notice": notice([licence(found, figure)]),
            }


def as_csv(found: Answer, known: KnownOn, base: str) -> str:
    out = io.StringIO()
    out.write(BOM)
    fresh = {} if known.day else {"fraicheur": [f"{f.title}\u00a0: {f.sentence}" for f in feeds_of(found)]}
    for name, said in (about(found, known, base) | fresh).items():
        out.write(f"# {name}\u00a0: {_line(said)}\n")
    writer = csv.DictWriter(out, COLUMNS, delimiter=";", lineterminator="\n")
    writer.writeheader()
    for row in rows(found):
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return out.getvalue()


def table_csv(head: dict[str, object], lines: Iterable[Iterable[object]]) -> str:
    """A table of several territories, with what it shows written above it."""
    out = io.StringIO()
    out.write(BOM + "".join(f"# {name}\u00a0: {_line(said)}\n" for name, said in head.items()))
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(lines)
    return out.getvalue()


def as_json(found: Answer, known: KnownOn, base: str) -> dict[str, object]:
    figures = [{name: _number(value) for name, value in row.items()} for row in rows(found)]
    fresh = [feed.written() for feed in feeds_of(found)]
    return {**about(found, known, base), "fraicheur": fresh, "observations": figures}


def _line(said: object) -> str:
    if isinstance(said, dict):
        return " ; ".join(f"{name} = {', '.join(values)}" for name, values in said.items())
    text = ", ".join(said) if isinstance(said, list) else str(said)
    return " ".join(text.split())


def _cell(value: object) -> str:
    if value is None:
        return ""
    return format(value, "f").replace(".", ",") if isinstance(value, Decimal) else str(value)


def _number(value: object) -> object:
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)

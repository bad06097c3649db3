"""Dares: people registered at France Travail, by employment zone, département, region, country and commune.

REPORTED: ids and columns, by several users who read the files in 2026; no row of these datasets was kept.
Counts are rounded (to 5 or 10) and small ones hidden: they are read as they stand and never added up, so the
EPCI, which Dares does not publish, has none.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from django.conf import settings

from agglo.figures.vocabulary import Rhythm
from agglo.indicators import ods
from agglo.indicators.places import SCHEMES, our_communes
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Measured, Producer, Row, register
from agglo.opendata.door import Door
from agglo.opendata.errors import WrongAnswer

DARES = Producer("dares", "Dares, France Travail", "https://data.dares.travail-emploi.gouv.fr")
HOST = "data.dares.travail-emploi.gouv.fr"
ZONES = ("3205", "3215", "3219", "3216", "3203")
CATEGORIES = {"A": "demandeurs-emploi-a", "ABC": "demandeurs-emploi-abc"}
LONG = "demandeurs-emploi-abc-longue-duree"
MOST = 10_000_000
WHOLE = ods.both(
    ods.equals("type_de_donnees", "Brutes"), ods.equals("sexe", "Total"), ods.equals("tranche_d_age", "Total")
)
COMMON = ("date", "categorie", "type_de_donnees", "sexe", "tranche_d_age", "nombre_de_demandeurs_d_emploi")
Place = Callable[[dict], tuple[str, str] | None]


def category(said: object) -> str:
    """`A, B, C` and `ABC` are the same category."""
    return re.sub(r"[\s,]", "", str(said or "")).upper()


def figures(answer: Answer, columns: Iterable[str], place: Place) -> Iterator[tuple[int, str, str, dict]]:
    """Line, level and code of the rows that are about everybody; a quarter said twice stops the reading."""
    seen = set()
    for line, row in ods.rows(answer, (*COMMON, *columns)):
        where = place(row)
        if where is None or any(row[name] != "Total" for name in ("sexe", "tranche_d_age")):
            continue
        if row["type_de_donnees"] != "Brutes":
            continue
        if not re.match(r"^\d{4}-[TQ][1-4]$", str(row["date"])):
            raise WrongAnswer("Un trimestre est illisible.", f"ligne {line}\u00a0: {row['date']!r}")
        key = (*where, row["date"], category(row["categorie"]), row.get("anciennete"))
        if key in seen:
            raise WrongAnswer(
                "Un effectif est dit deux fois\u00a0: le jeu a une dimension de plus.", str(key)
            )
        seen.add(key)
        yield line, *where, row


def stocks(answer: Answer, columns: Iterable[str], place: Place) -> Iterator[Row]:
    """Categories A and A, B, C, whatever the time spent registered."""
    found = set()
    for line, scheme, code, row in figures(answer, columns, place):
        found.add(category(row["categorie"]))
        measure = CATEGORIES.get(category(row["categorie"]))
        if measure is None or row.get("anciennete", "Total") != "Total":
            continue
        yield figure(line, scheme, code, measure, row)
    if not found & set(CATEGORIES):
        raise WrongAnswer("Le jeu n’a plus les catégories A ni A, B, C.", ", ".join(sorted(found)))


def long_term(answer: Answer, columns: Iterable[str], place: Place) -> Iterator[Row]:
    """Category A, B, C for a year or more, where it is one figure of the source: rounded parts never add."""
    wanted = settings.OPENDATA_DATASETS.get("dares-longue-duree.anciennete", "1 an ou plus")
    said = set()
    for line, scheme, code, row in figures(answer, ("anciennete", *columns), place):
        said.add(str(row["anciennete"]))
        if category(row["categorie"]) == "ABC" and _spoken(row["anciennete"]) == _spoken(wanted):
            yield figure(line, scheme, code, LONG, row)
    if _spoken(wanted) not in {_spoken(one) for one in said}:
        raise WrongAnswer(
            f"Le jeu ne donne pas l’ancienneté «\u202f{wanted}\u202f». Il dit\u00a0:"
            f" {', '.join(sorted(said)) or 'rien'}."
            " Le libellé se règle par OPENDATA_DATASETS=dares-longue-duree.anciennete=…"
        )


def _spoken(words: object) -> str:
    return re.sub(r"\W+", " ", str(words).casefold()).replace("un an", "1 an").strip()


def figure(line: int, scheme: str, code: str, measure: str, row: dict) -> Row:
    value = ods.count(row["nombre_de_demandeurs_d_emploi"], line, "Un effectif")
    period = str(row["date"]).replace("T", "Q")
    # A count that is not given was too small to be told.
    hidden = "K" if value is None else "A"
    return Row(line, scheme, code, measure, "", period, None if value is None else str(value), hidden)


def zone(row: dict) -> tuple[str, str] | None:
    code = str(row["code_zone_d_emploi"] or "")
    return ("ZE2020", code) if re.match(r"^\d{4}$", code) else None


def department(row: dict) -> tuple[str, str] | None:
    """A département, or what stands for the region and the country: `Total`, `Total France`."""
    region, code = str(row["code_region"] or ""), str(row["code_departement"] or "")
    if code == "Total":
        if region == "Total France":
            return "FRANCE", "F"
        return ("REG", region) if re.match(r"^\d{2}$", region) else None
    return ("DEP", code) if re.match(r"^\d[0-9AB]\d?$", code) else None


def commune(row: dict) -> tuple[str, str] | None:
    code = str(row["code_commune"] or "")
    return ("COM", code) if re.match(r"^\d[0-9AB]\d{3}$", code) else None


def _asks(where: Callable[[], str]) -> Callable[[Door, Declaration], Iterator[Answer]]:
    def fetch(door: Door, declaration: Declaration) -> Iterator[Answer]:
        yield door.get(declaration.path, {"where": ods.both(WHOLE, where())}, conditional=True)

    return fetch


_ZONES, _REGIONS = "dares_defm_zoneeemploi_brut_trim", "dares_defm_stock_regions_brut_trim"


def _our_zones() -> str:
    return ods.among("code_zone_d_emploi", ZONES)


def _our_departments() -> str:
    return ods.among("code_departement", ("62", "59", "Total"))


def _declare(code: str, title: str, parse: Callable, where: Callable, usual: str, *measures: str, **more):
    said = {"rhythm": Rhythm.QUARTERLY, "publication_delay": 25, **more}
    return register(
        Declaration(
            **ods.portal(code, HOST, usual),
            title=title,
            source=DARES,
            licence="Licence Ouverte 2.0",
            measures=tuple(Measured(measure, {}, {}, 0, MOST) for measure in measures),
            schemes=SCHEMES | {"ZE2020": "ZE2020"},
            fetch=_asks(where),
            parse=parse,
            unknown_subject="skip",
            **said,
        )
    )


def by_zone(answer: Answer) -> Iterator[Row]:
    return stocks(answer, ("code_zone_d_emploi", "anciennete"), zone)


def by_zone_long_term(answer: Answer) -> Iterator[Row]:
    return long_term(answer, ("code_zone_d_emploi",), zone)


def by_department(answer: Answer) -> Iterator[Row]:
    return stocks(answer, ("code_region", "code_departement", "anciennete"), department)


def by_department_long_term(answer: Answer) -> Iterator[Row]:
    return long_term(answer, ("code_region", "code_departement"), department)


def by_commune(answer: Answer) -> Iterator[Row]:
    return stocks(answer, ("code_commune",), commune)


_BOTH = tuple(CATEGORIES.values())
BY_ZONE = _declare(
    "dares-zones", "Inscrits à France Travail par zone d’emploi", by_zone, _our_zones, _ZONES, *_BOTH
)
# REPORTED: the columns. How « a year or more » is spelt is not: a wrong guess is refused by name.
BY_ZONE_LONG_TERM = _declare(
    "dares-zones-longue-duree", "Inscrits depuis un an ou plus, par zone d’emploi", by_zone_long_term,
    _our_zones, _ZONES, LONG,
)  # fmt: skip
BY_DEPARTMENT = _declare(
    "dares-departements", "Inscrits à France Travail par département et région", by_department,
    _our_departments, _REGIONS, *_BOTH,
)  # fmt: skip
# REPORTED: the columns. How « a year or more » is spelt is not: a wrong guess is refused by name.
BY_DEPARTMENT_LONG_TERM = _declare(
    "dares-departements-longue-duree", "Inscrits depuis un an ou plus, par département et région",
    by_department_long_term, _our_departments, _REGIONS, LONG,
)  # fmt: skip
COMMUNES = _declare(
    "dares-communes",
    "Inscrits à France Travail par commune, quatrième trimestre",
    by_commune,
    lambda: ods.among("code_commune", our_communes()),
    "dares_defm_communales-brutes",
    *_BOTH,
    rhythm=Rhythm.YEARLY,
    publication_delay=60,
)

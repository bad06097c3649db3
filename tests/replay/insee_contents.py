"""A cell a fault, for each format of Insee: Melodi, BDM, workbook, Sirene."""

import re
from collections.abc import Callable

from tests.replay.changing import answers, body, member, nothing, sheet, swap, written
from tests.replay.faults import BOMB, CUT_ZIP, GONE, NOT_ALLOWED, ONE_FILE, ONE_ROAD, STALE, ZIPS, Cell
from tests.replay.server import SERVER_ERROR, Reply


def _first(said: dict) -> dict:
    return said["observations"][0]


MELODI_JSON = {
    "empty-catalogue": Cell(nothing([]), "stopped", "liste d’observations"),
    "renamed-dataset": Cell(
        lambda r: Reply(SERVER_ERROR, "text/plain", 500), "stopped", "ne connaît pas ce jeu"
    ),
    "unknown-column": Cell(swap("TIME_PERIOD", "PERIODE"), "stopped", "TIME_PERIOD"),
    "cap": Cell(
        written(
            lambda said: {
                "observations": [
                    {**_first(said), "dimensions": {**_first(said)["dimensions"], "TIME_PERIOD": str(n)}}
                    for n in range(10_000)
                ]
            }
        ),
        "stopped",
        "incomplète",
    ),
    "duplicate-page": Cell(
        written(lambda said: said | {"paging": {"next": "data/DS_FLORES_A5?page=2"}}), "stopped", "répète"
    ),
    "next-elsewhere": Cell(
        written(lambda said: said | {"paging": {"next": "https://ailleurs.example/2"}}),
        "stopped",
        NOT_ALLOWED,
    ),
    "measure-key": Cell(swap("OBS_VALUE", "VALEUR"), "same"),
    "nan": Cell(swap("1200.0", "NaN"), "refused", "valeur illisible"),
    "negative": Cell(swap("1200.0", "-1200.0"), "refused", "valeur hors bornes"),
    "secret": Cell(written(lambda said: _first(said)["measures"].clear()), "hidden"),
    "older-release": STALE,
    **ZIPS,
}
CATALOGUE = "/catalog/DS_SIDE_CREA_ENT_COM"
MELODI_ZIP = {
    "empty-catalogue": Cell(nothing([]), "stopped", "liste de fichiers", CATALOGUE),
    "renamed-dataset": Cell(
        lambda r: Reply(SERVER_ERROR, "text/plain", 500), "stopped", "ne connaît pas ce jeu", CATALOGUE
    ),
    "unknown-column": Cell(member("SIDE_MEASURE", "SIDE_MESURE"), "stopped", "SIDE_MEASURE"),
    "cap": ONE_FILE,
    "duplicate-page": ONE_FILE,
    "next-elsewhere": Cell(
        written(lambda said: said["product"][0].update(accessURL="https://ailleurs.example/f.zip")),
        "stopped",
        NOT_ALLOWED,
        CATALOGUE,
    ),
    "measure-key": Cell(member("OBS_VALUE", "VALEUR"), "stopped", "OBS_VALUE"),
    "nan": Cell(member(r"(\d{4};)\d+\n", r"\1peut-être\n"), "refused", "valeur illisible"),
    "negative": Cell(member(r"(\d{4};)(\d+)\n", r"\1-\2\n"), "refused", "valeur hors bornes"),
    "secret": Cell(member(r'"A";(\d{4});\d+\n', r'"C";\1;\n'), "hidden"),
    "older-release": STALE,
    "truncated-zip": CUT_ZIP,
    "zip-bomb": BOMB,
}
BDM = {
    "empty-catalogue": Cell(
        body(lambda b: re.sub(rb"<Series .*</Series>", b"", b, flags=re.S)), "stopped", "n’a pas la série"
    ),
    "renamed-dataset": Cell(
        answers(
            404, '<mes:Error xmlns:mes="m"><mes:ErrorMessage>Aucun résultat.</mes:ErrorMessage></mes:Error>'
        ),
        "stopped",
        "Aucun résultat",
    ),
    "unknown-column": Cell(swap("TIME_PERIOD=", "PERIODE="), "stopped", "TIME_PERIOD"),
    "cap": "les séries sont demandées par leur numéro, loin des quatre cents permises",
    "duplicate-page": Cell(
        body(lambda b: re.sub(rb"(<Series .*?</Series>)", rb"\1\1", b, count=1, flags=re.S)),
        "stopped",
        "Plusieurs séries",
    ),
    "next-elsewhere": "un message SDMX n’a pas de lien vers une suite",
    "measure-key": Cell(swap("OBS_VALUE=", "VALEUR="), "stopped", "OBS_VALUE"),
    "nan": Cell(swap('"8.6"', '"NaN"'), "hidden"),
    "negative": Cell(swap('"8.6"', '"-8.6"'), "refused", "valeur hors bornes"),
    "secret": Cell(swap('"8.6" OBS_STATUS="P"', '"NaN" OBS_STATUS="C"'), "hidden"),
    "older-release": Cell(
        body(lambda b: re.sub(rb'LAST_UPDATE="[^"]*"', b'LAST_UPDATE="2020-01-01"', b)),
        "stopped",
        "plus ancienne",
    ),
    **ZIPS,
}
PAGE = "/fr/statistiques/1893230"


def _cell(value: object) -> Callable[[Reply], Reply]:
    return sheet(lambda page: page.cell(4, 5).__setattr__("value", value))


XLSX = {
    "empty-catalogue": Cell(
        body(lambda b: b"<p>Page en travaux</p>"), "stopped", "n’annonce plus le classeur", PAGE
    ),
    "renamed-dataset": GONE,
    "unknown-column": Cell(
        sheet(lambda page: page.cell(3, 1).__setattr__("value", "ZE2030")), "stopped", "en-tête"
    ),
    "cap": ONE_FILE,
    "duplicate-page": ONE_FILE,
    "next-elsewhere": Cell(swap('href="', 'href="https://ailleurs.example'), "same", "", PAGE),
    "measure-key": Cell(sheet(lambda page: page.__setattr__("title", "taux")), "stopped", "feuille"),
    "nan": Cell(_cell("environ 8"), "refused", "valeur illisible"),
    "negative": Cell(_cell(-8.5), "refused", "valeur hors bornes"),
    "secret": Cell(_cell("s"), "hidden"),
    "older-release": Cell(sheet(lambda page: page.delete_cols(page.max_column)), "stopped", "plus ancienne"),
    "truncated-zip": CUT_ZIP,
    "zip-bomb": BOMB,
}
SIRENE = {
    "empty-catalogue": Cell(
        written(lambda said: said | {"header": said["header"] | {"total": 0}, "etablissements": []}),
        "stopped",
        "peu vraisemblable",
    ),
    "renamed-dataset": ONE_ROAD,
    "unknown-column": Cell(swap('"siret"', '"numero"'), "stopped", "n’a plus son numéro"),
    "cap": Cell(written(lambda said: said["header"].update(total=100_000)), "stopped", "manquent"),
    "duplicate-page": Cell(
        written(lambda said: said["header"].update(curseurSuivant="A")), "stopped", "boucle"
    ),
    "next-elsewhere": "le lien vers la suite n’est pas suivi : la suite se demande par curseur",
    "measure-key": Cell(swap('"header"', '"entete"'), "stopped", "en-tête attendu"),
    "nan": "aucun nombre n’est lu : les établissements se comptent ici",
    "negative": "aucun nombre n’est lu : les établissements se comptent ici",
    "secret": "un établissement non diffusible se compte ; son nom n’est jamais demandé",
    "older-release": STALE,
    **ZIPS,
}

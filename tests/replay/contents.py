"""What can be wrong inside an answer that arrives whole, for each official format: one cell a fault.

A cell says how the sound answer is changed, what becomes of the run and which words say why; a text instead
of a cell says why the fault makes no sense for the format. `tests/opendata/test_contents.py` plays them all
and checks that none is missing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.replay.changing import answers, body, member, nothing, old, repacked, sheet, swap, written
from tests.replay.server import SERVER_ERROR, Reply

FAULTS = (
    "empty-catalogue", "renamed-dataset", "unknown-column", "cap", "duplicate-page", "next-elsewhere",
    "measure-key", "nan", "negative", "secret", "older-release", "truncated-zip", "zip-bomb",
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """`change` makes the wrong answer of `path` (the format's spoiled one when empty). `outcome`:

    stopped   the run failed or is held, nothing changed
    refused   the rows are kept aside with their reason, what they would have changed stands
    hidden    a figure has no value any more; no zero, nothing withdrawn
    same      nothing is wrong: the answer says what the one before said
    """

    change: Callable[[Reply], Reply]
    outcome: str
    words: str = ""
    path: str = ""


STALE = Cell(old, "stopped", "plus ancienne")
# The refusal of the door, not a name that leads nowhere.
NOT_ALLOWED = "ailleurs.example, qui ne fait pas partie des adresses permises"
GONE = Cell(answers(404, "Not Found"), "stopped", "ne connaît pas cette adresse")
CUT_ZIP = Cell(body(lambda content: content[:-40]), "stopped", "abîmé")
BOMB = Cell(repacked(lambda name, content: content, autre=bytes(30_000_000)), "stopped", "taille permise")
NO_ZIP = "la réponse n’est pas un zip ; la bombe en gzip est jouée parmi les pannes du réseau"
ONE_FILE = "un fichier entier : ni plafond, ni pages, ni lien vers la suite"
ONE_EXPORT = "un export donne tout d’un coup : ni plafond, ni pages, ni lien vers la suite"
ONE_ROAD = "une seule adresse, sans nom de jeu ; le 404 est joué parmi les pannes du réseau"


def files(reason: str) -> dict[str, str]:
    return dict.fromkeys(("cap", "duplicate-page", "next-elsewhere"), reason)


ZIPS = dict.fromkeys(("truncated-zip", "zip-bomb"), NO_ZIP)


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

ODS_JSON = {
    "empty-catalogue": Cell(nothing([]), "stopped", "peu vraisemblable"),
    "renamed-dataset": GONE,
    "unknown-column": Cell(
        answers(
            400,
            '{"error_code": "ODSQLError", "message": "ODSQL query is malformed: Unknown field: code_zone"}',
        ),
        "stopped",
        "n’a plus la colonne",
    ),
    **files(ONE_EXPORT),
    "measure-key": Cell(
        swap("effectifs_salaries_brut", "effectifs_bruts"), "stopped", "effectifs_salaries_brut"
    ),
    "nan": Cell(swap("90231", "NaN"), "refused", "valeur illisible"),
    "negative": Cell(swap("90231", "-90231"), "refused", "valeur hors bornes"),
    "secret": Cell(swap("90231", "null"), "hidden"),
    "older-release": STALE,
    **ZIPS,
}

ODS_CSV = {
    "empty-catalogue": Cell(body(lambda b: b.split(b"\n")[0] + b"\n"), "stopped", "peu vraisemblable"),
    "renamed-dataset": GONE,
    "unknown-column": Cell(swap("code_commune", "insee_com"), "stopped", "code_commune"),
    **files(ONE_EXPORT),
    "measure-key": Cell(swap(";jouets", ";nombre"), "stopped", "jouets"),
    "nan": Cell(swap("Béthune;15", "Béthune;quinze"), "refused", "valeur illisible"),
    "negative": Cell(swap("Béthune;15", "Béthune;-15"), "refused", "valeur hors bornes"),
    "secret": Cell(swap("Béthune;15", "Béthune;"), "hidden"),
    "older-release": STALE,
    **ZIPS,
}


def _companies(**said: object) -> Callable[[Reply], Reply]:
    return written(lambda answer: answer | said)


SEARCH = {
    "empty-catalogue": Cell(_companies(results=[], total_results=0), "stopped", "aucune entreprise"),
    "renamed-dataset": ONE_ROAD,
    "unknown-column": Cell(swap("total_results", "total"), "stopped", "forme attendue"),
    "cap": Cell(_companies(total_results=10_000, results=[]), "stopped", "manquent"),
    "duplicate-page": Cell(_companies(total_results=60), "stopped", "manquent"),
    "next-elsewhere": "les pages se comptent, aucun lien n’est suivi",
    "measure-key": "le nombre n’a qu’un nom, total_results : voir unknown-column",
    "nan": Cell(swap('"total_results": 1', '"total_results": NaN'), "stopped", "forme attendue"),
    "negative": Cell(swap('"total_results": 1', '"total_results": -1'), "stopped", "hors bornes"),
    "secret": "rien n’est caché : le service ne compte que ce que le répertoire diffuse",
    "older-release": STALE,
    **ZIPS,
}

BROWNFIELDS = {
    "empty-catalogue": Cell(
        written(lambda said: said | {"features": [], "count": 0}), "stopped", "peu vraisemblable"
    ),
    "renamed-dataset": ONE_ROAD,
    "unknown-column": Cell(swap("comm_insee", "code_insee"), "stopped", "comm_insee"),
    "cap": "cinq cents sites par page, et un lien vers la suivante ; aucun plafond annoncé",
    "duplicate-page": Cell(
        written(lambda said: said | {"features": said["features"] * 2}), "stopped", "deux fois"
    ),
    "next-elsewhere": Cell(
        written(lambda said: said | {"next": "https://ailleurs.example/2"}), "stopped", NOT_ALLOWED
    ),
    "measure-key": Cell(swap("unite_fonciere_surface", "surface"), "stopped", "unite_fonciere_surface"),
    "nan": Cell(swap("10000.0", "NaN"), "stopped", "n’est pas un nombre de m²"),
    "negative": Cell(swap("10000.0", "-1.0"), "stopped", "n’est pas un nombre de m²"),
    "secret": Cell(swap("10000.0", "null"), "hidden"),
    "older-release": STALE,
    **ZIPS,
}

EUROSTAT = {
    "empty-catalogue": Cell(
        written(lambda said: said | {"value": {}, "status": {}}), "stopped", "peu vraisemblable"
    ),
    "renamed-dataset": Cell(
        answers(404, '{"error": [{"status": 404, "id": 100, "label": "no"}]}'),
        "stopped",
        "ne connaît pas cette adresse",
    ),
    "unknown-column": Cell(swap('"geo"', '"region"'), "stopped", "n’a plus la dimension geo"),
    "cap": Cell(
        answers(413, '{"error": [{"status": 413, "id": 413, "label": "EXTRACTION_TOO_BIG"}]}'),
        "stopped",
        "cinq millions",
    ),
    "duplicate-page": ONE_FILE,
    "next-elsewhere": ONE_FILE,
    "measure-key": Cell(swap('"value"', '"values"'), "stopped", "il manque value"),
    "nan": Cell(
        written(lambda said: said["value"].update({"2": float("nan")})), "refused", "valeur illisible"
    ),
    "negative": Cell(written(lambda said: said["value"].update({"2": -1})), "refused", "valeur hors bornes"),
    "secret": Cell(
        written(lambda said: (said["value"].pop("2"), said["status"].update({"2": "c"}))[:0]), "hidden"
    ),
    "older-release": Cell(
        written(lambda said: said.update(updated="2020-01-01T11:00:00+0200")), "stopped", "plus ancienne"
    ),
    **ZIPS,
}

OECD = {
    "empty-catalogue": Cell(body(lambda b: b.split(b"\n")[0] + b"\n"), "stopped", "peu vraisemblable"),
    "renamed-dataset": Cell(answers(404, "NoRecordsFound"), "stopped", "ne trouve aucun chiffre"),
    "unknown-column": Cell(swap("REF_AREA", "REGION"), "stopped", "REF_AREA"),
    **files(ONE_FILE),
    "measure-key": Cell(swap("OBS_VALUE", "VALUE"), "stopped", "OBS_VALUE"),
    "nan": Cell(swap("36500.2,36500.2", "NaN,NaN"), "hidden"),
    "negative": Cell(swap("36500.2,36500.2", "-1,-1"), "refused", "valeur hors bornes"),
    "secret": Cell(swap("36500.2,36500.2,FRA,France,A", ",,FRA,France,C"), "hidden"),
    "older-release": STALE,
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


def _contour(change: Callable[[dict], object]) -> Callable[[Reply], Reply]:
    return written(lambda said: (change(said["features"][0]), said)[1])


GEO = {
    "empty-catalogue": Cell(written(lambda said: said | {"features": []}), "stopped", "liste de contours"),
    "renamed-dataset": GONE,
    "unknown-column": Cell(swap('"code"', '"insee"'), "stopped", "inutilisables"),
    "cap": ONE_FILE,
    "duplicate-page": Cell(
        written(lambda said: said | {"features": said["features"] + said["features"][:1]}),
        "refused",
        "donnée deux fois",
    ),
    "next-elsewhere": "la réponse n’a pas de lien vers une suite",
    "measure-key": Cell(swap('"geometry"', '"contour"'), "stopped", "inutilisables"),
    "nan": Cell(
        _contour(lambda one: one["geometry"]["coordinates"][0][1].__setitem__(0, float("nan"))), "refused"
    ),
    "negative": Cell(
        _contour(lambda one: one["geometry"]["coordinates"][0][1].__setitem__(0, -2.6)), "refused", "contour"
    ),
    "secret": Cell(
        _contour(lambda one: one.update(geometry=None)), "refused", "ni code de commune, ni contour"
    ),
    "older-release": STALE,
    **ZIPS,
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

CELLS: dict[str, dict[str, Cell | str]] = {
    "melodi-json": MELODI_JSON,
    "melodi-zip": MELODI_ZIP,
    "bdm-sdmx": BDM,
    "ods-json": ODS_JSON,
    "ods-csv": ODS_CSV,
    "recherche-entreprises": SEARCH,
    "cartofriches": BROWNFIELDS,
    "eurostat": EUROSTAT,
    "oecd-csv": OECD,
    "insee-xlsx": XLSX,
    "geo-contours": GEO,
    "sirene-api": SIRENE,
}

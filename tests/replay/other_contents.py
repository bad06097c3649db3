"""A cell a fault, for each format of the other producers: portals, companies, land, Europe, contours."""

from collections.abc import Callable

from tests.replay.changing import answers, body, nothing, swap, written
from tests.replay.faults import GONE, NOT_ALLOWED, ONE_EXPORT, ONE_FILE, ONE_ROAD, STALE, ZIPS, Cell, files
from tests.replay.server import Reply

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

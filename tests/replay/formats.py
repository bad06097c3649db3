"""One sound answer of each official format, so that the faults of the network are played on all of them.

A format is plugged by one entry of FORMATS: the code of a declared dataset, what each path answers (`*` is
any other path; a function of the target when the question matters), and which path is spoiled. Bodies are
written by hand or read from `tests/samples`; nothing here was recorded.
"""

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from openpyxl import Workbook

from tests.replay import melodi
from tests.replay.server import Reply

OWN = Path(__file__).resolve().parent.parent / "samples"
Scene = Reply | Callable[[str], Reply]


@dataclass(frozen=True)
class Format:
    """`scenes(base)` gives what each path answers; the answer of `spoiled` is the one faults are put into."""

    code: str
    scenes: Callable[[str], Mapping[str, Scene]]
    spoiled: str = "*"
    territory: bool = False  # needs our communes to be loaded
    settings: Mapping[str, object] = field(default_factory=dict)  # without which it is not asked


def _own(name: str, kind: str) -> Callable[[str], Mapping[str, Scene]]:
    return lambda base: {"*": Reply((OWN / name).read_bytes(), kind)}


def _long_file(base: str) -> Mapping[str, Scene]:
    product = {"id": "DS_SIDE_CREA_ENT_COM_2024_CSV_FR", "accessURL": f"{base}/file/side"}
    body = melodi.bulk("DS_SIDE_CREA_ENT_COM", codes=["62119", "62178"])
    return {
        "/catalog/DS_SIDE_CREA_ENT_COM": Reply(json.dumps({"product": [product]}).encode()),
        "/file/side": Reply(body, "application/zip"),
    }


def _ods_zones() -> list[dict]:
    return [
        {
            "annee": str(year), "trimestre": str(quarter), "code_zone_d_emploi": "3205",
            "zone_d_emploi": "Béthune", "effectifs_salaries_brut": 70_000 + 10 * year + quarter,
            "effectifs_salaries_cvs": 70_100.5 + 10 * year + quarter,
        }
        for year in (2023, 2024) for quarter in (1, 2, 3, 4)
    ]  # fmt: skip


def _ods_csv() -> bytes:
    """As Opendatasoft exports CSV: a byte order mark, semicolons, lower-case columns."""
    text = io.StringIO()
    writer = csv.DictWriter(text, ["annee", "code_commune", "commune", "jouets"], delimiter=";")
    writer.writeheader()
    for code, name in (("62119", "Béthune"), ("62178", "Bruay-la-Buissière")):
        for year in range(2015, 2025):
            writer.writerow({"annee": year, "code_commune": code, "commune": name, "jouets": year - 2000})
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _brownfields(base: str) -> Mapping[str, Scene]:
    features = [
        {
            "id": f"62119_{number}", "type": "Feature", "geometry": None,
            "properties": {
                "site_nom": f"Site {number}", "site_type": "inconnu", "site_statut": "friche sans projet",
                "comm_insee": "62119", "unite_fonciere_surface": 10_000.0,
                "unite_fonciere_refcad": [f"62119000AB{number:04d}"],
            },
        }
        for number in range(3)
    ]  # fmt: skip
    full = {"type": "FeatureCollection", "count": 3, "next": None, "features": features}

    def answer(target: str) -> Reply:
        asked = "62119" in target
        return Reply(json.dumps(full if asked else full | {"count": 0, "features": []}).encode())

    return {"*": answer}


def _companies(base: str) -> Mapping[str, Scene]:
    def answer(target: str) -> Reply:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
        shops = [{"siret": "90000000100011", "commune": "62119", "etat_administratif": "A"}]
        found = [{"siren": "900000001", "matching_etablissements": shops}]
        listed = "est_ess" in asked and "epci" in asked and "code_commune" not in asked
        body = {"results": found if listed else [], "total_results": 1}
        return Reply(json.dumps(body).encode())

    return {"*": answer}


def _workbook(base: str) -> Mapping[str, Scene]:
    """Insee's page, and the workbook it links to: forty quarters of our zone."""
    quarters = [f"{year}-T{quarter}" for year in range(2014, 2024) for quarter in (1, 2, 3, 4)]
    book, out = Workbook(), io.BytesIO()
    book.active.title = "txcho_ze"
    book.active.append(["Taux de chômage localisés"])
    book.active.append([])
    book.active.append(["ZE2020", "LIBZE2020", "REG", "LIBREG", *quarters])
    book.active.append(["3205", "Béthune", "32", "HDF", *(8 + n / 10 for n in range(len(quarters)))])
    book.save(out)
    link = '<a href="/fichier/chomage-zone-t1-2003-t4-2023.xlsx">T4 2023</a>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {
        "/fr/statistiques/1893230": Reply(link.encode(), "text/html"),
        "/fichier/chomage-zone-t1-2003-t4-2023.xlsx": Reply(out.getvalue(), kind),
    }


def _contours(base: str) -> Mapping[str, Scene]:
    features = [
        {
            "type": "Feature", "properties": {"nom": "essai", "code": code},
            "geometry": {
                "type": "Polygon", "coordinates": [[[x, 50.5], [x + 0.01, 50.5], [x, 50.51], [x, 50.5]]],
            },
        }
        for code, x in (("62119", 2.6), ("62178", 2.61), ("62048", 2.62))
    ]  # fmt: skip
    return {"*": Reply(json.dumps({"type": "FeatureCollection", "features": features}).encode())}


def _establishments(base: str) -> Mapping[str, Scene]:
    now = {
        "dateFin": None, "etatAdministratifEtablissement": "A", "activitePrincipaleEtablissement": "25.11Z",
    }  # fmt: skip
    found = [
        {
            "siret": f"9000000010{number:04d}", "periodesEtablissement": [now],
            "adresseEtablissement": {"codeCommuneEtablissement": "62119"},
        }
        for number in range(3)
    ]  # fmt: skip
    header = {"statut": 200, "message": "ok", "total": 3, "curseur": "*", "curseurSuivant": "*"}
    return {"*": Reply(json.dumps({"header": header, "etablissements": found}).encode())}


FORMATS = {
    "melodi-json": Format("insee-flores-a5", _own("insee/melodi_flores.json", "application/json")),
    "melodi-zip": Format("insee-side-creations", _long_file, "/file/side"),
    "bdm-sdmx": Format("insee-bdm-chomage", _own("insee/bdm_chomage.xml", "application/xml")),
    "ods-json": Format("urssaf-zones", lambda base: {"*": Reply(json.dumps(_ods_zones()).encode())}),
    "ods-csv": Format("toy-ods-csv", lambda base: {"*": Reply(_ods_csv(), "text/csv")}),
    "recherche-entreprises": Format("recherche-entreprises", _companies, territory=True),
    "cartofriches": Format("cerema-cartofriches", _brownfields, territory=True),
    "eurostat": Format("eurostat-pib-regional", _own("europe/eurostat_gdp.json", "application/json")),
    "oecd-csv": Format("ocde-pib-tl3", _own("europe/oecd_gdp.csv", "text/csv")),
    "insee-xlsx": Format("insee-chomage-ze", _workbook, "/fichier/chomage-zone-t1-2003-t4-2023.xlsx"),
    "geo-contours": Format("geo-contours", _contours, territory=True),
    "sirene-api": Format(
        "insee-sirene-api", _establishments, territory=True, settings={"INSEE_SIRENE_KEY": "cle-d-essai"}
    ),
}

"""Each official format with its faults; `tests/opendata/test_contents.py` plays them all."""

from tests.replay.faults import Cell
from tests.replay.insee_contents import BDM, MELODI_JSON, MELODI_ZIP, SIRENE, XLSX
from tests.replay.other_contents import BROWNFIELDS, EUROSTAT, GEO, ODS_CSV, ODS_JSON, OECD, SEARCH

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

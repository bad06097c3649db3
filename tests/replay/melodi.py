"""Answers written like Insee Melodi's, made up on the spot: always the same values for the same request."""

import csv
import io
import itertools
import json
import os
import zipfile
import zlib
from pathlib import Path
from urllib.parse import parse_qsl

SAMPLES = Path(os.environ.get("AGGLO_SAMPLES", Path(__file__).resolve().parents[3] / "shared" / "samples"))
PAGING = {"maxResult", "page", "totalCount", "idTerritoire"}
PERIODS = [str(year) for year in range(2019, 2025)]
FEW = ["62119", "62178", "62048", "62473", "62516"]
HEADER = ["ACTIVITY", "FREQ", "GEO", "GEO_OBJECT", "LEGAL_FORM", "SIDE_MEASURE", "OBS_STATUS", "TIME_PERIOD"]


def answer(path: str, query: str, base: str) -> tuple[bytes, str] | None:
    """Body and type for a path below `/melodi` or `/geo`; None when there is nothing there."""
    parts = path.strip("/").split("/")
    match parts:
        case ["melodi", "data", dataset]:
            return _json(_data(dataset, query, f"{base}{path}")), "application/json"
        case ["melodi", "catalog", "all"]:
            return _json([_entry("DS_SIDE_CREA_ENT_COM")]), "application/json"
        case ["melodi", "catalog", dataset]:
            return _json(_entry(dataset)), "application/json"
        case ["melodi", "file", dataset, _]:
            return bulk(dataset), "application/zip"
        case ["geo", "epcis", "200072460", "communes"]:
            sample = SAMPLES / "geo_communes_cabbalr_100.geojson"
            return (sample.read_bytes(), "application/json") if sample.exists() else None
    return None


def _json(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


def _entry(dataset: str) -> dict:
    return {"identifier": dataset, "modified": "2026-07-23T09:00:00", "numObservations": 100, "product": []}


def communes() -> list[str]:
    sample = SAMPLES / "geo_communes_cabbalr_100.csv"
    if not sample.exists():
        return FEW
    with sample.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=";"))
    return [row[0] for row in rows[1:]]


def value_of(*words: str) -> int:
    return zlib.crc32("|".join(words).encode()) % 900 + 10


def _data(dataset: str, query: str, address: str) -> dict:
    pairs = [(name, value) for name, value in parse_qsl(query) if value]
    options = {name: value for name, value in pairs if name in PAGING}
    asked: dict[str, list[str]] = {}
    for name, value in pairs:
        if name not in PAGING:
            asked.setdefault(name, []).append(value)
    places = []
    for place in asked.pop("GEO", ["FRANCE-F"]):
        places += [f"COM-{code}" for code in communes()] if place.endswith("*COM") else [place]
    periods = asked.pop("TIME_PERIOD", PERIODS)
    rows = []
    for place, period, *others in itertools.product(places, periods, *asked.values()):
        dimensions = {
            "GEO": f"2025-{place}",
            "FREQ": "A",
            "TIME_PERIOD": period,
            **dict(zip(asked, others, strict=True)),
        }
        value = float(value_of(dataset, place, period, *others))
        rows.append({"dimensions": dimensions, "measures": {"OBS_VALUE_NIVEAU": {"value": value}}})
    return _page(dataset, rows, options, query, address)


def _page(dataset: str, rows: list[dict], options: dict, query: str, address: str) -> dict:
    size, page = int(options.get("maxResult", 10_000)), int(options.get("page", 1))
    shown = rows[(page - 1) * size : page * size] if size else []
    bare = "&".join(part for part in query.split("&") if part and not part.startswith("page="))
    paging: dict[str, object] = {"first": f"{address}?{bare}&page=1"}
    if options.get("totalCount") == "TRUE":
        paging["count"] = len(rows)
    if size and page * size < len(rows):
        paging["next"] = f"{address}?{bare}&page={page + 1}"
    elif size:
        paging["isLast"] = True
    return {"identifier": dataset, "title": {"fr": dataset}, "observations": shown, "paging": paging}


def bulk(dataset: str, *, codes: list[str] | None = None, columns: list[str] = HEADER) -> bytes:
    """A zip with `<dataset>_data.csv` and its metadata: `;`, texts quoted, period and value not."""
    text = io.StringIO()
    text.write(";".join(f'"{name}"' for name in [*columns, "OBS_VALUE"]) + "\n")
    for code, activity, period in itertools.product(codes or communes(), ["_T", "BE", "FZ"], PERIODS):
        cells = {
            "ACTIVITY": activity, "FREQ": "A", "GEO": code, "GEO_OBJECT": "COM", "LEGAL_FORM": "_T",
            "SIDE_MEASURE": "BURE", "OBS_STATUS": "A", "TIME_PERIOD": period,
        }  # fmt: skip
        quoted = [cells[name] if name == "TIME_PERIOD" else f'"{cells[name]}"' for name in columns]
        text.write(";".join([*quoted, str(value_of(dataset, code, activity, period))]) + "\n")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr(f"{dataset}_data.csv", text.getvalue())
        bundle.writestr(f"{dataset}_metadata.csv", "COD_VAR;LIB_VAR;COD_MOD;LIB_MOD\n")
    return packed.getvalue()

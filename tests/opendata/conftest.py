"""A small ledger to load into, and the toy datasets declared for the length of a test."""

import gzip
import json

import pytest

from agglo.figures.models import Observation
from agglo.figures.recording import define_measure, ensure_subject
from agglo.figures.vocabulary import Kind, Rhythm
from agglo.opendata.declaration import register
from tests.opendata import toy
from tests.opendata.registry import restored

COMMUNES = {"62119": "Béthune", "62178": "Bruay-la-Buissière", "62048": "Auchel"}
COLUMNS = ["ACTIVITY", "GEO", "GEO_OBJECT", "TOY_MEASURE", "OBS_STATUS", "TIME_PERIOD", "OBS_VALUE"]


@pytest.fixture
def declared():
    """The registry, holding the toys only."""
    with restored(empty=True) as registry:
        register(toy.TOY_JSON)
        register(toy.TOY_TABLE)
        yield registry


def lay_ground():
    for code, name in COMMUNES.items():
        ensure_subject("COM", code, name, "commune")
    for code in ("toys", "toys-made"):
        define_measure(code, name=code, counted_unit="jouets", kind=Kind.STOCK, rhythm=Rhythm.YEARLY)


@pytest.fixture
def ground(db, declared):
    lay_ground()


def row(geo="62119", period="2023", value="10", activity="_T", measure="STOCK", status="A", level="COM"):
    return {
        "ACTIVITY": activity, "GEO": geo, "GEO_OBJECT": level, "TOY_MEASURE": measure, "OBS_STATUS": status,
        "TIME_PERIOD": period, "OBS_VALUE": value,
    }  # fmt: skip


def table(*rows, columns=COLUMNS, delimiter=";", bom=False):
    """The bytes of a long CSV: texts quoted, period and value not."""
    bare = {"TIME_PERIOD", "OBS_VALUE"}
    lines = [delimiter.join(f'"{name}"' for name in columns)]
    for cells in rows:
        lines.append(delimiter.join(cells[n] if n in bare else f'"{cells[n]}"' for n in columns))
    return (b"\xef\xbb\xbf" if bom else b"") + ("\n".join(lines) + "\n").encode()


def page(*rows):
    """The bytes of a JSON answer with the same rows."""
    observations = [
        {
            "dimensions": {
                "GEO": f"{r['GEO_OBJECT']}-{r['GEO']}",
                "ACTIVITY": r["ACTIVITY"],
                "TOY_MEASURE": r["TOY_MEASURE"],
                "TIME_PERIOD": r["TIME_PERIOD"],
            },
            "attributes": {"OBS_STATUS": r["OBS_STATUS"]},
            "measures": {"OBS_VALUE_NIVEAU": {"value": r["OBS_VALUE"]}} if r["OBS_VALUE"] != "" else {},
        }
        for r in rows
    ]
    return json.dumps({"observations": observations}).encode()


def packed(content):
    return gzip.compress(content)


def held(**wanted):
    """What the ledger holds open: {(code, year, breakdown): value}."""
    rows = Observation.objects.known_on().filter(**wanted)
    return {
        (o.series.subject.code, o.period_start.year, o.series.breakdown.key): o.value
        for o in rows.select_related("series__subject", "series__breakdown")
    }

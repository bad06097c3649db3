"""Brings the catalogue's tables into the database; loading them again changes nothing.

A table is every file of its name under `catalogue/`: the common one, then one folder per producer.
"""

import csv
from datetime import date
from pathlib import Path

from django.db import transaction

from agglo.figures.models import Break, Measure
from agglo.figures.recording import define_measures
from agglo.figures.text import search_key
from agglo.indicators.models import Axis, Followed, Indicator

FOLDER = Path(__file__).parent / "catalogue"
OWN = ("name", "question", "definition", "denominator", "unit", "source", "rhythm", "delay", "level", "trap")
SEARCHED = ("code", "name", "question", "definition", "source", "level", "trap")


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table, the common ones first, then those of each producer by name."""
    rows = []
    for path in sorted(FOLDER.rglob(f"{name}.csv"), key=lambda path: (len(path.parts), path)):
        with path.open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file, delimiter=";")
    return rows


@transaction.atomic
def load_indicators() -> dict[str, int]:
    """Axes, measures and their known breaks, indicators and what answers them. How many rows were written."""
    written = {"axes": _axes(), "mesures": _measures(), "indicateurs": _indicators()}
    written["mesures suivies"] = _followed()
    written["ruptures"] = _breaks()
    return written


def _write(model, key: str, rows: list[dict]) -> int:
    """Add what is new, update what differs; rows not listed any more stay, since figures may hang on them."""
    held = {getattr(row, key): row for row in model.objects.all()}
    fresh = [model(**row) for row in rows if row[key] not in held]
    changed = []
    for row in rows:
        known = held.get(row[key])
        if known and any(getattr(known, name) != value for name, value in row.items()):
            for name, value in row.items():
                setattr(known, name, value)
            changed.append(known)
    model.objects.bulk_create(fresh)
    if changed:
        model.objects.bulk_update(changed, [name for name in rows[0] if name != key])
    return len(fresh) + len(changed)


def _axes() -> int:
    return _write(Axis, "slug", [{**row, "order": int(row["order"])} for row in table("axes")])


def _measures() -> int:
    """Measures are defined once; a definition already in force is never edited here."""
    rows = table("measures")
    return define_measures(
        row | {name: int(row[name]) for name in ("decimals", "publication_delay")} for row in rows
    )


def _indicators() -> int:
    axes = {axis.slug: axis.pk for axis in Axis.objects.all()}
    subjects = {row["indicator"]: row for row in table("subjects")}
    rows = []
    for line in table("indicators"):
        about = subjects.get(line["code"], subjects["*"])
        row = {name: line[name] for name in (*OWN, "target", "chart_words", "chart", "code")}
        row |= {
            "axis_id": axes[line["axis"]],
            "position": int(line["position"]),
            "verified": line["verified"] == "V",
            "subject_scheme": about["scheme"],
            "subject_code": about["code"],
            "compared": [pair.split(":") for pair in about["compared"].split()],
            "search_text": search_key(" ".join(line[name] for name in SEARCHED)),
        }
        rows.append(row)
    return _write(Indicator, "code", rows)


def _followed() -> int:
    """What answers each indicator; a measure defined elsewhere (attested facts) is named here before it
    is.
    """
    wanted = table("followed")
    Measure.objects.bulk_create([Measure(code=row["measure"]) for row in wanted], ignore_conflicts=True)
    measures = dict(Measure.objects.values_list("code", "pk"))
    indicators = dict(Indicator.objects.values_list("code", "pk"))
    held = {(f.indicator_id, f.measure_id): f for f in Followed.objects.all()}
    fresh, changed = [], []
    for row in wanted:
        key = (indicators[row["indicator"]], measures[row["measure"]])
        said = {name: row[name] for name in ("label", "sentence")}
        said |= {name: int(row[name]) for name in ("order", "gap")}
        known = held.pop(key, None)
        if known is None:
            fresh.append(Followed(indicator_id=key[0], measure_id=key[1], **said))
        elif any(getattr(known, name) != value for name, value in said.items()):
            vars(known).update(said)
            changed.append(known)
    Followed.objects.filter(pk__in=[row.pk for row in held.values()]).delete()
    Followed.objects.bulk_create(fresh)
    Followed.objects.bulk_update(changed, ["order", "label", "sentence", "gap"])
    return len(fresh) + len(changed) + len(held)


def _breaks() -> int:
    """The catalogue owns them: an explanation written better here is written better everywhere."""
    written = 0
    held = {(one.measure.code, one.on): one for one in Break.objects.select_related("measure")}
    for row in table("breaks"):
        on = date.fromisoformat(row["on"])
        said = {"cause": row["cause"], "detail": row["detail"]}
        known = held.get((row["measure"], on))
        if known is None:
            measure = Measure.objects.get(code=row["measure"])
            held[row["measure"], on] = Break.objects.create(measure=measure, on=on, **said)
        elif said != {"cause": known.cause, "detail": known.detail}:
            known.cause, known.detail = row["cause"], row["detail"]
            known.save()
        else:
            continue
        written += 1
    return written

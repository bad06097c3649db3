"""BODACC, as pure functions: opening judgments counted by commune of the seat, corrections undone first.

Names of people and companies are never asked for. A judgment counts at the month of its publication.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from agglo.figures.text import search_key
from agglo.indicators import ods
from agglo.indicators.bundling import pages
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Row
from agglo.opendata.errors import WrongAnswer

# What is asked: nothing that names anybody. `jugement` may hold a free text; `fetch` removes it.
COLUMNS = ("id", "typeavis", "dateparution", "cp", "ville", "jugement", "parutionavisprecedent")
OPENING = "jugement d'ouverture"
KINDS = {"redressement": "defaillances-redressements", "liquidation": "defaillances-liquidations",
         "sauvegarde": "procedures-sauvegarde"}  # fmt: skip
FAILURES = ("defaillances-redressements", "defaillances-liquidations")
TYPES = ("annonce", "rectificatif", "annulation")


class Notice(NamedTuple):
    """One announcement, without a name: `measure` is empty when it opens no procedure we count."""

    id: str
    type: str
    month: str
    postcode: str
    town: str
    measure: str
    cites: str


def bare(row: Mapping[str, object]) -> dict[str, object]:
    """The row without the free text of its judgment, which may name people."""
    judgment = _inside(row.get("jugement"), "jugement")
    kept = {name: judgment[name] for name in ("famille", "nature", "type", "date") if name in judgment}
    return {**{name: row.get(name) for name in COLUMNS}, "jugement": json.dumps(kept, ensure_ascii=False)}


def notices(answer: Answer) -> Iterator[Notice]:
    found = (row for page in pages(answer) for row in ods.cells(answer, page.body, COLUMNS))
    for line, row in found:
        month = str(row["dateparution"])[:7]
        kind = row["typeavis"]
        if not re.match(r"^\d{4}-\d{2}$", month) or kind not in TYPES:
            raise WrongAnswer(
                "Une annonce n’a ni date ni type lisible\u00a0: le service a changé de format.",
                f"ligne {line}\u00a0: {kind!r} {month!r}",
            )
        yield Notice(
            str(row["id"]), str(kind), month, str(row["cp"] or ""), town_key(str(row["ville"] or "")),
            opening(_inside(row["jugement"], "jugement")), cited(row["parutionavisprecedent"]),
        )  # fmt: skip


def opening(judgment: Mapping[str, object]) -> str:
    """The measure a judgment counts in; empty when it opens nothing (a conversion, a closing, a ban)."""
    family = str(judgment.get("famille") or "").replace("’", "'").lower()
    nature = str(judgment.get("nature") or "").lower()
    if family != OPENING:
        return ""
    return next((measure for word, measure in KINDS.items() if word in nature), "")


def cited(previous: object) -> str:
    """The identifier of the announcement that a correction undoes: letter, issue, number (`A2025001712`)."""
    said = _inside(previous, "parutionavisprecedent")
    if not said:
        return ""
    letter = str(said.get("nomPublication") or "").split()[-1:] or [""]
    parts = (letter[0], str(said.get("numeroParution") or ""), str(said.get("numeroAnnonce") or ""))
    return "".join(parts) if all(parts) else ""


def _inside(value: object, name: str) -> dict:
    """JSON written inside a text."""
    if value is None or value == "":
        return {}
    try:
        found = json.loads(value) if isinstance(value, str) else value
    except ValueError as error:
        raise WrongAnswer(f"Le champ «\u202f{name}\u202f» n’est plus du JSON.", str(value)[:200]) from error
    if not isinstance(found, dict):
        raise WrongAnswer(f"Le champ «\u202f{name}\u202f» n’a plus la forme attendue.", str(value)[:200])
    return found


def standing(found: Iterable[Notice]) -> list[Notice]:
    """Announcements still in force: what an annulment or a correction cites is undone, whatever the order.

    A correction stands for what it corrects, at the month of the first publication when we hold it.
    """
    by_id = {notice.id: notice for notice in found}
    undone = {n.cites for n in by_id.values() if n.type != "annonce" and n.cites}
    kept = []
    for notice in by_id.values():
        if notice.type == "annulation" or notice.id in undone:
            continue
        first, steps = notice, 0
        while first.cites in by_id and steps < len(by_id):
            first, steps = by_id[first.cites], steps + 1
        kept.append(notice._replace(month=first.month))
    return kept


def town_key(name: str) -> str:
    """A town's name as two services would write it alike."""
    plain = re.sub(r"[^a-z0-9]+", " ", search_key(re.sub(r"(?i)\bcedex\b.*$", "", name)))
    return " ".join("saint" if w == "st" else "sainte" if w == "ste" else w for w in plain.split())


def counted(
    found: Iterable[Notice], communes: Mapping[tuple[str, str], str], codes: list[str], months: list[str]
) -> list[Row]:
    """Rows of every commune and month, nought included; then twelve months together, once twelve are held."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for notice in standing(found):
        code = communes.get((notice.postcode, notice.town))
        if code and notice.measure:
            counts[code, notice.measure, notice.month] += 1
    rows = []
    for code in codes:
        opened = {month: sum(counts[code, one, month] for one in FAILURES) for month in months}
        for rank, month in enumerate(months):
            figures = {one: counts[code, one, month] for one in KINDS.values()}
            figures["defaillances-ouvertures"] = opened[month]
            if rank >= 11:
                figures["defaillances-12-mois"] = sum(opened[m] for m in months[rank - 11 : rank + 1])
            for measure, number in figures.items():
                rows.append(Row(len(rows) + 1, "COM", code, measure, "", month, str(number)))
    return rows

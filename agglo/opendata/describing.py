"""The page of documentation about data sources, written from the declarations so that it cannot drift."""

import inspect
import sys
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import ModuleType
from urllib.parse import urlencode

from django.apps import apps
from django.conf import settings

from agglo.figures.vocabulary import Rhythm
from agglo.opendata.declaration import Declaration, Measured
from agglo.opendata.duties import duties
from agglo.opendata.formulas import Formula, Total, computed
from agglo.opendata.tallies import Tally, tallies

HEAD = """# Data sources

<!-- Written by `bin/manage document_sources > docs/data-sources.md`; a test keeps the two equal. -->

Every official dataset the portal knows how to read, as its connector declares it. *Recorded* means that the
codes were read in an answer of the service kept as a sample; *reported*, that people who use the service say
so and that nobody here has seen it: a wrong code shows as a refusal in French and leaves the figures in
place; *not said*, that the declaration itself says neither: read the head of its module. Connectors add the
territories, and follow pages, beyond the request written here. Names of datasets can be replaced
(`MELODI_DATASETS`), addresses too (`OPENDATA_BASE_URLS`). What is loaded from the repository's own files:
attested facts (`agglo/figures/facts/`) and reference territories
([their origin](../agglo/territory/data/README.md)). What they feed: [indicators](indicators.md).
"""
PROOFS = {"RECORDED": "recorded", "REPORTED": "reported"}


CALCULATIONS = """## Computed

What the portal works out of these figures, under `calcul-<measure>`
([decision 13](decisions/0013-computed-figures-are-datasets.md)).

| Measure | Formula | Inputs |
|---|---|---|
"""


COUNTED = """## Counted

What the portal counts on its own records, under `registre-<code>`
([decision 14](decisions/0014-records-are-counted-as-datasets.md)).

| Dataset | What it counts | Measures |
|---|---|---|
"""


ENTERED = """## Entered by staff

What our own services owe, declared in the `duties` module of each room: past the expected day and a week,
they are late, and every figure that rests on it says so.

| What | Rhythm | Days after the period | Measures that rest on it |
|---|---|---|---|
"""


def document(declarations: Iterable[Declaration]) -> str:
    """The whole page, in Markdown; one section a dataset, then the formulas and the counts of records."""
    formulas, counts = computed(), tallies()
    declarations = [one for one in declarations if one.code not in formulas and one.code not in counts]
    table = ["| Dataset | Producer | Rhythm | Codes |", "|---|---|---|---|"]
    for one in declarations:
        row = (f"[`{one.code}`](#{one.code})", one.source.name, Rhythm(one.rhythm).value, proof(one)[0])
        table.append(f"| {' | '.join(row)} |")
    return "\n".join(
        [
            HEAD,
            *table,
            "",
            *(section(one) for one in declarations),
            calculations(formulas),
            counted(counts),
            entered(),
        ]
    )


def calculations(formulas: Mapping[str, Formula | Total]) -> str:
    rows = []
    for one in formulas.values():
        inputs = ", ".join(dict.fromkeys(f"`{given.measure}`" for given in one.inputs.values()))
        rows.append(f"| `{one.measure}` | {one.words} | {inputs} |\n")
    return CALCULATIONS + "".join(rows)


def counted(counts: Mapping[str, Tally]) -> str:
    rows = []
    for code, one in counts.items():
        rows.append(f"| `{code}` | {one.title} | {', '.join(f'`{measure}`' for measure in one.measures)} |\n")
    return "\n" + COUNTED + "".join(rows)


def entered() -> str:
    rows = []
    for one in duties():
        measures = ", ".join(f"`{measure}`" for measure in one.measures) or "none"
        rows.append(f"| {one.title} (`{one.code}`) | {one.rhythm.value} | {one.delay} | {measures} |\n")
    return "\n" + ENTERED + "".join(rows)


def section(one: Declaration) -> str:
    kind, said = proof(one)
    delay = "unknown" if one.publication_delay is None else f"{one.publication_delay} days after the period"
    lines = [
        f"## {one.code}",
        "",
        f"{one.title}.",
        "",
        f"- Producer: [{one.source.name}]({one.source.url})"
        if one.source.url
        else f"- Producer: {one.source.name}",
        f"- Address: `{one.base_url}`; page: <{one.page}>",
        f"- Request: `{request(one)}`",
        f"- Licence: {one.licence or 'not stated'}",
        f"- Rhythm: {Rhythm(one.rhythm).value}; delay: {delay}; asked every {_days(one)}",
        f"- Levels: {', '.join(one.schemes)}",
        f"- Whole file, what is absent was withdrawn: {'yes' if one.complete else 'no'}",
        f"- Held as implausible: {implausible(one)}",
        f"- Codes: {kind}{f' – {said}' if said else ''}",
        f"- Declared in: [`{place(one)}`](../{place(one)})",
        "",
    ]
    if one.measures:
        lines += ["| Measure | Rows | Broken down by | Bounds |", "|---|---|---|---|"]
        lines += [
            f"| `{m.measure}` | {where(m)} | {', '.join(m.breakdown) or '—'} | {bounds(m)} |"
            for m in one.measures
        ]
    else:
        lines.append("No figure: this dataset feeds tables of its own.")
    return "\n".join([*lines, ""])


def request(one: Declaration) -> str:
    asked = f"GET {one.path}"
    path = asked.replace(settings.EPCI_CODE, "{EPCI_CODE}")
    return f"{path}?{urlencode(one.params, doseq=True)}" if one.params else path


def where(measured: Measured) -> str:
    chosen = (f"{k}={v if isinstance(v, str) else '/'.join(v)}" for k, v in measured.where.items())
    return ", ".join(f"`{words}`" for words in chosen) or "all"


def bounds(measured: Measured) -> str:
    low, high = (_number(limit) for limit in (measured.minimum, measured.maximum))
    return f"{low or '−∞'} to {high or '∞'}"


def implausible(one: Declaration) -> str:
    rule = one.plausible
    words = [f"under {rule.min_rows} rows"] if rule.min_rows > 1 else ["no row"]
    words += [
        f"more than {share:.0%} {what}"
        for share, what in (
            (rule.max_revised, "revised"),
            (rule.max_withdrawn, "withdrawn"),
            (rule.max_refused, "refused"),
        )
        if share < 1
    ]
    return ", ".join(words)


@cache
def _connectors() -> list[tuple[ModuleType, str]]:
    """Those that were found at start-up, with their source; room after room."""
    prefixes = [f"{app.name}.connectors." for app in apps.get_app_configs()]
    named = [(name, module) for name, module in sorted(sys.modules.items()) if ".connectors." in name]
    found = [module for prefix in prefixes for name, module in named if name.startswith(prefix)]
    return [(module, inspect.getsource(module)) for module in found]


def module_of(one: Declaration) -> ModuleType:
    """The connector that declares this code: the module whose source holds it, quoted."""
    for module, source in _connectors():
        if f'"{one.code}"' in source:
            return module
    raise LookupError(one.code)


def place(one: Declaration) -> str:
    return Path(module_of(one).__file__).relative_to(settings.BASE_DIR).as_posix()


def proof(one: Declaration) -> tuple[str, str]:
    """Recorded or reported, and the words of the comment above the declaration, else of its module."""
    module = module_of(one)
    above = inspect.getsource(module).partition(f'"{one.code}"')[0]
    # The comment above this declaration, not above the one before.
    block = above.rpartition("\n)\n")[2] if "\n)\n" in above else ""
    comment = " ".join(line[1:].strip() for line in block.splitlines() if line.startswith("#"))
    words = comment if any(mark in comment for mark in PROOFS) else _paragraph(module.__doc__ or "")
    for mark, kind in PROOFS.items():
        if words.startswith(mark):
            return kind, words.partition(mark)[2].lstrip(": ").strip()
    return "not said", ""


def _paragraph(doc: str) -> str:
    """The paragraph of a module's docstring that opens with its proof."""
    found = [" ".join(p.split()) for p in doc.split("\n\n") if p.strip().startswith(tuple(PROOFS))]
    return found[0] if found else ""


def _number(limit: float | None) -> str:
    return "" if limit is None else f"{Decimal(str(limit)).normalize():,f}"


def _days(one: Declaration) -> str:
    every = one.due_every
    if every is None or not one.scheduled:
        return "time somebody asks"
    days = every.total_seconds() / 86400
    return "day" if days == 1 else f"{days:g} days"

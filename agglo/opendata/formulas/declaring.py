"""A formula as a declared dataset, so that its runs, comparison, history and archive are those of any other.

Its raw answer is the list of results with the figures each was read from: any result can be traced and
worked out again offline.
"""

import json
from collections.abc import Iterable, Iterator

from agglo.figures.vocabulary import Rhythm, State
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import (
    Declaration,
    Measured,
    Plausibility,
    Producer,
    Row,
    declared,
    find,
    is_declared,
    register,
)
from agglo.opendata.door import Door
from agglo.opendata.errors import WrongAnswer
from agglo.opendata.written import written

from .formula import PREFIX, TITLED, Formula, Missing, Result
from .held import Held
from .totals import Total

OURS = Producer("calcul", "Calcul du portail, à partir des chiffres du registre")
# A total of ours stands behind one the source gives itself.
BEHIND = 5


def register_formula(formula: Formula | Total) -> Declaration:
    """Make a formula known, under the code `calcul-<measure>`."""
    return register(
        Declaration(
            code=PREFIX + formula.measure,
            title=formula.title or TITLED + formula.words,
            source=OURS,
            base_url="",
            licence=formula.licence,
            rhythm=Rhythm.IRREGULAR,
            scheduled=False,  # worked out when its inputs change, see `changed.py`
            measures=(Measured(formula.measure),),
            fetch=fetch,
            parse=parse,
            expect="json",
            complete=True,
            plausible=Plausibility(min_rows=0, max_withdrawn=1.0),
            rank=BEHIND,
            version=formula.version,
            formula=formula,
        )
    )


def computed() -> dict[str, Formula | Total]:
    """All formulas by the code of their dataset."""
    return {code: one.formula for code, one in declared().items() if one.formula is not None}


def formula_of(dataset: str) -> Formula | Total | None:
    """The formula behind a dataset; None when it is not computed."""
    return declared()[dataset].formula if dataset in declared() else None


def official_behind(code: str) -> list[str]:
    """Declared datasets a figure of this dataset rests on: itself, or those that feed the formula's inputs,
    however many formulas lie between.
    """
    if is_declared(code) and find(code).formula is None:
        return [code]
    formulas, known = computed(), declared()
    found, seen, waiting = [], {code}, [code]
    while waiting:
        one = waiting.pop()
        formula = formulas.get(one)
        if formula is None:
            found.append(one)
            continue
        measures = {given.measure for given in formula.inputs.values()}
        feeding = {c for c, d in known.items() if measures & {m.measure for m in d.measures}}
        waiting += feeding - seen
        seen |= feeding
    return sorted(c for c in found if c in known)


def measures_behind(measures: Iterable[str]) -> set[str]:
    """These measures, and all that enter the formulas which work them out, however many lie between."""
    formulas = {one.measure: one for one in computed().values()}
    found, waiting = set(), list(measures)
    while waiting:
        measure = waiting.pop()
        if measure not in found:
            found.add(measure)
            formula = formulas.get(measure)
            waiting += [given.measure for given in formula.inputs.values()] if formula else []
    return found


def fetch(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """The answer of a formula: worked out here, archived like any other."""
    formula = declaration.formula
    yield written(PREFIX + formula.measure, work_out(formula, Held(formula.inputs.values())))


def work_out(formula: Formula | Total, held: Held) -> bytes:
    """Results, inputs and gaps as JSON: the same figures always give the same bytes."""
    results, missing = [], []
    for one in formula.work_out(held):
        if isinstance(one, Missing):
            missing.append(one)
        else:
            results.append(_written(one))
    return json.dumps(
        {
            "measure": formula.measure,
            "version": formula.version,
            "formula": formula.words,
            "results": results,
            "missing": missing,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def _written(result: Result) -> dict:
    value = None if result.value is None else str(result.value)
    return {**result._asdict(), "value": value}


def parse(answer: Answer) -> Iterator[Row]:
    """The results, as rows to load."""
    content = answer.json()
    if not isinstance(content, dict) or not isinstance(content.get("results"), list):
        raise WrongAnswer("Ce fichier n’est pas le résultat d’un calcul du portail.", str(content)[:200])
    for line, one in enumerate(content["results"], start=1):
        state = State.CONFIDENTIAL if one["value"] is None else None
        yield Row(
            line, one["scheme"], one["code"], content["measure"], "", one["period"], one["value"], "A", state
        )

"""What a stranger can work out of everything public about a plan: pages, files, cards, rates, all releases.

Documents are read as a stranger would, turned into equations, and attacked by linear programs. The stranger
is given more than he has: he guesses rightly which numbers did not move from one release to the next.
"""

import json
import re
from datetime import UTC, date, datetime

import pytest

from agglo.disclosure import Cell, Rate, Relation, leaks, primary, protect, rates_as_bounds
from agglo.disclosure.cells import PEOPLE
from agglo.figures.models import Dataset, Observation, Release
from agglo.figures.recording import Statement, record
from agglo.figures.vocabulary import Reason, State
from agglo.indicators.loading import load_indicators
from agglo.opendata import refresh
from agglo.opendata.formulas import computed
from employment.approving import approve
from employment.masking import cells_of
from employment.models import Category, FollowUp
from tests.employment.followed import submitted
from tests.employment.published import documents, figures
from tests.people import person

# Numbers past a thousand are found in no address, date or style sheet by chance.
FIRST = {"CDI_EXTERNE": 4127, "CREATION": 3, "RETRAITE": 1789, "AUTRE_SOLUTION": 2, "RECHERCHE_ACTIVE": 2311}
RELEASES = [
    (date(2026, 1, 31), FIRST, False),
    (date(2026, 3, 31), FIRST | {"CDI_EXTERNE": 4391, "AUTRE_SOLUTION": 8, "RECHERCHE_ACTIVE": 2041}, False),
    (date(2026, 3, 31), FIRST | {"CDI_EXTERNE": 4391, "AUTRE_SOLUTION": 9, "RECHERCHE_ACTIVE": 2040}, True),
    (date(2026, 5, 31), FIRST | {"CDI_EXTERNE": 4602, "CREATION": 6, "RECHERCHE_ACTIVE": 1823}, False),
]
BASE = 8260
SOLUTIONS = ("CDI_EXTERNE", "CREATION", "RETRAITE", "AUTRE_SOLUTION")
DURABLE = ("CDI_EXTERNE", "CREATION")
TOTALS = {"pse-avec-solution": "solved", "pse-solutions-durables": "durable", "pse-accompagnes": "base"}
TOTALS |= {"pse-sans-solution-connue": "unsolved"}
RATES = {"pse-taux-solutions": "solved", "pse-taux-durables": "durable"}


def known(place: int) -> datetime:
    return datetime(2026, 6, 10 + place, 12, tzinfo=UTC)


@pytest.fixture
def told(employment) -> list[FollowUp]:
    """Three follow-ups of one commission and a correction of the second, each known on a day of its own."""
    load_indicators()
    author, reviewer = person("staff"), person("reviewer")
    rows: list[FollowUp] = []
    for place, (day, counts, correction) in enumerate(RELEASES):
        words = {"reason": Reason.ENTRY_ERROR, "reason_words": "Faute de frappe."} if correction else {}
        row = submitted(
            counts, base=BASE, day=day, dataset="suivi-petit", author=author,
            corrects=rows[-1] if correction else None, **words,
        )  # fmt: skip
        rows.append(approve(row, reviewer, known(place)))
    for code in computed():
        if code.startswith("calcul-pse-"):
            assert refresh.refresh(code).status == "succeeded"
    return rows


class Stranger:
    """What was read of each number, and the equations that anybody who knows the law can write."""

    def __init__(self, rows: list[FollowUp]) -> None:
        self.truth: list[dict[str, int]] = []
        self.names: list[dict[str, tuple]] = []
        for place, row in enumerate(rows):
            here = {line.category.code: line.count for line in row.lines.all()}
            here |= {"base": BASE, "solved": sum(here[code] for code in SOLUTIONS)}
            here |= {"durable": sum(here[code] for code in DURABLE), "unsolved": BASE - here["solved"]}
            here["unknown"] = BASE - sum(row.lines.values_list("count", flat=True))
            before = self.truth[-1] if self.truth else {}
            self.names.append(
                {k: self.names[-1][k] if before.get(k) == v else (place, k) for k, v in here.items()}
            )
            self.truth.append(here)
        self.read: set[tuple] = set()
        self.rates: list[Rate] = []

    def reads(self, place: int, key: str, value: float) -> None:
        assert value == self.truth[place][key], f"{key}: {value} is not what was approved"
        self.read.add(self.names[place][key])

    def equations(self) -> list[Relation]:
        found = rates_as_bounds(self.rates)
        for names in self.names:
            lines = [names[code] for code in FIRST]
            found += [
                Relation.of(names["solved"], [names[code] for code in SOLUTIONS]),
                Relation.of(names["durable"], [names[code] for code in DURABLE]),
                Relation.of(names["base"], [*lines, names["unknown"]]),
                Relation.of(names["base"], [names["solved"], names["unsolved"]]),
            ]
        return found

    def values(self) -> dict[tuple, int]:
        pairs = zip(self.names, self.truth, strict=True)
        return {names[key]: value for names, truth in pairs for key, value in truth.items()}

    def knows(self) -> dict:
        """Sensitive numbers that the stranger knows too closely."""
        cells = [Cell(name, value) for name, value in self.values().items()]
        masked = {cell.key for cell in cells} - self.read
        return leaks(cells, self.equations(), masked, primary(cells, PEOPLE), PEOPLE)


def read_everything(rows: list[FollowUp]) -> tuple[Stranger, dict[str, str]]:
    stranger = Stranger(rows)
    days = [known(place).date() for place in range(len(rows))]
    papers = documents([*days, None])
    names = dict(Category.objects.values_list("name", "code"))
    ends = [row.end.isoformat() for row in rows]

    def in_force(day: date | None, end: str) -> int:
        told = [n for n, one in enumerate(ends) if one == end and (day is None or days[n] <= day)]
        return max(told)

    for address, text in papers.items():
        asked = re.search(r"connu_le=([\d-]+)", address)
        day = date.fromisoformat(asked[1]) if asked else None
        if "bilan.json" in address:
            for point in json.loads(text)["points_de_suivi"]:
                if point["au"] in ends:
                    place = in_force(day, point["au"])
                    for one in point["situations"]:
                        if one["personnes"] != "s":
                            stranger.reads(place, names[one["situation"]], one["personnes"])
                    for key, value in (("base", point["base"]), ("unknown", point["sans_situation_connue"])):
                        if value is not None:
                            stranger.reads(place, key, value)
        elif "bilan.csv" in address:
            for cells in (line.split(";") for line in text.splitlines()):
                if cells[1] in ends and cells[6] not in ("s", "n.d."):
                    stranger.reads(in_force(day, cells[1]), names.get(cells[5], "unknown"), float(cells[6]))
    for one in figures():
        if one["periode_fin"] in ends and one["valeur"] not in (None, ""):
            at = datetime.fromisoformat(one["connu_depuis"]).date()
            place = in_force(min(at, days[-1]), one["periode_fin"])
            key = one["ventilation"].removeprefix("SITUATION=") or TOTALS.get(one["mesure"], "")
            if key:
                stranger.reads(place, key, float(one["valeur"]))
            elif one["mesure"] in RATES:
                name = stranger.names[place]
                rate = Rate(name[RATES[one["mesure"]]], name["base"], float(one["valeur"]), 6)
                stranger.rates.append(rate)
    return stranger, papers


def test_nothing_public_pins_a_masked_number_of_a_plan(told):
    stranger, papers = read_everything(told)
    assert len(stranger.read) > 8
    assert any(address.startswith("/plans/bridgestone-bethune/bilan.pdf?connu_le") for address in papers)
    assert stranger.knows() == {}
    values = stranger.values()
    hidden = {value for name, value in values.items() if name not in stranger.read and value > 999}
    assert hidden, "this plan needs a large number masked beside the small ones"
    hidden -= {value for name, value in values.items() if name in stranger.read}
    for address, text in papers.items():
        plain = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3})", "", text)
        for value in hidden:
            assert not re.search(rf"(?<![\d.,]){value}(?![\d])", plain), f"{value} is written in {address}"


def test_the_attack_sees_a_number_told_elsewhere(told):
    """One secondary number published by another door gives a small one away."""
    masked = Observation.objects.filter(series__dataset__code="suivi-petit", state=State.CONFIDENTIAL)
    hidden = masked.values_list("series__breakdown__key", flat=True)
    code = next(code for code in FIRST if FIRST[code] > 5 and f"SITUATION={code}" in hidden)
    dataset = Dataset.objects.get(code="suivi-petit")
    other = Dataset.objects.create(code="fuite", source=dataset.source, title="Fuite")
    release = Release.objects.create(dataset=other, edition="1")
    record(
        [
            Statement(
                measure="pse-situation",
                subject=told[0].plan.key,
                release=release,
                known_from=known(place),
                start=row.end,
                end=row.end,
                value=row.lines.get(category__code=code).count,
                breakdown=f"SITUATION={code}",
                reason=Reason.SOURCE_REVISED,
                reason_words="x",
            )
            for place, row in enumerate(told)
        ]
    )
    assert read_everything(told)[0].knows()


def test_masks_made_release_by_release_would_not_have_held(told):
    """Each release protected for itself: read together, they leak."""
    stranger = Stranger(told)
    for place, row in enumerate(told):
        cells, relations = cells_of(row)
        mask = protect(cells, relations, PEOPLE)
        for key, value in stranger.truth[place].items():
            if key not in mask:
                stranger.reads(place, key, value)
    assert stranger.knows()

"""How fresh we are: every dataset we hold or declare, who publishes it, what came last, what went wrong."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public
from agglo.figures.models import Dataset, Release
from agglo.figures.vocabulary import Rhythm, SourceKind
from agglo.opendata.duties import Duty, Entered, duties, entered
from agglo.opendata.freshness import Freshness, Standing, freshness_of

BADGES = {
    Standing.UP_TO_DATE: ("badge--ok", "à jour"),
    Standing.SOURCE_LATE: ("badge--wait", "source en retard"),
    Standing.STAFF_LATE: ("badge--late", "saisie en retard, chez nous"),
    Standing.FAILED: ("badge--late", "notre traitement a échoué"),
    Standing.SUSPENDED: ("badge--wait", "suspendu par le producteur"),
    Standing.PAUSED: ("badge--wait", "en pause, par nous"),
    Standing.NEVER: ("", "jamais reçu"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One dataset as the page shows it; `freshness` is None when nothing refreshes it by itself."""

    code: str
    title: str
    producer: str
    url: str
    licence: str
    rhythm: str
    releases: list[Release]
    freshness: Freshness | None

    @property
    def badge(self) -> str:
        return BADGES[self.freshness.state][0] if self.freshness else ""

    @property
    def state(self) -> str:
        if self.freshness and not (self.installed and self.freshness.state == Standing.NEVER):
            return BADGES[self.freshness.state][1]
        return "reçu avec le portail, pas encore actualisé" if self.releases else "jamais reçu"

    @property
    def installed(self) -> bool:
        """Its editions came with the portal's own files: no run of ours has brought one yet."""
        return bool(self.releases) and not (self.freshness and self.freshness.last_success)

    @property
    def sentence(self) -> str:
        return (
            ""
            if self.freshness is None or (self.installed and not self.freshness.standstill)
            else self.freshness.sentence
        )

    @property
    def last(self) -> Release | None:
        return self.releases[0] if self.releases else None


def lines() -> tuple[list[Line], list[Line]]:
    """Official datasets, then press articles; four queries."""
    standing = {row.code: row for row in freshness_of()}
    held = Dataset.objects.select_related("source").prefetch_related(
        Prefetch("releases", Release.objects.order_by("-edition", "-id"))
    )
    official, press = [], []
    for row in held:
        line = Line(
            row.code, row.title, row.source.name, row.url, row.licence, row.get_rhythm_display(),
            list(row.releases.all()), standing.pop(row.code, None),
        )  # fmt: skip
        (press if row.source.kind == SourceKind.PRESS else official).append(line)
    for code, row in standing.items():
        said = row.declaration
        if said.formula or said.tally:
            continue  # worked out here, and nothing to work it out of yet
        words = (said.title, said.source.name, said.page, said.licence, Rhythm(said.rhythm).label)
        official.append(Line(code, *words, [], row))
    return sorted(official, key=lambda line: (line.producer, line.title)), press


@dataclass(frozen=True, slots=True)
class Entry:
    """One sort of thing that our services enter, with each thing owed, the late ones first."""

    duty: Duty
    owed: list[Entered]

    @property
    def late(self) -> int:
        return sum(one.is_late for one in self.owed)

    @property
    def rhythm(self) -> str:
        return Rhythm(self.duty.rhythm).label

    @property
    def badge(self) -> tuple[str, str]:
        if not self.owed:
            return "", "rien à saisir pour le moment"
        return BADGES[Standing.STAFF_LATE if self.late else Standing.UP_TO_DATE]


def entries() -> list[Entry]:
    """What our services owe, by duty; each room is asked once."""
    found: dict[str, list[Entered]] = {}
    for one in sorted(entered(), key=lambda one: (not one.is_late, one.owed.title)):
        found.setdefault(one.code, []).append(one)
    return [Entry(duty, found.get(duty.code, [])) for duty in duties()]


@public
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    official, press = lines()
    return render(
        request, "portal/sources.html", {"official": official, "press": press, "entries": entries()}
    )

"""How fresh we are: every dataset we hold or declare, who publishes it, what came last, what went wrong."""

from collections import Counter
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
    def needs_somebody(self) -> bool:
        """Whether it is late, failed or stands still: such ones are read first."""
        return self.freshness is not None and self.freshness.state not in (
            Standing.UP_TO_DATE,
            Standing.NEVER,
        )

    @property
    def last(self) -> Release | None:
        return self.releases[0] if self.releases else None


@dataclass(frozen=True, slots=True)
class Lines:
    """Every dataset by where it comes from; those that need somebody come first."""

    official: list[Line]
    computed: list[Line]
    press: list[Line]

    @property
    def summary(self) -> list[tuple[str, str, int]]:
        """(class of the badge, state, how many) over official datasets, the largest first."""
        counted = Counter((line.badge, line.state) for line in self.official)
        return [(*key, many) for key, many in counted.most_common()]


def lines() -> Lines:
    """Four queries."""
    standing = {row.code: row for row in freshness_of()}
    held = Dataset.objects.select_related("source").prefetch_related(
        Prefetch("releases", Release.objects.order_by("-edition", "-id"))
    )
    official, computed, press = [], [], []
    for row in held:
        fresh = standing.pop(row.code, None)
        line = Line(
            row.code, row.title, row.source.name, row.url, row.licence, row.get_rhythm_display(),
            list(row.releases.all()), fresh,
        )  # fmt: skip
        if row.source.kind == SourceKind.PRESS:
            press.append(line)
        elif fresh and fresh.is_computed:
            computed.append(line)
        else:
            official.append(line)
    for code, row in standing.items():
        said = row.declaration
        if row.is_computed:
            continue  # worked out here, and nothing to work it out of yet
        words = (said.title, said.source.name, said.page, said.licence, Rhythm(said.rhythm).label)
        official.append(Line(code, *words, [], row))
    return Lines(sorted(official, key=_urgency), sorted(computed, key=_urgency), press)


def _urgency(line: Line) -> tuple[bool, str, str]:
    return not line.needs_somebody, line.producer, line.title


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
    return render(request, "portal/sources.html", {"lines": lines(), "entries": entries()})

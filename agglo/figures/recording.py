"""Writing single attested figures: added, revised or found unchanged, never overwritten."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from agglo.figures.models import (
    Breakdown,
    Dataset,
    Measure,
    MeasureVersion,
    Observation,
    Quotation,
    Release,
    Series,
    Subject,
)
from agglo.figures.vocabulary import Dating, Evidence, Origin, Qualifier, Reason, State


@dataclass(frozen=True, slots=True)
class Statement:
    """What one release says of one measure about one subject over one period.

    `subject` is (scheme, code); `known_from` is the aware moment from which we hold it true.
    """

    measure: str
    subject: tuple[str, str]
    release: Release
    known_from: datetime
    start: date | None
    end: date | None
    value: Decimal | None
    value_high: Decimal | None = None
    breakdown: str = ""
    state: int = State.VALUE
    evidence: int = Evidence.OBSERVED
    qualifier: int = Qualifier.EXACT
    dating: int = Dating.STATED
    origin: int = Origin.ATTESTED
    obs_status: str = "A"
    quotation: Quotation | None = None
    rank: int = 0
    # Of a correction: why, in which words, by whom. It may say again an older value than the one held.
    reason: int | None = None
    reason_words: str | None = None
    author_id: int | None = None

    @property
    def said(self) -> tuple:
        """What must differ for this to be news."""
        return (
            self.value,
            self.value_high,
            self.state,
            self.evidence,
            self.qualifier,
            self.dating,
            self.obs_status,
        )


@dataclass(slots=True)
class Recorded:
    added: int = 0
    revised: int = 0
    unchanged: int = 0

    def __str__(self) -> str:
        return f"{self.added} ajoutés, {self.revised} révisés, {self.unchanged} inchangés"


SIDES = ("numerator", "denominator")  # of a rate


class OutOfOrder(ValueError):
    """A statement older than what is already held about the same period."""


def define_measure(code: str, **definition) -> MeasureVersion:
    """The current definition of a measure, created when the measure is new; an existing one is left alone."""
    measure, _ = Measure.objects.get_or_create(code=code)
    version = measure.versions.order_by("-number").first()
    return version or MeasureVersion.objects.create(measure=measure, **definition)


def define_measures(rows: Iterable[dict[str, Any]]) -> int:
    """Define measures that are not defined yet, in a few statements; how many they were.

    A row is a `code` and the definition; its `numerator` and `denominator` are codes of measures, among these
    rows or others, or empty. Raises KeyError for a code that is not known.
    """
    defined = set(MeasureVersion.objects.values_list("measure__code", flat=True))
    new = {row["code"]: row for row in rows if row["code"] not in defined}
    named = {measure.code: measure for measure in Measure.objects.all()}
    fresh = Measure.objects.bulk_create(Measure(code=code) for code in new if code not in named)
    named |= {measure.code: measure for measure in fresh}

    def version(row: dict[str, Any]) -> MeasureVersion:
        definition = {name: value for name, value in row.items() if name not in ("code", *SIDES)}
        definition |= {side: named[row[side]] for side in SIDES if row[side]}
        return MeasureVersion(measure=named[row["code"]], **definition)

    MeasureVersion.objects.bulk_create(version(row) for row in new.values())
    return len(new)


def ensure_subject(scheme: str, code: str, name: str, kind_label: str, path: str = "") -> Subject:
    """The subject, created when new; the room that owns it keeps its name and path up to date."""
    return Subject.objects.get_or_create(
        scheme=scheme, code=code, defaults={"name": name, "kind_label": kind_label, "path": path}
    )[0]


@transaction.atomic
def record(statements: Iterable[Statement]) -> Recorded:
    """Write statements in the order they became known. Raises OutOfOrder, and KeyError for a measure or a
    subject that the ledger does not know.
    """
    ordered = sorted(statements, key=lambda s: s.known_from)
    series = _series_of(ordered)
    held: dict[tuple, list[Observation]] = {}
    for row in Observation.objects.filter(series__in=set(series.values())).order_by("known_from"):
        held.setdefault((row.series_id, row.period_start, row.period_end), []).append(row)

    counts, new, to_close = Recorded(), [], []
    for statement in ordered:
        series_id = series[_series_key(statement)]
        past = held.setdefault((series_id, statement.start, statement.end), [])
        known = past if statement.reason is None else past[-1:]
        if any(_said(row) == statement.said and row.known_from <= statement.known_from for row in known):
            # The same words were held already, now or before a revision: nothing is news.
            counts.unchanged += 1
            continue
        row = _observation(series_id, statement)
        if past:
            last = past[-1]
            if statement.known_from <= last.known_from:
                raise OutOfOrder(f"{statement.measure}\u00a0: une valeur plus récente est déjà connue.")
            last.known_to = statement.known_from
            row.reason = Reason.SOURCE_REVISED if statement.reason is None else statement.reason
            if last.pk:
                to_close.append(last)
            counts.revised += 1
        else:
            counts.added += 1
        past.append(row)
        new.append(row)
    # Close before opening: the index allows one open interval.
    if to_close:
        Observation.objects.bulk_update(to_close, ["known_to"])
    Observation.objects.bulk_create(new, batch_size=2000)
    return counts


def _observation(series_id: int, s: Statement) -> Observation:
    return Observation(
        series_id=series_id,
        period_start=s.start,
        period_end=s.end,
        value=s.value,
        value_high=s.value_high,
        known_from=s.known_from,
        known_to=None,
        release=s.release,
        quotation=s.quotation,
        state=s.state,
        evidence=s.evidence,
        qualifier=s.qualifier,
        dating=s.dating,
        origin=s.origin,
        obs_status=s.obs_status,
        review=3,
        reason=Reason.FIRST,
        reason_words=s.reason_words,
        author_id=s.author_id,
    )


def _said(row: Observation) -> tuple:
    return (row.value, row.value_high, row.state, row.evidence, row.qualifier, row.dating, row.obs_status)


def _series_key(s: Statement) -> tuple:
    return s.measure, s.subject, s.breakdown, s.release.dataset_id


def _series_of(statements: list[Statement]) -> dict[tuple, int]:
    """Id of the series of each statement, created when missing; four queries whatever the number."""
    keys = {_series_key(s): s.rank for s in statements}
    codes = {key[0] for key in keys}
    versions = {
        v.measure.code: v.pk
        for v in MeasureVersion.objects.filter(measure__code__in=codes)
        .select_related("measure")
        .order_by("number")
    }
    schemes = {key[1][0] for key in keys}
    subjects = {(s.scheme, s.code): s.pk for s in Subject.objects.filter(scheme__in=schemes)}
    Breakdown.objects.bulk_create([Breakdown(key=k) for k in {key[2] for key in keys}], ignore_conflicts=True)
    breakdowns = dict(Breakdown.objects.values_list("key", "pk"))
    wanted = {key: (versions[key[0]], subjects[key[1]], breakdowns[key[2]], key[3]) for key in keys}
    Series.objects.bulk_create(
        [
            Series(measure_version_id=v, subject_id=s, breakdown_id=b, dataset_id=d, rank=keys[key])
            for key, (v, s, b, d) in wanted.items()
        ],
        ignore_conflicts=True,
    )
    datasets = Dataset.objects.filter(pk__in={key[3] for key in keys})
    found = {
        row[1:]: row[0]
        for row in Series.objects.filter(dataset__in=datasets).values_list(
            "pk", "measure_version", "subject", "breakdown", "dataset"
        )
    }
    return {key: found[ids] for key, ids in wanted.items()}

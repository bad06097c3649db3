"""The load: answers already on disk become figures, in one transaction, or leave everything as it was.

`load()` is the public way in; it never touches the network.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from agglo.figures.models import Dataset, Release, Source
from agglo.figures.vocabulary import SourceKind
from agglo.opendata import columns, merging, progress
from agglo.opendata.answer import Answer
from agglo.opendata.counts import Counts
from agglo.opendata.declaration import Declaration, Edition
from agglo.opendata.errors import FinalError, Implausible, OlderRelease
from agglo.opendata.mapping import Mapped, map_rows
from agglo.opendata.merging import Compared
from agglo.opendata.staging import stage

# Sorting and hashing a million rows in memory; compiling queries that run once costs more than it saves.
TUNING = "SET LOCAL work_mem = '96MB'; SET LOCAL jit = off; SET LOCAL maintenance_work_mem = '96MB'"


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that changes: `old` and `new` are values, None when there is none."""

    kind: str  # added, revised, withdrawn
    measure: str
    scheme: str
    code: str
    subject: str
    breakdown: str
    first: date
    last: date
    old: Decimal | None
    new: Decimal | None


@dataclass(slots=True)
class Outcome(Counts):
    """What a load did, or would do. `refused` holds (line, content, reason)."""

    read: int = 0
    skipped: int = 0
    repeated: int = 0
    refused_count: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    dataset: Dataset | None = None
    release: Release | None = None
    edition: Edition | None = None
    covers_until: date | None = None
    columns: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def load(
    declaration: Declaration,
    answers: list[Answer],
    *,
    known_from: datetime | None = None,
    edition: Edition | None = None,
    newest: Edition | None = None,
    seen: Sequence[str] = (),
    dry_run: bool = False,
    accept: bool = False,
    sample: int = 0,
    beat: Callable[[], None] = lambda: None,
    before_commit: Callable[[Outcome], None] | None = None,
) -> Outcome:
    """Compare the answers with the ledger and write what changed.

    `known_from` is the moment the figures became known (now, unless an old edition is loaded). `newest` is
    the most recent edition seen by earlier runs, `seen` the columns of the last good one. `dry_run` undoes
    everything. `accept` takes an implausible answer. `sample` asks for that many differences.
    `before_commit` runs in the same transaction, last.
    Raises FinalError; an Implausible carries its `outcome`. Nothing is then written.
    """
    outcome = Outcome(edition=edition or declaration.edition(answers))
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(TUNING)
                outcome.dataset = describe(declaration)
                _refuse_older(outcome.dataset, outcome.edition, newest)
                if declaration.land is not None:
                    _land(declaration, answers, outcome)
                else:
                    _load_figures(cursor, declaration, answers, outcome, known_from, accept, sample, beat)
                _note_columns(outcome, answers, list(seen))
            if before_commit is not None and not dry_run:
                before_commit(outcome)
            if dry_run:
                transaction.set_rollback(True)
    except Implausible as error:
        error.outcome = outcome
        raise
    except IntegrityError as error:
        raise FinalError(
            "Le registre a refusé ces chiffres\u00a0: une de ses règles serait enfreinte.", str(error)
        ) from error
    except DatabaseError as error:
        raise FinalError("La base de données a interrompu le chargement.", str(error)) from error
    return outcome


def describe(declaration: Declaration) -> Dataset:
    """The dataset's row in the ledger, written only when it says something new."""
    producer = declaration.source
    source, _ = Source.objects.get_or_create(
        code=producer.code,
        defaults={"name": producer.name, "url": producer.url, "kind": SourceKind.PRODUCER},
    )
    said = {
        "title": declaration.title,
        "url": declaration.page or declaration.base_url,
        "licence": declaration.licence,
        "rhythm": declaration.rhythm,
        "publication_delay": declaration.publication_delay,
    }
    dataset, created = Dataset.objects.get_or_create(
        code=declaration.code, defaults={"source": source, **said}
    )
    changed = [name for name, value in said.items() if getattr(dataset, name) != value]
    if changed and not created:
        for name in changed:
            setattr(dataset, name, said[name])
        dataset.save(update_fields=changed)
    return dataset


def _load_figures(cursor, declaration, answers, outcome: Outcome, known_from, accept, sample, beat) -> None:
    raw = stage(cursor, declaration, answers, beat)
    outcome.read = raw.rows + len(raw.malformed)
    progress.begins(beat, "Comparaison avec le registre")
    beat()
    mapped = map_rows(cursor, declaration, outcome.dataset, raw)
    beat()
    compared = merging.compare(cursor, outcome.dataset, raw, mapped, complete=declaration.complete)
    _note(outcome, mapped, compared)
    if mapped.staged:
        cursor.execute("SELECT max(last) FROM span")
        (outcome.covers_until,) = cursor.fetchone()
    if sample:
        outcome.differences = _differences(cursor, sample)
    if not accept:
        merging.check_plausible(declaration, mapped, compared)
    beat()
    if compared.changes:
        outcome.release = _release(declaration, outcome, answers)
        merging.merge(cursor, outcome.release, known_from or timezone.now())
    cursor.execute(
        "DROP TABLE IF EXISTS pg_temp.raw, pg_temp.combination, pg_temp.known, pg_temp.meaning, pg_temp.span,"
        " pg_temp.staged, pg_temp.doubtful, pg_temp.diff, pg_temp.rejected, pg_temp.repeated"
    )


def _note(outcome: Outcome, mapped: Mapped, compared: Compared) -> None:
    outcome.take(compared)
    outcome.skipped, outcome.repeated = mapped.skipped, compared.repeated
    outcome.refused, outcome.refused_count = sorted(mapped.refused), mapped.refused_count


def _note_columns(outcome: Outcome, answers: list[Answer], seen: list[str]) -> None:
    """What reading noticed: warnings of connectors, and columns that came, went or changed their name."""
    outcome.columns = list(dict.fromkeys(name for answer in answers for name in answer.columns))
    noticed = [words for answer in answers for words in answer.warnings]
    outcome.warnings = list(dict.fromkeys([*noticed, *columns.changes(seen, outcome.columns)]))


def _land(declaration: Declaration, answers: list[Answer], outcome: Outcome) -> None:
    landed = declaration.land(answers)
    outcome.take(landed)
    outcome.read = landed.read
    outcome.refused, outcome.refused_count = landed.refused, len(landed.refused)
    if outcome.changes:
        outcome.release = _release(declaration, outcome, answers)


def _release(declaration: Declaration, outcome: Outcome, answers: list[Answer]) -> Release:
    release, _ = Release.objects.get_or_create(
        dataset=outcome.dataset,
        edition=outcome.edition.code,
        checksum=together(answers),
        defaults={
            "published_on": outcome.edition.published_on,
            "url": answers[0].url[:500] if answers[0].url.startswith("http") else "",
            "licence": declaration.licence,
        },
    )
    return release


def together(answers: list[Answer]) -> str:
    """One checksum for all the answers of a run: the answer's own when there is one."""
    if len(answers) == 1:
        return answers[0].checksum
    from hashlib import sha256

    return sha256("".join(answer.checksum for answer in answers).encode()).hexdigest()


def _refuse_older(dataset: Dataset, edition: Edition, newest: Edition | None) -> None:
    """Raises OlderRelease when a later publication was already loaded."""
    held = [
        Edition(code=code, published_on=day)
        for code, day in dataset.releases.values_list("edition", "published_on")
    ]
    for other in [*held, *([newest] if newest else [])]:
        if is_older(edition, other):
            raise OlderRelease(
                f"L’édition reçue ({edition.code}) est plus ancienne que celle déjà chargée"
                f" ({other.code})\u00a0:"
                " elle n’a pas été lue."
            )


def is_older(edition: Edition, other: Edition) -> bool:
    """By publication day when both have one, else by name when both are written alike (2023-T3, 2025-T4)."""
    if edition.published_on and other.published_on:
        return edition.published_on < other.published_on
    if re.sub(r"\d", "9", edition.code) == re.sub(r"\d", "9", other.code):
        return edition.code < other.code
    return False


def _differences(cursor, sample: int) -> list[Difference]:
    cursor.execute(
        """SELECT CASE WHEN d.held IS NULL THEN 'added' WHEN d.series_id IS NULL THEN 'withdrawn'
                       ELSE 'revised' END,
                  m.code, u.scheme, u.code, u.name, b.key, coalesce(d.first, d.held_first),
                  coalesce(d.last, d.held_last), d.was, d.value
        FROM (SELECT *, row_number() OVER (PARTITION BY held IS NULL, series_id IS NULL
                                           ORDER BY coalesce(series_id, held_series),
                                                    coalesce(first, held_first))
              FROM diff) d
        JOIN figures_series s ON s.id = coalesce(d.series_id, d.held_series)
        JOIN figures_measureversion v ON v.id = s.measure_version_id
        JOIN figures_measure m ON m.id = v.measure_id
        JOIN figures_subject u ON u.id = s.subject_id JOIN figures_breakdown b ON b.id = s.breakdown_id
        WHERE d.row_number <= %s ORDER BY 1 DESC, 2, 4, 6, 7""",
        [sample],
    )
    return [Difference(*row) for row in cursor.fetchall()]

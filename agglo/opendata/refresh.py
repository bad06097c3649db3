"""A refresh, the whole way: fetch, archive, compare, write, and record the run whatever happens.

A bad answer leaves yesterday's figures standing: everything is written in one transaction, together with
the run's own outcome, or nothing is.
"""

import hashlib
import logging
import traceback
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from agglo.figures.models import MeasureVersion, Subject
from agglo.opendata import archive, queueing
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Edition, find
from agglo.opendata.door import Door
from agglo.opendata.errors import FinalError, Implausible, LeaseLost, RefreshError, RetryableError
from agglo.opendata.loading import Outcome, load
from agglo.opendata.models import Cause, RawAnswer, RefusedRow, Run, Status
from agglo.opendata.shapes import check_shape

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may change about one refresh; stored with the run.

    `file` loads a downloaded file; `replay` reads the answers of an earlier run again, offline;
    `known_from` says from which day the figures were known (old editions, oldest first); `accept` takes an
    implausible answer, with the reason; `force` compares even when the bytes are those of last time.
    """

    file: str = ""
    base_url: str = ""
    replay: int | None = None
    known_from: str = ""
    edition: str = ""
    accept: str = ""
    force: bool = False

    def stored(self) -> dict:
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}

    @property
    def moment(self) -> datetime | None:
        if not self.known_from:
            return None
        return timezone.make_aware(datetime.combine(date.fromisoformat(self.known_from), time.min))


def refresh(code: str, options: Options | None = None, *, cause: str = Cause.COMMAND, user=None) -> Run:
    """Refresh a dataset here and now. Returns the finished run, good or bad. Raises Busy, KeyError."""
    run = queueing.ask(code, cause=cause, user=user, options=(options or Options()).stored())
    return execute(run.pk) or Run.objects.get(pk=run.pk)


def preview(code: str, options: Options | None = None, *, sample: int = 20) -> Outcome:
    """What a refresh would change; nothing is written but the archived answer. Raises RefreshError,
    KeyError.
    """
    declaration, options = find(code), options or Options()
    answers = _answers(declaration, options, validators={}, beat=lambda: None)
    return load(
        declaration,
        answers,
        known_from=options.moment,
        edition=_edition(options),
        newest=_newest(code),
        dry_run=True,
        accept=True,
        sample=sample,
    )


def execute(run_id: int) -> Run | None:
    """Do a queued run. None when it is not there to be taken: done already, or another worker's."""
    run = queueing.claim(run_id, queueing.worker_name())
    if run is None:
        return None
    try:
        declaration = find(run.code)
        with queueing.Heartbeat(run) as beat:
            _execute(run, declaration, Options(**run.options), beat)
    except LeaseLost as error:
        logger.warning("run %s: %s", run.pk, error)
    except Implausible as error:
        _fail(run, error, Status.IMPLAUSIBLE)
    except RefreshError as error:
        _fail(run, error)
    except Exception as error:
        logger.exception("run %s of %s", run.pk, run.code)
        unknown = FinalError(
            "L’actualisation s’est arrêtée sur une erreur imprévue du programme."
            " Prévenez l’équipe technique.",
            "".join(traceback.format_exception(error))[-4000:],
        )
        _fail(run, unknown)
    run.refresh_from_db()
    return run


def _execute(run: Run, declaration: Declaration, options: Options, beat: queueing.Heartbeat) -> None:
    previous = Run.objects.good().filter(code=run.code).order_by("-id").first()
    answers = _answers(declaration, options, validators=_validators(previous), beat=beat)
    run.bytes = sum(answer.size for answer in answers)
    _keep(run, answers)
    run.fingerprint = _fingerprint(declaration, answers)
    same = previous is not None and previous.fingerprint == run.fingerprint
    if same and not (options.force or options.known_from or options.replay):
        _unchanged(run, previous)
        return

    def record(outcome: Outcome) -> None:
        queueing.hold(run)
        _note(run, outcome)
        run.status = Status.SUCCEEDED if outcome.changed else Status.UNCHANGED
        run.error = run.detail = ""
        _close(run)

    load(
        declaration,
        answers,
        known_from=options.moment,
        edition=_edition(options),
        newest=_newest(run.code),
        accept=bool(options.accept),
        beat=beat,
        before_commit=record,
    )


def _answers(declaration: Declaration, options: Options, *, validators: dict, beat) -> list[Answer]:
    if options.file:
        return [_from_file(declaration, Path(options.file))]
    if options.replay:
        return _replayed(declaration, options.replay)
    with Door(declaration, base_url=options.base_url, validators=validators, beat=beat) as door:
        answers = list(declaration.fetch(door, declaration))
    if not answers:
        raise FinalError("Le service n’a donné aucune réponse à lire.")
    return answers


def _from_file(declaration: Declaration, path: Path) -> Answer:
    try:
        with path.open("rb") as source, archive.receiving() as archived:
            while piece := source.read(256 * 1024):
                archived.write(piece)
    except OSError as error:
        raise FinalError(f"Le fichier {path.name} ne peut pas être lu.", str(error)) from error
    check_shape(archived.head, declaration.expect, "", path.name)
    return Answer(
        url=path.name,
        path=archived.path,
        checksum=archived.checksum,
        size=archived.size,
        packed=bool(archived.packed),
        received_at=timezone.now(),
        max_bytes=declaration.max_bytes,
    )


def _replayed(declaration: Declaration, run_id: int) -> list[Answer]:
    kept = RawAnswer.objects.filter(run_id=run_id, run__code=declaration.code)
    answers = [_kept_answer(row) for row in kept]
    if not answers or None in answers:
        raise FinalError(
            f"Les réponses brutes de l’actualisation n° {run_id} de ce jeu ne sont plus dans l’archive."
        )
    return answers


def _kept_answer(row: RawAnswer) -> Answer | None:
    found = archive.locate(row.checksum)
    if found is None:
        return None
    from agglo.opendata.door import _date

    return Answer(
        url=row.url,
        path=found[0],
        packed=found[1],
        checksum=row.checksum,
        size=row.size,
        status=row.status,
        received_at=row.received_at,
        last_modified=_date(row.headers.get("last-modified")),
        headers=row.headers,
    )


def _validators(previous: Run | None) -> dict[str, Answer]:
    """What the last good run received, by address: sent back as ETag or date, and read again on a 304."""
    if previous is None:
        return {}
    kept = ((row.url, _kept_answer(row)) for row in previous.answers.all())
    return {url: answer for url, answer in kept if answer is not None}


def _keep(run: Run, answers: list[Answer]) -> None:
    with transaction.atomic():
        run.answers.all().delete()
        RawAnswer.objects.bulk_create(
            RawAnswer(
                run=run,
                rank=rank,
                url=answer.url,
                checksum=answer.checksum,
                size=answer.size,
                status=304 if answer.not_modified else answer.status,
                received_at=answer.received_at,
                headers=answer.headers,
            )
            for rank, answer in enumerate(answers)
        )


def _fingerprint(declaration: Declaration, answers: list[Answer]) -> str:
    """What was read and how: the bytes, the declaration, the subjects and measures they were read against."""
    subjects = Subject.objects.aggregate(last=Max("id"))["last"]
    codes = [measured.measure for measured in declaration.measures]
    versions = MeasureVersion.objects.filter(measure__code__in=codes).aggregate(last=Max("id"))["last"]
    reading = (
        declaration.version,
        declaration.measures,
        dict(declaration.schemes),
        declaration.table,
        declaration.complete,
        declaration.unknown_subject,
        dict(declaration.empty_states),
        subjects,
        versions,
        [answer.checksum for answer in answers],
    )
    return hashlib.sha256(repr(reading).encode()).hexdigest()


def _edition(options: Options) -> Edition | None:
    return Edition(code=options.edition) if options.edition else None


def _newest(code: str) -> Edition | None:
    """The edition of the last good run; runs that changed nothing leave no release, but they were seen."""
    last = Run.objects.good().filter(code=code).exclude(edition="").order_by("-id").first()
    return Edition(code=last.edition, published_on=last.published_on) if last else None


def _unchanged(run: Run, previous: Run) -> None:
    run.status, run.dataset, run.read = Status.UNCHANGED, previous.dataset, previous.read
    run.unchanged = previous.unchanged + previous.added + previous.revised
    run.skipped, run.repeated = previous.skipped, previous.repeated
    run.covers_until, run.edition, run.published_on = (
        previous.covers_until,
        previous.edition,
        previous.published_on,
    )
    with transaction.atomic():
        queueing.hold(run)
        _close(run)


def _note(run: Run, outcome: Outcome) -> None:
    run.dataset, run.release = outcome.dataset, outcome.release
    for name in ("read", "added", "revised", "unchanged", "withdrawn", "skipped", "repeated"):
        setattr(run, name, getattr(outcome, name))
    run.refused = outcome.refused_count
    run.covers_until = outcome.covers_until
    if outcome.edition is not None:
        run.edition, run.published_on = outcome.edition.code, outcome.edition.published_on
    run.refused_rows.all().delete()
    RefusedRow.objects.bulk_create(
        (
            RefusedRow(run=run, line=line, content=content, reason=reason)
            for line, content, reason in outcome.refused
        ),
        batch_size=1000,
    )


def _close(run: Run) -> None:
    run.finished_at = timezone.now()
    run.lease_until = None
    run.save()


def _fail(run: Run, error: RefreshError, status: str = Status.FAILED) -> None:
    """Record why, unless another worker has taken the run meanwhile. What was already held stays."""
    try:
        with transaction.atomic():
            queueing.hold(run)
            outcome = getattr(error, "outcome", None)
            if outcome is not None:
                # The dataset and release rows of the undone load do not exist.
                outcome.dataset = outcome.release = None
                _note(run, outcome)
            run.status, run.error, run.detail = status, str(error), error.detail
            run.retryable = isinstance(error, RetryableError)
            _close(run)
    except LeaseLost as lost:
        logger.warning("run %s: %s", run.pk, lost)

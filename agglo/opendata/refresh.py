"""A refresh, the whole way: fetch, archive, compare, write, and record the run whatever happens.

A bad answer leaves yesterday's figures standing: everything is written in one transaction, together with
the run's own outcome, or nothing is.
"""

import logging
import traceback
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from agglo.opendata import holding, queueing
from agglo.opendata.declaration import Declaration, Edition, find
from agglo.opendata.errors import FinalError, Implausible, LeaseLost, RefreshError, RetryableError
from agglo.opendata.gathering import as_last_time, ask_modified, fingerprint, gather, keep, validators
from agglo.opendata.loading import Outcome, load
from agglo.opendata.models import GOOD, Cause, RefusedRow, Run, Status
from agglo.opendata.options import Options

logger = logging.getLogger(__name__)


def refresh(code: str, options: Options | None = None, *, cause: str = Cause.COMMAND, user=None) -> Run:
    """Refresh a dataset here and now. Returns the finished run, good or bad. Raises Busy, KeyError."""
    run = queueing.ask(code, cause=cause, user=user, options=(options or Options()).stored())
    return execute(run.pk) or Run.objects.get(pk=run.pk)


def preview(code: str, options: Options | None = None, *, sample: int = 20) -> Outcome:
    """What a refresh would change; nothing is written but the archived answer. Raises RefreshError,
    KeyError.
    """
    declaration, options = find(code), options or Options()
    answers = gather(declaration, options, validators={}, beat=lambda: None)
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
        options = Options(**run.options)
        declaration = find(run.code)
        if options.partial:
            declaration = in_part(declaration)
        with queueing.Heartbeat(run) as beat:
            _execute(run, declaration, options, beat)
    except LeaseLost as error:
        logger.warning("run %s: %s", run.pk, error)
    except holding.SeenBefore as seen:
        _give_up(run, seen)
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
    beat.rows_last_time = _rows_last_time(run)
    beat.step("Lecture des réponses archivées" if options.replay else "Demande au service et réception")
    known, forced = validators(previous), options.force or options.known_from or options.replay
    run.modified, probes = ask_modified(declaration, options, validators=known, beat=beat)
    answers = [] if forced else as_last_time(declaration, run.modified, previous)
    answers = answers or gather(declaration, options, validators=known, beat=beat)
    run.bytes = sum(answer.size for answer in answers)
    keep(run, [*answers, *probes])
    run.fingerprint = fingerprint(declaration, answers)
    same = previous is not None and previous.fingerprint == run.fingerprint
    if same and not forced:
        _unchanged(run, previous)
        return
    if not (options.force or options.replay or options.accept):
        holding.refuse_seen(run)

    def record(outcome: Outcome) -> None:
        beat.step("Enregistrement")
        queueing.hold(run)
        holding.stop_if_asked(run, outcome)
        _note(run, outcome)
        if options.partial and previous:
            _stand_on(run, previous)
        run.status = Status.SUCCEEDED if outcome.changes else Status.UNCHANGED
        run.error = run.detail = ""
        _close(run)

    said = {
        "known_from": options.moment,
        "edition": _edition(options),
        "newest": _newest(run.code),
        "seen": previous.columns if previous else [],
        "beat": beat,
    }
    beat.step("Comparaison avec le registre" if declaration.land else "Lecture des lignes")
    try:
        load(declaration, answers, accept=bool(options.accept), before_commit=record, **said)
    except Implausible:
        # Nothing was written: what it would change is compared once more, and kept for whoever decides.
        beat.step("Relevé des différences")
        looking = {**said, "beat": beat.alive}
        looked = load(declaration, answers, accept=True, dry_run=True, sample=holding.SAMPLE, **looking)
        run.sample = holding.kept(looked.differences)
        raise


def in_part(declaration: Declaration) -> Declaration:
    """The same dataset, read from a file that holds some of its rows: what is absent was not withdrawn."""
    return replace(declaration, complete=False, plausible=replace(declaration.plausible, min_rows=1))


def _stand_on(run: Run, previous: Run) -> None:
    """A file in part says neither how far the dataset goes nor what its columns are."""
    run.columns = previous.columns
    run.covers_until = max(filter(None, (run.covers_until, previous.covers_until)), default=None)


def _rows_last_time(run: Run) -> int | None:
    whole = Run.objects.good().filter(code=run.code, read__gt=0).exclude(options__partial=True)
    return whole.order_by("-id").values_list("read", flat=True).first()


def _edition(options: Options) -> Edition | None:
    return Edition(code=options.edition) if options.edition else None


def _newest(code: str) -> Edition | None:
    """The edition of the last good run; runs that changed nothing leave no release, but they were seen."""
    last = Run.objects.good().filter(code=code).exclude(edition="").order_by("-id").first()
    return Edition(code=last.edition, published_on=last.published_on) if last else None


def _unchanged(run: Run, previous: Run) -> None:
    run.status, run.dataset, run.read = Status.UNCHANGED, previous.dataset, previous.read
    run.unchanged = previous.unchanged + previous.added + previous.revised
    run.skipped, run.repeated, run.columns = previous.skipped, previous.repeated, previous.columns
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
    run.covers_until, run.columns, run.warnings = outcome.covers_until, outcome.columns, outcome.warnings
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
    if run.status in (*GOOD, Status.IMPLAUSIBLE):
        holding.supersede(run)
    run.finished_at = timezone.now()
    run.lease_until = None
    run.save()


def _give_up(run: Run, seen: holding.SeenBefore) -> None:
    with transaction.atomic():
        queueing.hold(run)
        run.status, run.decision, run.decided_at = Status.WITHDRAWN, str(seen), timezone.now()
        _close(run)


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

"""The answers a refresh reads: from the network, a downloaded file or the archive; kept with the run."""

import hashlib
from pathlib import Path

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from agglo.figures.models import MeasureVersion, Subject
from agglo.opendata import archive
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration
from agglo.opendata.door import Door
from agglo.opendata.errors import FinalError
from agglo.opendata.models import RawAnswer, Run
from agglo.opendata.options import Options
from agglo.opendata.replies import http_date
from agglo.opendata.shapes import check_shape
from agglo.opendata.streams import check_unpacked


def gather(declaration: Declaration, options: Options, *, validators: dict, beat) -> list[Answer]:
    answers = _gather(declaration, options, validators, beat)
    for answer in answers:
        check_unpacked(answer, declaration.max_bytes)
    return answers


def _gather(declaration: Declaration, options: Options, validators: dict, beat) -> list[Answer]:
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
    kept = RawAnswer.objects.filter(run_id=run_id, run__code=declaration.code, probe=False)
    answers = [kept_answer(row) for row in kept]
    if not answers or None in answers:
        raise FinalError(
            f"Les réponses brutes de l’actualisation n° {run_id} de ce jeu ne sont plus dans l’archive."
        )
    return answers


def kept_answer(row: RawAnswer) -> Answer | None:
    found = archive.locate(row.checksum)
    if found is None:
        return None
    return Answer(
        url=row.url,
        path=found[0],
        packed=found[1],
        checksum=row.checksum,
        size=row.size,
        status=row.status,
        received_at=row.received_at,
        last_modified=http_date(row.headers.get("last-modified")),
        headers=row.headers,
    )


def ask_modified(
    declaration: Declaration, options: Options, *, validators: dict, beat
) -> tuple[str, list[Answer]]:
    """What the catalogue says of the last change, and its answers; "" when it does not say.

    A catalogue that refuses or says nonsense is no reason not to ask for the data.
    """
    if declaration.modified is None or options.file or options.replay:
        return "", []
    with Door(declaration, base_url=options.base_url, validators=validators, beat=beat) as door:
        try:
            said = declaration.modified(door) or ""
        except FinalError:
            return "", []
    for answer in door.answers:
        answer.probe = True
    return said[:200], door.answers


def as_last_time(declaration: Declaration, modified: str, previous: Run | None) -> list[Answer]:
    """The answers of the last good run when the source says that nothing changed and they would be read the
    same way; none otherwise.
    """
    if not modified or previous is None or previous.modified != modified:
        return []
    answers = [kept_answer(row) for row in previous.answers.filter(probe=False)]
    if not answers or None in answers or fingerprint(declaration, answers) != previous.fingerprint:
        return []
    for answer in answers:
        answer.not_modified = True
    return answers


def validators(previous: Run | None) -> dict[str, Answer]:
    """What the last good run received, by address: sent back as ETag or date, and read again on a 304."""
    if previous is None:
        return {}
    kept = ((row.url, kept_answer(row)) for row in previous.answers.all())
    return {url: answer for url, answer in kept if answer is not None}


def keep(run: Run, answers: list[Answer]) -> None:
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
                probe=answer.probe,
            )
            for rank, answer in enumerate(answers)
        )


def fingerprint(declaration: Declaration, answers: list[Answer]) -> str:
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

"""A file brought by a person: archived, compared by a worker like any answer, and held until they confirm."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from agglo.opendata import archive, queueing
from agglo.opendata.declaration import Declaration, edition_by_date, find
from agglo.opendata.errors import WrongAnswer
from agglo.opendata.models import Cause, RawAnswer, Run
from agglo.opendata.options import Options
from agglo.opendata.shapes import NAMES, check_shape, is_html

KEPT = ("hold", "partial", "edition")  # options of such a run that reading it again repeats


def limit_words() -> str:
    return f"{settings.OPENDATA_UPLOAD_MAX_MB}\u00a0Mo"


def wanted_words(declaration: Declaration) -> str:
    """What a file of this dataset is: « du JSON, 100 Mo au plus »."""
    return f"{NAMES.get(declaration.expect, 'CSV, XLSX, ZIP, JSON ou XML')}, {limit_words()} au plus"


def receive(code: str, file: UploadedFile, user, reason: str, *, partial: bool = False) -> Run:
    """Archive the file and queue its comparison. `partial`: it holds some rows only, such as corrected ones.
    Raises WrongAnswer, Busy, ValueError, KeyError.
    """
    declaration = find(code)
    if file.size > min(settings.OPENDATA_UPLOAD_MAX_MB * 1024 * 1024, declaration.max_bytes):
        raise ValueError(f"Ce fichier dépasse {limit_words()}\u00a0: chargez-le en plusieurs fois.")
    if not file.size:
        raise ValueError("Ce fichier est vide.")
    waiting = Run.objects.held().filter(code=code).first()
    if waiting is not None:
        raise ValueError(
            f"L’actualisation n°\u00a0{waiting.pk} de ce jeu attend déjà une décision\u00a0:"
            " prenez-la d’abord."
        )
    with archive.receiving() as archived:
        for piece in file.chunks():
            archived.write(piece)
    name = file.name[:200]
    shape = _shape(declaration, partial)
    try:
        check_shape(archived.head, shape, "", name)
    except WrongAnswer as error:
        if not archived.head.strip():
            raise ValueError("Ce fichier est vide.") from error
        if is_html(archived.head.lstrip()):
            raise
        said = f"Ce fichier n’est pas {NAMES[shape]}\u00a0: c’est ce que ce jeu attend."
        raise WrongAnswer(said, error.detail) from error
    with transaction.atomic():
        options = Options(
            hold=f"{user}\u00a0: {' '.join(reason.split())}",
            partial=partial,
            edition=_edition(declaration, partial),
        ).stored()
        run = queueing.ask(code, cause=Cause.STAFF, user=user, options=options)
        RawAnswer.objects.create(
            run=run, url=name, checksum=archived.checksum, size=archived.size, received_at=timezone.now()
        )
        # It reads its own archived answer: a replay asks no service.
        run.options = {**options, "replay": run.pk}
        run.save(update_fields=["options"])
        queueing.send(run)
    return run


def _shape(declaration: Declaration, partial: bool) -> str:
    """Corrected rows are a bare CSV even where the service sends an archive."""
    return "csv" if partial and declaration.table is not None else declaration.expect


def _edition(declaration: Declaration, partial: bool) -> str:
    """The edition in place, when nothing in the file names one: the day somebody brought it would pass for a
    later publication than all that the service still has to give.
    """
    if not partial and declaration.edition is not edition_by_date:
        return ""
    last = Run.objects.good().filter(code=declaration.code).exclude(edition="").order_by("-id").first()
    return last.edition if last else ""

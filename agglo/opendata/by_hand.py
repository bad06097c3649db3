"""A file brought by a person: archived, compared by a worker like any answer, and held until they confirm."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from agglo.opendata import archive, queueing
from agglo.opendata.declaration import find
from agglo.opendata.models import Cause, RawAnswer, Run
from agglo.opendata.options import Options
from agglo.opendata.shapes import check_shape

LIMIT = 100 * 1024 * 1024
LIMIT_WORDS = "100\u00a0Mo"


def receive(code: str, file: UploadedFile, user, reason: str) -> Run:
    """Archive the file and queue its comparison. Raises WrongAnswer, Busy, ValueError, KeyError."""
    declaration = find(code)
    if file.size > min(LIMIT, declaration.max_bytes):
        raise ValueError(f"Ce fichier dépasse {LIMIT_WORDS}\u00a0: chargez-le en plusieurs fois.")
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
    check_shape(archived.head, declaration.expect, "", name)
    with transaction.atomic():
        options = Options(hold=f"{user} : {' '.join(reason.split())}").stored()
        run = queueing.ask(code, cause=Cause.STAFF, user=user, options=options)
        RawAnswer.objects.create(
            run=run, url=name, checksum=archived.checksum, size=archived.size, received_at=timezone.now()
        )
        # It reads its own archived answer: a replay asks no service.
        run.options = {**options, "replay": run.pk}
        run.save(update_fields=["options"])
        queueing.send(run)
    return run

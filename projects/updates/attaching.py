"""A file joins an update, or leaves it: checked, cleaned, described, kept by checksum."""

from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from projects.files.cleaned import Refused
from projects.files.keeping import keep
from projects.files.recognising import MOST_BYTES, clean
from projects.models import Attachment, Update
from projects.updates.drafting import NotNow, locked

MOST = 12  # files of one update


@transaction.atomic
def attach(row: Update, user, file: UploadedFile, words: str, credit: str) -> Attachment:
    """Raises Refused (the file) or NotNow (the update), in French; nothing is then kept."""
    row = locked(row)
    if not row.may_be_changed_by(user):
        raise NotNow("Un fichier s’ajoute à un brouillon, par son auteur.")
    words = words.strip()
    if not words:
        raise Refused(
            "Décrivez en quelques mots ce que montre le fichier\u00a0: qui ne le voit pas lira cette phrase. "
            "Choisissez ensuite le fichier de nouveau."
        )
    if row.attachments.count() >= MOST:
        raise Refused(f"Une mise à jour porte {MOST} fichiers au plus\u00a0: enlevez-en un d’abord.")
    if file.size > MOST_BYTES:
        raise Refused("Ce fichier dépasse 15\u00a0Mo\u00a0: réduisez-le, puis ajoutez-le de nouveau.")
    made = clean(file.name or "", file.read())
    if row.attachments.filter(sha256=made.sha256).exists():
        raise Refused("Ce fichier est déjà joint à cette mise à jour.")
    return Attachment.objects.create(
        update=row,
        kind=Attachment.Kind.PHOTO if made.is_photo else Attachment.Kind.DOCUMENT,
        name=name_of(file.name or "", made.extension),
        media_type=made.media_type,
        sha256=keep(made.body),
        size=len(made.body),
        thumb=keep(made.thumb) if made.is_photo else "",
        width=made.width,
        height=made.height,
        words=words[:300],
        credit=credit.strip()[:120],
        by=user,
    )


@transaction.atomic
def detach(row: Update, user, pk: int) -> None:
    """The file itself goes with the nightly forgetting, once nothing shows it."""
    row = locked(row)
    if not row.may_be_changed_by(user):
        raise NotNow("Un fichier s’enlève d’un brouillon, par son auteur.")
    row.attachments.filter(pk=pk).delete()


def name_of(sent: str, extension: str) -> str:
    """The sender's own name for it without path or odd signs, and the ending of what it now is."""
    stem = PurePosixPath(sent.replace("\\", "/")).stem
    plain = "".join(sign if sign.isalnum() or sign in " -_." else "-" for sign in stem).strip(" .-")
    return (plain[:100] or "fichier") + extension

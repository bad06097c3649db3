"""Which of the accepted files this is, by its first bytes and its name together, and who cleans it."""

from collections.abc import Callable
from pathlib import PurePosixPath

import puremagic

from . import office, pdf, photos
from .cleaned import Cleaned, Refused

MOST_BYTES = 15_000_000
HEAD = 4096
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Ending of the name -> what the content must be, and what makes it anew.
ACCEPTED: dict[str, tuple[str, Callable[[bytes], Cleaned]]] = {
    ".jpg": ("image/jpeg", photos.clean),
    ".jpeg": ("image/jpeg", photos.clean),
    ".png": ("image/png", photos.clean),
    ".webp": ("image/webp", photos.clean),
    ".pdf": ("application/pdf", pdf.clean),
    ".docx": (DOCX, office.clean_docx),
    ".xlsx": (XLSX, office.clean_xlsx),
}
# What a telephone is told to offer: types of pictures, so that it proposes its camera and converts its own.
OFFERED = ",".join(
    dict.fromkeys(kind if kind.startswith("image") else end for end, (kind, _) in ACCEPTED.items())
)
WORDS = "photo JPEG, PNG ou WebP\u00a0; document PDF, DOCX ou XLSX\u00a0; 15\u00a0Mo au plus"


def clean(name: str, body: bytes) -> Cleaned:
    """Raises Refused, in French: not an accepted file, not what its name says, too big, or dangerous."""
    if len(body) > MOST_BYTES:
        raise Refused("Ce fichier dépasse 15\u00a0Mo\u00a0: réduisez-le, puis ajoutez-le de nouveau.")
    if not body:
        raise Refused("Ce fichier est vide.")
    ending = PurePosixPath(name.lower()).suffix
    if ending not in ACCEPTED:
        raise Refused(f"Ce type de fichier n’est pas accepté. Acceptés\u00a0: {WORDS}.")
    expected, cleaner = ACCEPTED[ending]
    if expected not in types_of(body):
        raise Refused(
            f"Le contenu de ce fichier n’est pas celui d’un {ending}\u00a0: il a été renommé ou abîmé. "
            "Enregistrez-le de nouveau depuis le logiciel qui l’a fait."
        )
    return cleaner(body)


def types_of(body: bytes) -> set[str]:
    """What its first bytes may be; a packed office file looks like any of its family."""
    try:
        return {found.mime_type for found in puremagic.magic_string(body[:HEAD])}
    except puremagic.PureError:
        return set()

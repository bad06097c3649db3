"""PDF documents: refused when locked or when they do something, else written anew without their notes."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf

from .cleaned import Cleaned, Refused
from .photos import without_notes

MOST_OBJECTS = 200_000
# What makes a document act, call or carry: the name of a key or of an action, and what it is in French.
ACTING = {
    "/JavaScript": "un programme",
    "/JS": "un programme",
    "/Launch": "un lancement de programme",
    "/EmbeddedFiles": "des fichiers cachés",
    "/EmbeddedFile": "des fichiers cachés",
    "/EF": "des fichiers cachés",
    "/RichMedia": "un contenu animé",
    "/XFA": "un formulaire qui agit",
    "/SubmitForm": "un envoi de formulaire",
    "/ImportData": "une lecture d’autres fichiers",
    "/GoToE": "un renvoi vers un fichier caché",
    "/GoToR": "un renvoi vers un autre fichier",
}
NOTES = ("/Metadata", "/PieceInfo", "/Thumb", "/LastModified")
DEEPEST = 60


def clean(body: bytes) -> Cleaned:
    if not body.startswith(b"%PDF-"):
        raise Refused("Ce fichier n’est pas un PDF\u00a0: il a été renommé ou abîmé.")
    try:
        with pikepdf.open(BytesIO(body)) as document:
            return Cleaned(_rewritten(document), "application/pdf", ".pdf")
    except Refused:
        raise
    except pikepdf.PasswordError as error:
        raise Refused("Ce PDF est protégé par un mot de passe\u00a0: enlevez-le, puis ajoutez-le.") from error
    except Exception as error:  # whatever a broken document makes its reader raise
        raise Refused("Ce PDF ne se lit pas\u00a0: il est abîmé. Exportez-le de nouveau.") from error


def _rewritten(document: pikepdf.Pdf) -> bytes:
    if document.is_encrypted:
        raise Refused("Ce PDF est protégé\u00a0: enregistrez-le sans protection, puis ajoutez-le.")
    if len(document.objects) > MOST_OBJECTS:
        raise Refused("Ce PDF est trop complexe\u00a0: imprimez-le en PDF, puis ajoutez-le.")
    for one in document.objects:
        for name in _names(one):
            if name in ACTING:
                raise Refused(
                    f"Ce PDF contient {ACTING[name]}\u00a0: imprimez-le en PDF, puis ajoutez cette copie."
                )
        _without_notes(one)
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
    out = BytesIO()
    document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _names(one: pikepdf.Object, depth: int = 0) -> Iterator[str]:
    """Every key, and every name given as a value, of one object; others are met in their own turn."""
    if depth > DEEPEST:
        raise Refused("Ce PDF est trop complexe\u00a0: imprimez-le en PDF, puis ajoutez-le.")
    if isinstance(one, pikepdf.Name):
        yield str(one)
    elif isinstance(one, pikepdf.Array):
        for inner in one:
            if not getattr(inner, "is_indirect", False):
                yield from _names(inner, depth + 1)
    elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        for key, inner in one.items():
            yield key
            if not getattr(inner, "is_indirect", False):
                yield from _names(inner, depth + 1)


def _without_notes(one: pikepdf.Object) -> None:
    if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        return
    for note in NOTES:
        if note in one:
            del one[note]
    if isinstance(one, pikepdf.Stream) and one.get("/Filter") == pikepdf.Name.DCTDecode:
        raw = one.read_raw_bytes()
        if (bare := without_notes(raw)) != raw:
            one.write(bare, filter=pikepdf.Name.DCTDecode, decode_parms=one.get("/DecodeParms"))

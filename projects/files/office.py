"""Office documents (DOCX, XLSX): no macro, no hidden file, no bomb; packed anew without who made them."""

import zipfile
from io import BytesIO

from defusedxml import ElementTree

from .cleaned import Cleaned, Refused
from .photos import without_notes

MOST_PARTS, MOST_UNPACKED, MOST_TIMES = 2000, 120_000_000, 200
EPOCH = (1980, 1, 1, 0, 0, 0)
MAIN = "application/vnd.openxmlformats-officedocument."
BOMB = "Ce fichier se déplie au-delà de toute mesure\u00a0: il n’est pas accepté."
BROKEN = "Ce document ne se lit pas\u00a0: il est abîmé. Enregistrez-le de nouveau."
HIDDEN = (
    ("vbaproject", "une macro"),
    ("/activex/", "un programme"),
    ("/embeddings/", "un fichier inséré"),
    ("/externallinks/", "un lien vers un autre classeur"),
    ("/customui", "un programme"),
)
_ROOT = '<?xml version="1.0" encoding="UTF-8"?><{0} xmlns{1}="http://schemas.openxmlformats.org/{2}"/>'
_OF_FILE = "officeDocument/2006"
BARE = {  # properties that name people and programs, as empty ones
    "docProps/core.xml": ("cp:coreProperties", ":cp", "package/2006/metadata/core-properties"),
    "docProps/app.xml": ("Properties", "", f"{_OF_FILE}/extended-properties"),
    "docProps/custom.xml": ("Properties", "", f"{_OF_FILE}/custom-properties"),
}


def clean_docx(body: bytes) -> Cleaned:
    kind = f"{MAIN}wordprocessingml.document"
    return Cleaned(_packed(body, f"{kind}.main+xml"), kind, ".docx")


def clean_xlsx(body: bytes) -> Cleaned:
    kind = f"{MAIN}spreadsheetml.sheet"
    return Cleaned(_packed(body, f"{kind}.main+xml"), kind, ".xlsx")


def _packed(body: bytes, main: str) -> bytes:
    try:
        with zipfile.ZipFile(BytesIO(body)) as pack:
            parts = _parts(pack, len(body))
    except Refused:
        raise
    except Exception as error:  # whatever a broken archive makes its reader raise
        raise Refused(BROKEN) from error
    _check(parts, main)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in parts.items():
            content = _ROOT.format(*BARE[name]).encode() if name in BARE else without_notes(content)
            pack.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _parts(pack: zipfile.ZipFile, packed: int) -> dict[str, bytes]:
    """All parts, read no further than the limit whatever their headers say."""
    listed = [one for one in pack.infolist() if not one.is_dir()]
    names = [one.filename for one in listed]
    if len(listed) > MOST_PARTS or len({name.lower() for name in names}) != len(names):
        raise Refused(BROKEN)
    room, found = min(MOST_UNPACKED, max(packed * MOST_TIMES, 1_000_000)), {}
    for one in listed:
        if one.filename.startswith(("/", "\\")) or ".." in one.filename.split("/") or one.flag_bits & 1:
            raise Refused(BROKEN)
        with pack.open(one) as part:
            content = part.read(room + 1)
        room -= len(content)
        if room < 0:
            raise Refused(BOMB)
        found[one.filename] = content
    return found


def _check(parts: dict[str, bytes], main: str) -> None:
    for name in parts:
        for part, words in HIDDEN:
            if part in f"/{name.lower()}":
                raise Refused(f"Ce document contient {words}\u00a0: enregistrez-en une copie sans cela.")
    try:
        declared = ElementTree.fromstring(parts["[Content_Types].xml"])
        types = {one.get("ContentType", "") for one in declared}
        links = [
            link
            for name, content in parts.items()
            if name.endswith(".rels")
            for link in ElementTree.fromstring(content)
        ]
    except Exception as error:  # a missing part, or XML that its reader refuses
        raise Refused(BROKEN) from error
    if main not in types or any("macroenabled" in one.lower() for one in types):
        raise Refused("Ce document n’est pas de la sorte que dit son nom, ou contient une macro.")
    for link in links:
        if link.get("TargetMode") == "External" and not link.get("Type", "").endswith("/hyperlink"):
            raise Refused(
                "Ce document va chercher un fichier ailleurs\u00a0: enregistrez-en une copie autonome."
            )

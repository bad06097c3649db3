"""Photos, decoded and encoded anew: neither place, date nor camera stays, nor anything behind the picture."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps

from .cleaned import Cleaned, Refused

LONGEST, THUMB = 2000, 640  # pixels of the longer side
MOST_PIXELS = 64_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
UNREADABLE = "Cette photo ne se lit pas\u00a0: elle est abîmée. Prenez-la ou enregistrez-la de nouveau."


def clean(body: bytes) -> Cleaned:
    """Upright, at most 2000 px, without metadata; JPEG, or PNG when parts are transparent."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(body), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise Refused("Cette photo a plus de 64 millions de points\u00a0: réduisez-la d’abord.")
                opened.draft("RGB", (LONGEST, LONGEST))
                picture = ImageOps.exif_transpose(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("Cette photo a trop de points\u00a0: réduisez-la d’abord.") from error
    except Refused:
        raise
    except Exception as error:  # whatever a broken picture makes a decoder raise
        raise Refused(UNREADABLE) from error
    clear = "A" in picture.getbands() or "transparency" in picture.info
    picture = picture.convert("RGBA" if clear else "RGB")
    picture.thumbnail((LONGEST, LONGEST))
    small = picture.copy()
    small.thumbnail((THUMB, THUMB))
    kind = ("PNG", "image/png", ".png") if clear else ("JPEG", "image/jpeg", ".jpg")
    return Cleaned(
        body=_written(picture, kind[0]),
        media_type=kind[1],
        extension=kind[2],
        thumb=_written(small, kind[0]),
        width=picture.width,
        height=picture.height,
    )


def _written(picture: Image.Image, kind: str) -> bytes:
    """On a fresh canvas: what a decoder had noted beside the points does not come along."""
    fresh = Image.new(picture.mode, picture.size)
    fresh.paste(picture)
    out = BytesIO()
    fresh.save(out, kind, **({"quality": 84, "optimize": True} if kind == "JPEG" else {"optimize": True}))
    return out.getvalue()


def without_notes(body: bytes) -> bytes:
    """A JPEG inside a document, its points untouched, without the segments that cameras write (EXIF, XMP)."""
    if not body.startswith(b"\xff\xd8"):
        return body
    kept, at = [b"\xff\xd8"], 2
    while at + 4 <= len(body) and body[at] == 0xFF and body[at + 1] not in (0xDA, 0xD9):
        end = at + 2 + int.from_bytes(body[at + 2 : at + 4], "big")
        if body[at + 1] not in (0xE1, 0xED, 0xFE):
            kept.append(body[at:end])
        at = end
    return b"".join([*kept, body[at:]])

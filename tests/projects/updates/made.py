"""Small files of every accepted kind, and what hostile ones hide in them."""

import zipfile
from io import BytesIO

import pikepdf
from openpyxl import Workbook
from PIL import Image

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EMPTY_RELS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


def photo(size=(3000, 1500), kind="JPEG", gps=True, turned=False, colour="teal") -> bytes:
    picture, notes = Image.new("RGB", size, colour), Image.Exif()
    notes[0x010F] = "Appareil de Jeanne"
    if turned:
        notes[0x0112] = 6
    if gps:
        notes.get_ifd(0x8825).update({1: "N", 2: (50.0, 31.0, 52.0), 3: "E", 4: (2.0, 38.0, 27.0)})
    out = BytesIO()
    picture.save(out, kind, exif=notes)
    return out.getvalue()


def pdf(**root) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    document.docinfo["/Author"] = "Jeanne Dupont"
    with document.open_metadata() as notes:
        notes["dc:creator"] = ["Jeanne Dupont"]
    for key, value in root.items():
        document.Root[f"/{key}"] = document.make_indirect(value)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def locked_pdf() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    out = BytesIO()
    document.save(out, encryption=pikepdf.Encryption(owner="a", user="a"))
    return out.getvalue()


def xlsx() -> bytes:
    book = Workbook()
    book.active["A1"] = "emplois"
    book.properties.creator = "Jeanne Dupont"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def docx(main: str = WORD, **more: bytes) -> bytes:
    """The least that is a document; `more` adds parts, a double underscore standing for a slash."""
    parts = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Override PartName="/word/document.xml" ContentType="' + main.encode() + b'"/></Types>',
        "_rels/.rels": EMPTY_RELS,
        "word/document.xml": b"<document/>",
        "docProps/core.xml": b"<coreProperties><creator>Jeanne Dupont</creator></coreProperties>",
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in parts.items():
            pack.writestr(name, content)
        for name, content in more.items():
            stem, _, ending = name.rpartition("_")
            pack.writestr(f"{stem.replace('__', '/')}.{ending}", content)
    return out.getvalue()

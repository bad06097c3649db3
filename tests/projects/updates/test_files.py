"""A file is what its content is, loses what it hides, and is refused in French when it could act."""

import zipfile
from io import BytesIO

import pikepdf
import pytest
from openpyxl import load_workbook
from PIL import Image

from projects.files import photos
from projects.files.cleaned import Refused
from projects.files.recognising import clean
from tests.projects.updates import made

TEMPLATE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    b'Id="r" Type="x/attachedTemplate" Target="https://ailleurs.example/t" TargetMode="External"/>'
    b"</Relationships>"
)
ACT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
LAUNCH = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
CARRIED = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary())
INNER = pikepdf.Dictionary(Deep=pikepdf.Array([pikepdf.Dictionary(S=pikepdf.Name.SubmitForm)]))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_loses_its_place_and_its_camera_and_becomes_light(kind):
    sent = made.photo(kind=kind)
    assert Image.open(BytesIO(sent)).getexif().get_ifd(0x8825), "the sample itself must hold a place"
    cleaned = clean(f"chantier.{kind.lower()}", sent)
    kept = Image.open(BytesIO(cleaned.body))
    assert not dict(kept.getexif())
    assert b"Jeanne" not in cleaned.body + cleaned.thumb
    assert (cleaned.width, cleaned.height) == kept.size == (2000, 1000)
    assert max(Image.open(BytesIO(cleaned.thumb)).size) == photos.THUMB


def test_a_photo_taken_upright_stays_upright():
    assert clean("a.jpg", made.photo((400, 200), turned=True)).height == 400


def test_a_transparent_picture_keeps_its_holes():
    out = BytesIO()
    Image.new("RGBA", (40, 40), (255, 0, 0, 0)).save(out, "PNG")
    assert clean("logo.png", out.getvalue()).media_type == "image/png"


def test_what_is_hidden_behind_the_picture_does_not_come_along():
    polyglot = made.photo() + made.docx() + b"<script>alert(1)</script>"
    cleaned = clean("a.jpg", polyglot)
    assert b"<script>" not in cleaned.body
    assert not zipfile.is_zipfile(BytesIO(cleaned.body))


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("photo.jpg", b"MZ\x90\x00" + b"\0" * 200, "renommé"),
        ("photo.jpg", b"\x7fELF" + b"\0" * 200, "renommé"),
        ("photo.png", b"<html><script>alert(1)</script></html>", "renommé"),
        ("photo.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "renommé"),
        ("note.pdf", b"MZ\x90\x00%PDF-1.7", "renommé"),
        ("note.pdf", made.photo(), "renommé"),
        ("note.docx", made.pdf(), "renommé"),
        ("note.exe", b"MZ", "pas accepté"),
        ("note", b"abc", "pas accepté"),
        ("dessin.svg", b"<svg/>", "pas accepté"),
        ("classeur.xlsm", made.xlsx(), "pas accepté"),
        ("a.jpg", b"", "vide"),
        ("a.jpg", made.photo()[:300], "abîmée"),
        ("a.pdf", b"%PDF-1.7\nrien", "abîmé"),
        ("a.docx", made.docx()[:200], "abîmé"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + b"0" * 15_000_001, "15"),
        ("a.pdf", made.locked_pdf(), "mot de passe"),
        ("a.pdf", made.pdf(OpenAction=ACT), "un programme"),
        ("a.pdf", made.pdf(OpenAction=LAUNCH), "lancement"),
        ("a.pdf", made.pdf(Names=CARRIED), "fichiers cachés"),
        ("a.pdf", made.pdf(Odd=INNER), "envoi de formulaire"),
        ("a.docx", made.docx(word__vbaProject_bin=b"x"), "macro"),
        ("a.docx", made.docx(main="application/vnd.ms-word.document.macroEnabled.main+xml"), "macro"),
        ("a.docx", made.docx(word__embeddings__a_bin=b"x"), "inséré"),
        ("a.docx", made.docx(word___rels__settings_rels=TEMPLATE), "ailleurs"),
        ("a.xlsx", made.docx(), "sorte"),
    ],
)
def test_a_file_that_lies_or_acts_is_refused_in_words(name, body, words):
    with pytest.raises(Refused, match=words):
        clean(name, body)


def test_a_bomb_is_refused_before_it_is_unfolded():
    bomb = made.docx(word__media__a_bin=b"\0" * 40_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(Refused, match="mesure"):
        clean("a.docx", bomb)


def test_a_picture_of_too_many_points_is_refused_before_it_is_decoded():
    out = BytesIO()
    Image.new("1", (8001, 8000)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    with pytest.raises(Refused, match="64 millions de points"):
        clean("a.png", out.getvalue())


def test_documents_stay_readable_and_lose_their_authors():
    book = clean("suivi.xlsx", made.xlsx())
    assert load_workbook(BytesIO(book.body)).active["A1"].value == "emplois"
    document = clean("note.pdf", made.pdf())
    assert len(pikepdf.open(BytesIO(document.body)).pages) == 1
    words = zipfile.ZipFile(BytesIO(clean("note.docx", made.docx()).body))
    assert b"Jeanne" not in words.read("docProps/core.xml")
    inside = b"".join(
        zipfile.ZipFile(BytesIO(book.body)).read(n) for n in ("docProps/core.xml", "docProps/app.xml")
    )
    with pikepdf.open(BytesIO(document.body)) as opened:
        assert "/Info" not in opened.trailer and "/Metadata" not in opened.Root
    assert b"Jeanne" not in inside


def test_the_same_file_cleaned_twice_has_one_sum():
    for name, body in (("a.pdf", made.pdf()), ("a.xlsx", made.xlsx()), ("a.jpg", made.photo())):
        assert clean(name, body).sha256 == clean(name, body).sha256


def test_a_photo_inside_a_document_loses_its_place_too():
    held = made.docx(word__media__p_jpeg=made.photo((60, 60)))
    kept = zipfile.ZipFile(BytesIO(clean("a.docx", held).body)).read("word/media/p.jpeg")
    assert b"Jeanne" not in kept
    assert Image.open(BytesIO(kept)).size == (60, 60)

"""One style sheet travels for all pages: the imported ones in their order, with addresses that lead on."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings

from agglo.portal.stylesheet import BUNDLES, COMMENT, written_out

SHEETS = {
    "css/all.css": '/* of all */\n@import url("first.css");\n@import url("parts/second.css");\n.c { top: 0 }',
    "css/first.css": '.a { src: url("../fonts/a.woff2") }',
    "css/parts/second.css": ".b { src: url(../../img/b.svg); mask: url('data:image/png;base64,AA') }",
}


def test_imported_sheets_take_the_place_of_their_import() -> None:
    text = written_out("css/all.css", SHEETS.__getitem__)
    assert "@import" not in text and "of all" not in text
    assert text.index(".a {") < text.index(".b {") < text.index(".c {")
    assert text.count('url("../fonts/a.woff2")') == 1
    assert 'url("../img/b.svg")' in text
    assert "url('data:image/png;base64,AA')" in text


@pytest.fixture
def published(tmp_path) -> Path:
    """What `collectstatic` publishes, run twice: the second must not start from the first's result."""
    storages = settings.STORAGES | {"staticfiles": {"BACKEND": "agglo.portal.stylesheet.OneStyleSheet"}}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages):
        for _ in range(2):
            call_command("collectstatic", interactive=False, verbosity=0)
        names = {name: staticfiles_storage.stored_name(name) for name in BUNDLES}
    for stored in names.values():
        assert (tmp_path / stored).is_file()
        assert (tmp_path / f"{stored}.br").is_file()
    return tmp_path


def test_what_is_published_imports_nothing_and_its_fonts_are_there(published) -> None:
    for name in BUNDLES:
        stem = Path(name).stem
        (fingerprinted,) = published.glob(f"css/{stem}.????????????.css")
        text = fingerprinted.read_text()
        assert "@import" not in text
        sources = re.findall(r'@import url\("([^"]+)"\)', (Path("static") / name).read_text())
        assert len(sources) > 5
        for source in sources:
            sheet = COMMENT.sub("", (Path("static/css") / source).read_text())
            assert re.search(r"^ *[.:\w][^{;]*\{", sheet, re.MULTILINE)[0] in text, source
        addresses = re.findall(r'url\("([^"]+)"\)', text)
        assert len(addresses) == 2
        assert all((fingerprinted.parent / address).is_file() for address in addresses)

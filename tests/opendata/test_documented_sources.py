"""The page about data sources says what the declarations say."""

from io import StringIO

from django.conf import settings
from django.core.management import call_command

from agglo.opendata.declaration import declared
from agglo.opendata.describing import proof


def test_the_page_is_what_the_declarations_say():
    out = StringIO()
    call_command("document_sources", stdout=out)
    page = (settings.BASE_DIR / "docs" / "data-sources.md").read_text(encoding="utf-8")
    assert page == out.getvalue(), "bin/manage document_sources > docs/data-sources.md"


def test_proofs_are_read_beside_the_declaration_they_are_about():
    known = declared()
    assert proof(known["insee-melodi-populations-reference"])[0] == "recorded"
    assert proof(known["insee-flores-a5"])[0] == "reported"
    assert proof(known["insee-chomage-ze"])[0] == "recorded"

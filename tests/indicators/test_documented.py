"""The page about what feeds the indicators says what the catalogue and the declarations say."""

from io import StringIO

from django.conf import settings
from django.core.management import call_command

from agglo.indicators.describing import feeding


def test_the_page_is_what_the_declarations_say():
    out = StringIO()
    call_command("document_indicators", stdout=out)
    page = (settings.BASE_DIR / "docs" / "indicators.md").read_text(encoding="utf-8")
    assert page == out.getvalue(), "bin/manage document_indicators > docs/indicators.md"


def test_at_least_45_indicators_are_fed_by_official_datasets_or_from_the_ledger():
    fed = feeding()
    assert len(fed) == 68
    told = [code for code, ways in fed.items() if ways["official"] or ways["computed"] or ways["counted"]]
    assert len(told) >= 45
    assert "insee-chomage-ze" in fed["EMP-01"]["official"]
    assert any(ways["attested"] for ways in fed.values())

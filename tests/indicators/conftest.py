"""The catalogue, the places it speaks of, and answers read from files."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from agglo.figures.facts.loading import load_facts
from agglo.figures.recording import ensure_subject
from agglo.indicators.loading import load_indicators
from agglo.opendata.answer import Answer
from tests.kept import kept

OWN = Path(__file__).parent.parent / "samples" / "insee"


@pytest.fixture
def catalogue(db):
    return kept("indicators", load_indicators)


@pytest.fixture
def facts(catalogue):
    kept("facts", load_facts)


@pytest.fixture
def places(catalogue):
    ensure_subject("EPCI", "200072460", "Béthune-Bruay, Artois-Lys Romane", "communauté d’agglomération")
    ensure_subject("ZE2020", "3205", "Béthune", "zone d’emploi")
    for code, name in (("62119", "Béthune"), ("62178", "Bruay-la-Buissière")):
        ensure_subject("COM", code, name, "commune", f"/communes/{code}/")


@pytest.fixture
def territory(catalogue):
    """The hundred communes, as a fresh start leaves them, with what is followed."""
    kept("territory", lambda: call_command("load_territory", stdout=StringIO()))


@pytest.fixture
def own():
    """Bytes of an answer written by hand."""
    return lambda name: (OWN / name).read_bytes()


@pytest.fixture
def read(tmp_path):
    """An answer made of bytes, as the door hands it over."""

    def made(content: bytes) -> Answer:
        path = tmp_path / "answer"
        path.write_bytes(content)
        return Answer(url="https://service.example/", path=path)

    return made

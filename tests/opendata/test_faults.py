"""Every official format × every fault of the network: the run fails in French, yesterday's figures stand.

Sound answers are in `tests/replay/formats.py`, faults in `tests/replay/server.py`. Declarations are the
real ones; only the export of Opendatasoft as CSV, which no connector asks for, is a toy.
"""

import io
import zipfile
from dataclasses import replace

import pytest

from agglo.opendata.options import Options
from agglo.opendata.refresh import refresh
from tests.opendata.playing import held, loaded, run, spoil
from tests.replay.formats import FORMATS
from tests.replay.server import spoiled

pytestmark = pytest.mark.django_db
# fault -> words of the sentence; a format may notice it in its own words (see OWN_WORDS).
FAULTS = {
    "429": "ralentir",
    "busy": "en panne (erreur 503)",
    "500": "erreur 500",
    "502": "en panne (erreur 502)",
    "404": "ne connaît pas cette adresse",
    "timeout": "n’a pas répondu à temps",
    "drip": "répond trop lentement",
    "drop": "coupée ou refusée",
    "cut": "coupée ou refusée",
    "html": "page web",
    "empty": "réponse vide",
    "truncated": "",
    "truncated-gzip": "compressée est coupée",
    "charset": "",
    "moved-away": "renvoie vers autre-site.example",
    "moved-private": "réseau privé",
    "bomb": "dépasse la taille permise",
}
# Melodi answers so to a dataset it does not know: its connector says it.
OWN_WORDS = {
    ("insee-flores-a5", "500"): "ne connaît pas ce jeu",
    ("insee-side-creations", "500"): "ne connaît pas ce jeu",
    # Its connector tries the communes one by one, which the pause asked for forbids.
    ("geo-contours", "busy"): "a demandé d’attendre",
}


@pytest.fixture(params=FORMATS)
def format(request, replay, db, settings):
    """A format whose sound answer was loaded yesterday."""
    with loaded(FORMATS[request.param], replay, settings) as found:
        yield found


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_leaves_yesterdays_figures_and_says_why(format, replay, settings, impatient, fault):
    impatient(fault)
    yesterday = held()
    spoil(format, replay, lambda sound: spoiled(fault, sound))
    done = run(format, replay, force=True)
    assert done.status == "failed", f"{done.status} {done.error}"
    assert OWN_WORDS.get((format.code, fault), FAULTS[fault]) in done.error, f"{done.error} {done.detail}"
    assert done.error.endswith("Les chiffres déjà chargés restent en place.")
    assert "imprévue" not in done.error, done.detail
    assert held() == yesterday
    assert not list(settings.OPENDATA_ARCHIVE.glob("receiving-*"))


def marked(body: bytes) -> bytes:
    """The text with a byte order mark; each text of a zip."""
    if not body.startswith(b"PK"):
        return b"\xef\xbb\xbf" + body.removeprefix(b"\xef\xbb\xbf")
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(name, marked(old.read(name)))
    return packed.getvalue()


def test_a_byte_order_mark_changes_nothing(format, replay):
    yesterday = held()
    spoil(format, replay, lambda sound: replace(sound, body=marked(sound.body)))
    done = run(format, replay, force=True)
    assert (done.status, done.error) == ("unchanged", "")
    assert held() == yesterday


def test_what_was_received_gives_the_same_figures_offline(format, replay):
    """The run is read again from the archive, the network gone, into the ledger and against it."""
    from agglo.opendata.models import Run

    first = Run.objects.filter(code=format.code).latest("id")
    yesterday = held()
    replay.stop()
    again = refresh(format.code, Options(replay=first.pk))
    assert (again.status, again.added, again.revised, again.withdrawn) == ("unchanged", 0, 0, 0), again.error
    assert (again.read, again.unchanged, again.edition) == (first.read, first.added, first.edition)
    assert held() == yesterday

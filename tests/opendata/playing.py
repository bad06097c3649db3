"""Plays a format on the replaying server: loaded yesterday, spoiled today, and what the ledger then holds."""

from contextlib import contextmanager
from dataclasses import replace
from io import StringIO

from django.core.management import call_command

from agglo.figures.models import Observation
from agglo.figures.recording import define_measure, ensure_subject
from agglo.figures.vocabulary import Kind
from agglo.opendata.declaration import Declaration, LongTable, Measured, find, register
from agglo.opendata.options import Options
from agglo.opendata.refresh import refresh
from agglo.territory.models import Territory
from tests.opendata.registry import restored
from tests.opendata.toy import PRODUCER

ODS_CSV = Declaration(
    code="toy-ods-csv",
    title="Jouets, export CSV d’Opendatasoft",
    source=PRODUCER,
    base_url="https://ods.jouets.example",
    path="/exports/csv",
    expect="csv",
    table=LongTable(
        geo="code_commune", level=None, scheme="COM", period="annee", value="jouets", status=None
    ),
    measures=(Measured("toys", minimum=0),),
    complete=True,
)
PLACES = [("DEP", "62"), ("DEP", "59"), ("REG", "32"), ("FRANCE", "F"), ("ZE2020", "3205"), ("NUTS2", "FRE1")]
OURS = [("EPCI", "200072460"), ("COM", "62119"), ("COM", "62178")]


@contextmanager
def loaded(found, replay, settings):
    """The format, its sound answer loaded yesterday; its declaration is the real one, with small limits."""
    for name, value in found.settings.items():
        setattr(settings, name, value)
    with restored() as registry:
        register(ODS_CSV)
        # Small answers are enough here; and a bomb is small.
        known = registry[found.code]
        few = replace(known.plausible, min_rows=1)
        registry[found.code] = replace(known, max_bytes=5_000_000, plausible=few)
        load_yesterday(found, replay, settings)
        yield found


def load_yesterday(found, replay, settings):
    for scheme, code in PLACES if found.territory else [*PLACES, *OURS]:
        ensure_subject(scheme, code, code, "territoire")
    if found.territory:
        call_command("load_territory", stdout=StringIO())
    for measured in find(found.code).measures:
        define_measure(measured.measure, name=measured.measure, counted_unit="unités", kind=Kind.STOCK)
    for path, scene in found.scenes(replay.url).items():
        replay.play(path, scene)
    settings.OPENDATA_RETRIES = 0
    done = run(found, replay)
    assert done.status == "succeeded", f"{done.error} {done.detail}"
    assert done.added


def run(format, replay, **more):
    return refresh(format.code, Options(base_url=replay.url, **more))


def held():
    """What the ledger says is known, whoever asks."""
    rows = Observation.objects.known_on().values_list("series_id", "period_start", "value", "state")
    drawn = Territory.objects.exclude(contour=None).values_list("subject__code", "contour")
    return sorted([*rows, *drawn], key=repr)


def spoil(format, replay, change, path=""):
    """The answer of the spoiled path (or another), changed. Gives the list of whether each one was."""
    path = path or format.spoiled
    sound = format.scenes(replay.url)[path]
    asked = sound if callable(sound) else lambda target: sound
    touched = []

    def answer(target):
        before = asked(target)
        after = change(before)
        touched.append(after != before)
        return after

    replay.play(path, answer)
    return touched

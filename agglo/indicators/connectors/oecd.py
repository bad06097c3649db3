"""OECD's small regions (TL3): the gross domestic product of Pas-de-Calais beside that of Eurostat.

Asked as CSV with labels, whose columns go in pairs, code then label; SDMX-JSON reads too, so that a file
downloaded by hand is taken either way. The service allows sixty downloads an hour: one a week is asked.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from django.conf import settings

from agglo.figures.vocabulary import Rhythm
from agglo.indicators import nuts, sdmx_json, tabular
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Measured, Producer, Row, register
from agglo.opendata.door import Door
from agglo.opendata.errors import FinalError, WrongAnswer

# As the column STRUCTURE_ID writes it; a version in brackets may follow: agency:flow(2.4).
FLOW = settings.OPENDATA_DATASETS.get("ocde-pib-tl3", "OECD.CFE.EDS:DSD_REG_ECO@DF_GDP")
READ = {"REF_AREA", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS"}


def observations(answer: Answer, needed: set[str], flow: str = FLOW) -> Iterator[tuple[int, dict[str, str]]]:
    """Line and cells by code of each observation, from the CSV or from SDMX-JSON."""
    with answer.open() as stream:
        in_json = stream.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"
    if in_json:
        for line, (said, value) in enumerate(sdmx_json.observations(answer), start=1):
            missing = sorted(needed - {"OBS_VALUE", "OBS_STATUS"} - said.keys())
            if missing:
                raise WrongAnswer(
                    f"La réponse n’a plus la dimension {' ni '.join(missing)}. La déclaration est à revoir.",
                    str(said)[:300],
                )
            yield line, said | {"OBS_VALUE": value or "", "OBS_STATUS": said.get("OBS_STATUS", "A")}
        return
    expected = flow.partition("(")[0]
    with answer.open() as stream:
        for line, cells in tabular.lines(stream, needed | {"STRUCTURE_ID"}, delimiter=","):
            if cells["STRUCTURE_ID"].partition("(")[0] != expected:
                raise WrongAnswer(
                    f"La réponse est d’un autre jeu ({cells['STRUCTURE_ID']}) que celui demandé ({expected})."
                )
            yield line, cells


def reader(*measured: Measured, flow: str = FLOW) -> Callable[[Answer], Iterator[Row]]:
    """A `parse` for these measures; places we do not name are left aside."""
    needed = READ.union(*(one.columns for one in measured))

    def parse(answer: Answer) -> Iterator[Row]:
        for line, said in observations(answer, needed, flow):
            place = nuts.PLACES.get(said["REF_AREA"])
            for one in measured if place else ():
                if (key := one.match(said)) is not None:
                    value = None if said["OBS_VALUE"] in ("", "NaN") else said["OBS_VALUE"]
                    status = said["OBS_STATUS"][:1] or "A"
                    yield Row(line, *place, one.measure, key, said["TIME_PERIOD"], value, status)

    return parse


def asked(flow: str) -> str:
    """agency:flow(version) as an address writes it: agency,flow,version; the latest when none is said."""
    name, _, version = flow.rstrip(")").partition("(")
    return f"{name.replace(':', ',', 1)},{version}"


def fetch(door: Door, declaration: Declaration) -> Iterable[Answer]:
    yield door.get(declaration.path, declaration.params)


def explain(status: int, body: str) -> FinalError | None:
    """OECD answers 404 NoRecordsFound when nothing matches, which a renamed code brings about."""
    if status == 404 and "NoRecordsFound" in body:
        return FinalError(
            "L’OCDE ne trouve aucun chiffre pour cette demande\u00a0: un code ou le jeu a changé.", body[:200]
        )
    return None


# REPORTED: the flow, its dimensions and the slice (PRICES=V, UNIT_MEASURE=XDC in millions, CURRENCY=EUR),
# by people who matched 96 départements with it; the layout of the columns is that of a test of another
# regional flow.
_GDP = Measured(
    "pib-ocde",
    {
        "MEASURE": "GDP",
        "ACTIVITY": "_T",
        "PRICES": "V",
        "UNIT_MEASURE": "XDC",
        "UNIT_MULT": "6",
        "CURRENCY": "EUR",
    },
    {},
    0,
    100_000_000,
)
GDP = register(
    Declaration(
        code="ocde-pib-tl3",
        title="Produit intérieur brut, petites régions de l’OCDE",
        source=Producer("ocde", "OCDE", "https://www.oecd.org/"),
        base_url="https://sdmx.oecd.org/public/rest",
        path=f"data/{asked(FLOW)}/A.TL3.FRE12+FRE11..GDP._T.V.XDC",
        params={"format": "csvfilewithlabels", "dimensionAtObservation": "AllDimensions"},
        page="https://data-explorer.oecd.org/",
        licence="CC BY 4.0",
        rhythm=Rhythm.YEARLY,
        publication_delay=800,
        check_every=timedelta(days=7),
        measures=(_GDP,),
        schemes=nuts.SCHEMES,
        parse=reader(_GDP),
        fetch=fetch,
        explain=explain,
        unknown_subject="skip",
    )
)

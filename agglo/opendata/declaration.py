"""What a dataset is, declared once: where it comes from, how it reads, what it may say, when it is due.

A connector is a module of a `connectors` package in any installed app. It calls `register(Declaration(...))`.
There are three ways to land an answer; a declaration chooses one:

1. `parse=function` – a pure function: Answer -> iterable of Row. For JSON pages, xlsx, small files.
2. `table=LongTable(...)` – a long CSV (plain, gzip, or zip) described column by column: never read by Python,
   streamed into PostgreSQL and mapped there. For files of a million rows.
3. `land=function` – (answers) -> Landed, inside the load's transaction, for what is not a figure
   (contours, names); a dry run rolls it back.

    register(Declaration(
        code="insee-side-creations", title="Créations d’entreprises",
        source=Producer("insee", "Insee", "https://www.insee.fr"),
        base_url="https://api.insee.fr/melodi", path="/file/DS_SIDE_CREA_ENT_COM/…", expect="zip",
        rhythm=Rhythm.YEARLY, publication_delay=105, complete=True, unknown_subject="skip",
        table=LongTable(member="*_data.csv"),
        measures=(Measured("creations", where={"SIDE_MEASURE": "BURE"}, minimum=0),),
    ))
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from agglo.figures.vocabulary import Rhythm, State
from agglo.opendata.counts import Counts

if TYPE_CHECKING:
    from agglo.opendata.answer import Answer
    from agglo.opendata.door import Door
    from agglo.opendata.errors import RefreshError
    from agglo.opendata.formulas import Formula, Total
    from agglo.opendata.tallies import Tally

CHECK_EVERY = {
    Rhythm.DAILY: timedelta(hours=12),
    Rhythm.WEEKLY: timedelta(days=1),
    Rhythm.MONTHLY: timedelta(days=1),
    Rhythm.QUARTERLY: timedelta(days=1),
    Rhythm.YEARLY: timedelta(days=7),
    Rhythm.IRREGULAR: timedelta(days=7),
    Rhythm.ONCE: None,
}


class Producer(NamedTuple):
    """Who publishes: becomes one `figures.Source`."""

    code: str
    name: str
    url: str = ""


class Row(NamedTuple):
    """One figure as a connector reads it. Everything is text: reading numbers and dates is the loader's work.

    `line` is where it stands in the answer (line of a file, rank of an observation, from 1), shown when
    refused. `scheme`, `code` name the subject (`COM`, `62119`). `measure` is the code of one of the
    declared measures. `breakdown` is a canonical key (`ACTIVITY=BE`), empty for the whole; `Measured.match`
    builds it. `period` is SDMX (`2023`, `2021-T4`, `2021-Q4`, `2024-12`). `value` None or "" when the
    source gives none; the state then comes from `obs_status` (see Declaration.empty_states) unless `state`
    says it.
    """

    line: int
    scheme: str
    code: str
    measure: str
    breakdown: str
    period: str
    value: str | None
    obs_status: str = "A"
    state: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Which publication an answer is: a name that sorts (`2025-T4`, `2026-03-31`), and its day when known."""

    code: str
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """How rows become one measure: which rows (`where`), and which columns break it down.

    `where`: column -> value, or tuple of values. `breakdown`: column -> the value that means "the whole",
    which is left out of the key (None when there is none). `minimum`/`maximum`: a value outside is refused,
    row by row.
    """

    measure: str
    where: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    breakdown: Mapping[str, str | None] = field(default_factory=dict)
    minimum: float | None = None
    maximum: float | None = None

    def match(self, dimensions: Mapping[str, str]) -> str | None:
        """The breakdown key of these dimension values; None when the row is not of this measure."""
        for column, wanted in self.where.items():
            if dimensions.get(column) not in ((wanted,) if isinstance(wanted, str) else wanted):
                return None
        parts = []
        for column, whole in sorted(self.breakdown.items()):
            value = dimensions.get(column)
            if value is None:
                return None
            if value != whole:
                parts.append(f"{column}={value}")
        return ";".join(parts)

    @property
    def columns(self) -> set[str]:
        return {*self.where, *self.breakdown}


@dataclass(frozen=True, slots=True, kw_only=True)
class LongTable:
    """Columns of a long CSV, by name: their order is free, columns not named are ignored.

    `level` names the column of the territorial level, translated by Declaration.schemes; None when the file
    has one level only, then give `scheme`. `member` is the file inside a zip. `decimal` is the decimal
    mark.
    """

    member: str = "*_data.csv"
    delimiter: str | None = None  # read from the header when None
    geo: str = "GEO"
    level: str | None = "GEO_OBJECT"
    scheme: str | None = None
    period: str = "TIME_PERIOD"
    value: str = "OBS_VALUE"
    status: str | None = "OBS_STATUS"  # optional in the file
    decimal: str = "."
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plausibility:
    """What the whole answer must respect; beyond, the run is held as implausible and nothing is written.

    Shares are of the figures already held (revised, withdrawn) or of the rows read (refused). A first load
    has nothing to compare with.
    """

    min_rows: int = 1
    max_revised: float = 1.0
    max_withdrawn: float = 0.2
    max_refused: float = 0.05


@dataclass(slots=True)
class Landed(Counts):
    """What a `land` function did. `refused` holds (line, content, reason)."""

    read: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)


def fetch_once(door: "Door", declaration: "Declaration") -> Iterable["Answer"]:
    """The usual request: one GET of `path` with `params`.

    `door.get(path_or_url, params=None, *, conditional=False, expect=None) -> Answer` retries, follows
    redirects to allowed hosts only, archives, and raises RetryableError or FinalError. A `next` on another
    host is refused by it. `conditional` sends back the ETag or date of the last good answer; the run then
    ends as unchanged on a 304.
    """
    yield door.get(declaration.path, declaration.params, conditional=True)


def unexplained(status: int, body: str) -> "RefreshError | None":
    """The usual reading of an HTTP error is good enough."""
    return None


def edition_by_date(answers: list["Answer"]) -> Edition:
    """The day the source last changed the answer (Last-Modified), else the day we received it."""
    changed = [a.last_modified.date() for a in answers if a.last_modified]
    if changed:
        return Edition(code=max(changed).isoformat(), published_on=max(changed))
    return Edition(code=max(a.received_at for a in answers).date().isoformat())


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One dataset, declared.

    `base_url` may be moved by `settings.OPENDATA_BASE_URLS` (keyed by code or host) or `--base-url`.
    `fetch(door, declaration)` yields Answers; override it to page (see Door.get). `expect` is what an
    answer must look like (`json`, `csv`, `zip`, `xlsx`, `xml`, or "" for anything), checked on its first
    bytes. `complete`: the answer holds everything the dataset says, so that what is absent from it was
    withdrawn. `unknown_subject`: "refuse" when the request asked for our territories only, "skip" when the
    file holds more. `edition(answers)` names the publication; an older one after a newer one is refused.
    `explain(status, start of the body)` may turn an HTTP error into a better one (an unknown dataset that a
    service reports as a 500): a FinalError stops the retries, None keeps the usual reading. `empty_states`:
    OBS_STATUS -> State of a row without value; any other is MISSING.

    `modified(door)` is a cheap probe, asked first: a text that differs when the source changed (see
    `agglo.opendata.probes`: `entry("catalog/DS_X", ("modified",))`, `ods("dataset")`, `file("path")`). Equal
    to what the last good run was told, and read the same way: the run ends unchanged after that one
    conditional request. None, or a refusal of the catalogue: the dataset is fetched as usual.

    Columns are checked strictly: a `table` by the loader; a `parse` calls
    `agglo.opendata.columns.check_columns(answer, found, required)` once per answer with the keys it found.
    What is missing refuses the answer by name, what is new is a warning of the run.
    """

    code: str
    title: str
    source: Producer
    base_url: str
    path: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    page: str = ""
    licence: str = ""
    rhythm: Rhythm = Rhythm.IRREGULAR
    publication_delay: int | None = None  # days after the end of the period
    check_every: timedelta | None = None  # None: by rhythm
    scheduled: bool = True
    measures: tuple[Measured, ...] = ()
    schemes: Mapping[str, str] = field(default_factory=dict)
    parse: "Callable[[Answer], Iterable[Row]] | None" = None
    table: LongTable | None = None
    land: "Callable[[list[Answer]], Landed] | None" = None
    fetch: "Callable[[Door, Declaration], Iterable[Answer]]" = fetch_once
    edition: "Callable[[list[Answer]], Edition]" = edition_by_date
    explain: "Callable[[int, str], RefreshError | None]" = unexplained
    modified: "Callable[[Door], str | None] | None" = None
    expect: str = ""
    complete: bool = False
    unknown_subject: Literal["refuse", "skip"] = "refuse"
    plausible: Plausibility = Plausibility()
    empty_states: Mapping[str, int] = field(
        default_factory=lambda: {
            "C": State.CONFIDENTIAL,
            "K": State.CONFIDENTIAL,
            "L": State.NOT_APPLICABLE,
            "N": State.NOT_APPLICABLE,
        }
    )
    hosts: tuple[str, ...] = ()  # allowed beside the host of base_url
    max_bytes: int = 600 * 1024 * 1024  # once decompressed
    rank: int = 0
    public: bool = True  # its series; those of a closed dataset are read by whoever signs in
    formula: "Formula | Total | None" = None  # of a computed dataset, see `formulas`
    tally: "Tally | None" = None  # of a dataset counted from records, see `tallies`
    # Its rows as the source says them, see `kept_records`.
    records: "Callable[[Answer], Iterable[Mapping[str, object]]] | None" = None
    # Raise it when the same bytes must be read again: the mapping or the parser changed.
    version: int = 1

    def __post_init__(self) -> None:
        ways = [way for way in (self.parse, self.table, self.land) if way is not None]
        if len(ways) != 1:
            raise ValueError(f"{self.code}\u00a0: choisir un seul de parse, table ou land")
        if self.land is None and not self.measures:
            raise ValueError(f"{self.code}\u00a0: aucune mesure déclarée")
        if self.table and self.table.level is None and self.table.scheme is None:
            raise ValueError(f"{self.code}\u00a0: donner la colonne du niveau géographique, ou le niveau")

    @property
    def due_every(self) -> timedelta | None:
        """How often to ask; None when once is enough."""
        return self.check_every or CHECK_EVERY[self.rhythm]


_REGISTRY: dict[str, Declaration] = {}


def register(declaration: Declaration) -> Declaration:
    """Make a dataset known. Declaring one code twice is a mistake."""
    if _REGISTRY.setdefault(declaration.code, declaration) != declaration:
        raise ValueError(f"Le jeu «\u202f{declaration.code}\u202f» est déjà déclaré.")
    return declaration


def unregister(code: str) -> Declaration:
    """Forget a dataset; what it brought stays in the ledger. Raises KeyError."""
    find(code)
    return _REGISTRY.pop(code)


def declared() -> dict[str, Declaration]:
    """All known datasets by code, in the order of codes."""
    return dict(sorted(_REGISTRY.items()))


def is_declared(code: str) -> bool:
    """Whether a connector brings this dataset; what none brings is told by articles, word for word."""
    return code in _REGISTRY


def find(code: str) -> Declaration:
    """The declaration of a code. Raises KeyError, in French."""
    if is_declared(code):
        return _REGISTRY[code]
    raise KeyError(f"Aucun jeu de données déclaré sous le code «\u202f{code}\u202f».")

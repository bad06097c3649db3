"""Rates of a plan: what is counted, over which base, according to whom; the reader chooses all three."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from agglo.charts import french
from agglo.figures.figure import Figure
from agglo.figures.wording import date_words

from .sheet import Column

KINDS = {
    "solution": ("Solutions", "avec une solution"),
    "durable": ("Solutions durables", "avec une solution durable"),
    "adhesion": ("Adhésion", "ont accepté d’être accompagnées"),
    "inconnu": ("Sans solution connue", "sans solution connue"),
}
# What a member may say in public, and what it leaves open.
SENTENCES = {
    "solution": "{n} personnes ont trouvé une solution\u00a0: c’est {rate} des {base}. {when} "
    "Une solution n’est pas toujours un emploi.",
    "durable": "{n} personnes ont un contrat durable ou une entreprise créée\u00a0: c’est {rate} des {base}. "
    "{when} Les retraites et les formations n’y sont pas.",
    "adhesion": "{n} salariés ont accepté d’être accompagnés\u00a0: c’est {rate} des {base}. {when} "
    "Les autres ne sont plus suivis, et leur situation est inconnue.",
    "inconnu": "on ne connaît pas de solution à {n} des {base}\u00a0: c’est {rate}. {when} "
    "Inconnu ne veut pas dire «\u202fsans solution\u202f».",
}


@dataclass(frozen=True, slots=True)
class Base:
    """People that a source counts; `number` is its place in the address."""

    words: str
    figure: Figure

    @property
    def number(self) -> str:
        return str(int(self.figure.value))


@dataclass(frozen=True, slots=True)
class Count:
    """What is put over a base, and the figures it comes from."""

    value: int
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    kind: str
    count: Count
    base: Base
    source: str

    @property
    def title(self) -> str:
        return KINDS[self.kind][0]

    @property
    def words(self) -> str:
        return KINDS[self.kind][1]

    @property
    def value(self) -> Decimal:
        return Decimal(100 * self.count.value) / self.base.figure.value

    @property
    def text(self) -> str:
        return french.percent(self.value, 1)

    @property
    def sentence(self) -> str:
        told = SENTENCES[self.kind].format(
            n=french.number(self.count.value),
            rate=self.text,
            base=f"{french.number(self.base.figure.value)} {self.base.words}",
            when=f"Situation\u00a0: {date_words(self.count.figures[0])}.",
        )
        return f"Selon {self.source}, {told}"


@dataclass(frozen=True, slots=True)
class Account:
    """Who tells, when; the counts told, the bases they may be put over, the account’s own one first."""

    key: str
    title: str
    source: str
    counts: dict[str, Count]
    bases: list[Base] = field(default_factory=list)

    @property
    def day(self) -> date:
        return self.counts["solution"].figures[0].end or date.min

    def over(self, kind: str) -> list[Base]:
        """Those who accepted are a base of the others, not of themselves."""
        if kind not in self.counts:
            return []
        value = self.counts[kind].value
        return [base for base in self.bases if kind != "adhesion" or base.figure.value > value]

    def rate(self, kind: str, number: str) -> Rate | None:
        found = next((base for base in self.over(kind) if base.number == number), None)
        return Rate(kind, self._count(kind, found), found, self.source) if found else None

    def _count(self, kind: str, base: Base) -> Count:
        """Those without a known solution are what the base leaves: they change with it."""
        count = self.counts[kind]
        if kind != "inconnu":
            return count
        solved = self.counts["solution"]
        return Count(int(base.figure.value) - solved.value, (*solved.figures, base.figure))

    def rates(self, kind: str) -> list[Rate]:
        return [rate for base in self.over(kind) if (rate := self.rate(kind, base.number))]


def account_of(column: Column, bases: Iterable[Base]) -> Account | None:
    """A follow-up of the sheet; None when it is masked too much to be divided."""
    told, own = column.follow_up, column.base
    if own is None or not own.has_value or not own.value or column.solved is None:
        return None
    solved = Count(column.solved, (column.figure_of("pse-avec-solution") or own,))
    counts = {"solution": solved, "inconnu": solved}
    if column.durable is not None:
        counts["durable"] = Count(column.durable, (column.figure_of("pse-solutions-durables") or own,))
    if told.perimeter.code == "accompanied":
        counts["adhesion"] = Count(int(own.value), (own,))
    first = Base(told.perimeter.words, own)
    others = [base for base in bases if base.number != first.number and base.figure.value >= solved.value]
    when = f"{told.end.year} (date déduite)" if told.inferred else french.date_long(told.end)
    return Account(f"suivi-{told.pk}", f"{when}, {told.source}", told.source, counts, [first, *others])


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks for, and links to the other choices."""

    accounts: list[Account]
    account: Account
    kind: str
    rate: Rate
    unknown_base: str
    day: str

    @property
    def rates(self) -> list[Rate]:
        return self.account.rates(self.kind)

    @property
    def side_by_side(self) -> list[tuple[str, Rate]]:
        """The same rate according to each account, over the base that is its own."""
        each = ((one.title, one.rates(self.kind)) for one in self.accounts)
        return [(title, rates[0]) for title, rates in each if rates]

    def _link(self, **changed: str) -> str:
        said = {"point": self.account.key, "taux": self.kind, "base": self.rate.base.number} | changed
        default = {"point": self.accounts[0].key, "taux": "solution", "base": ""}
        kept = {name: value for name, value in said.items() if value != default[name]}
        return "?" + urlencode(kept | ({"connu_le": self.day} if self.day else {})) + "#taux"

    @property
    def points(self) -> list[tuple[str, str, bool]]:
        return [(self._link(point=a.key, base=""), a.title, a is self.account) for a in self.accounts]

    @property
    def kinds(self) -> list[tuple[str, str, bool]]:
        held = [kind for kind in KINDS if self.account.over(kind)]
        return [(self._link(taux=kind), KINDS[kind][0], kind == self.kind) for kind in held]

    @property
    def bases(self) -> list[tuple[str, str, bool]]:
        return [(self._link(base=r.base.number), r.base.number, r.base is self.rate.base) for r in self.rates]


def choose(accounts: list[Account], asked: Mapping[str, str], known_on: date | None) -> Chosen | None:
    """Newest account first. What is asked and does not exist falls back to what does."""
    if not accounts:
        return None
    accounts = sorted(accounts, key=lambda one: one.day, reverse=True)
    account = next((one for one in accounts if one.key == asked.get("point")), accounts[0])
    kind = asked.get("taux", "")
    kind = kind if account.over(kind) else "solution"
    number = asked.get("base", "")
    rate = account.rate(kind, number)
    unknown = number[:20] if number and rate is None else ""
    rates = account.rates(kind)
    if rate is None and rates:
        rate = rates[0]
    day = known_on.isoformat() if known_on else ""
    return Chosen(accounts, account, kind, rate, unknown, day) if rate else None

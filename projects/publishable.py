"""What becomes public on the word of two people: how each kind of record is called, found and read."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b

from django.db.models import QuerySet
from django.utils.text import Truncator

from agglo.figures.vocabulary import Review
from projects.models import Commitment, FundingLine, Project, Publication, Site
from projects.models.publication import PublicationQuerySet, Target, about
from projects.parts import PARTS


class CannotPublish(ValueError):
    """Says in French why not; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`code` stands in addresses, `by` is the field that its address holds; `sheet` is the page of staff and
    `page` the public one, of a record.
    """

    code: str
    noun: str
    model: type[Target]
    by: str
    sheet: Callable[[Target], str]
    page: Callable[[Target], str]

    def form(self, record: Target) -> str:
        """Where staff change it; a promise has no other page of its own."""
        return self.sheet(record) + ("" if self.code == "engagements" else "modifier/")

    def records(self, user) -> QuerySet:
        return self.model.objects.visible_to(user).for_list()

    def request_page(self, record: Target, part: int | None = None) -> str:
        """`part`: of the request for something that hangs under it."""
        return f"/equipe/publication/{self.code}/{getattr(record, self.by)}/{f'{part}/' if part else ''}"


KINDS = {
    one.code: one
    for one in (
        Kind(
            "projets", "fiche", Project, "slug",
            lambda one: f"/equipe/projets/{one.slug}/", Project.get_absolute_url,
        ),
        Kind(
            "sites", "fiche", Site, "slug",
            lambda one: f"/equipe/sites/{one.slug}/", Site.get_absolute_url,
        ),
        Kind(
            "aides", "aide", FundingLine, "pk",
            FundingLine.get_absolute_url, lambda one: f"/aides/#aide-{one.pk}",
        ),
        Kind(
            "engagements", "promesse", Commitment, "slug",
            lambda one: f"/equipe/engagements/{one.slug}/", lambda one: f"/engagements/#{one.slug}",
        ),
    )
}  # fmt: skip


def kind_of(record: Target) -> Kind:
    return next(one for one in KINDS.values() if one.model is type(record))


_ON_THE_WAY = {
    Review.SUBMITTED: ("publication demandée", "Voir la demande"),
    Review.SENT_BACK: ("renvoyée avec une remarque", "Lire la remarque"),
}
_CHANGING = {
    Review.SUBMITTED: ("une modification attend", "Voir la modification"),
    Review.SENT_BACK: ("modification renvoyée avec une remarque", "Lire la remarque"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a record is public, and what became of the last request: what its page of staff says of it."""

    target: Target
    kind: Kind
    last: Publication | None
    parts: list[Publication] = field(default_factory=list)  # what waits that hangs under it

    @property
    def _said(self) -> tuple[str, str]:
        """In words, and what its request page is opened for."""
        adjective = "public" if self.kind.code in ("projets", "sites") else "publique"
        review = self.last.review if self.last else None
        if self.last and self.last.changes and review in _CHANGING:
            words, following = _CHANGING[review]
            return f"{adjective if self.target.published else 'pas encore ' + adjective}, {words}", following
        if self.target.published:
            return adjective, "Publication"
        return _ON_THE_WAY.get(review, (f"pas encore {adjective}", "Demander la publication"))

    @property
    def words(self) -> str:
        return self._said[0]

    @property
    def next(self) -> str:
        return self._said[1]

    @property
    def badge(self) -> str:
        review = self.last.review if self.last else None
        if review == Review.SENT_BACK and (self.last.changes or not self.target.published):
            return "badge--late"
        return "badge--ok" if self.target.published and review != Review.SUBMITTED else "badge--wait"

    @property
    def page(self) -> str:
        return self.kind.page(self.target)

    @property
    def request_page(self) -> str:
        return self.kind.request_page(self.target)


def last_of(target: Target) -> Publication | None:
    """The request that waits, else the last one, whatever became of it."""
    rows = list(Publication.objects.of(target).filter(part="").with_target())
    return next((row for row in rows if row.review == Review.SUBMITTED), rows[0] if rows else None)


def title_of(row: Publication) -> str:
    """What a request for something under a record asks, in words."""
    part = PARTS[row.part]
    title = part.title(part.thing(row.target, row.part_pk))
    words = row.changes.get(part.named, ["", ""])[1]
    return f"{title}\u00a0: {Truncator(words).chars(80)}" if words else title


def page_of(row: Publication) -> str:
    return KINDS[row.kind].request_page(row.target, row.pk if row.part else None)


def form_page_of(row: Publication) -> str:
    """Where a request for something under a record is gone on with."""
    sheet = KINDS[row.kind].sheet(row.target)
    return f"{sheet}{PARTS[row.part].path.format(pk=row.part_pk)}?reprise={row.pk}"


def parts_of(target: Target) -> list[Publication]:
    """What is proposed under this record and not yet decided, or came back; oldest first."""
    return _told(Publication.objects.of(target).of_parts())


def _told(rows: PublicationQuerySet) -> list[Publication]:
    found = list(rows.with_target().order_by("pk"))
    for row in found:
        row.title, row.page = title_of(row), page_of(row)
    return found


def standing_of(target: Target) -> Standing:
    return Standing(target, kind_of(target), last_of(target), parts_of(target))


def standings_of(model: type[Target], targets: list[Target]) -> dict[int, Standing]:
    """By primary key, for a list of one kind; two queries."""
    key = next(iter(about(model())))
    every = Publication.objects.filter(**{f"{key}__in": targets}).order_by("pk")
    parts: dict[int, list[Publication]] = defaultdict(list)
    for row in _told(every.of_parts()):
        parts[getattr(row, f"{key}_id")].append(row)
    last: dict[int, Publication] = {}
    for row in every.filter(part=""):
        before = last.get(getattr(row, f"{key}_id"))
        if before is None or before.review != Review.SUBMITTED:
            last[getattr(row, f"{key}_id")] = row
    kind = next(one for one in KINDS.values() if one.model is model)
    return {one.pk: Standing(one, kind, last.get(one.pk), parts[one.pk]) for one in targets}


def locked(target: Target) -> Target:
    """The record as it is now, until the end of the transaction."""
    return type(target).objects.select_for_update(of=("self",)).get(pk=target.pk)


# What the public reads of a record in rows of their own: a change among them is read before it is published.
_BESIDE = {
    Project: (
        "passages",
        "partners",
        "milestones",
        "milestones__dates",
        "budget",
        "risks",
        "decisions",
        "pools",
        "pools__claims",
    ),
    Site: (
        "stages",
        "occupancies",
        "ownerships",
        "surfaces",
        "lots",
        "lots__states",
        "pools",
        "pools__claims",
    ),
    FundingLine: ("movements", "beneficiaries", "counterparts", "counterparts__checks"),
    Commitment: ("verdicts",),
}


def stamp_of(target: Target, row: Publication | None = None) -> str:
    """Differs once what the public would read of this record, or what is asked of it, has changed."""
    said = target.updated_at.isoformat()
    if row is not None and row.changes:
        said = f"{said} {row.pk}-{row.asked_at.isoformat()}"
    beside = [list(_rows_beside(target, path)) for path in _BESIDE[type(target)]]
    return f"{said} {blake2b(repr(beside).encode(), digest_size=8).hexdigest()}"


def _rows_beside(target: Target, path: str) -> QuerySet:
    """All columns of the rows at the end of `path`, of one record."""
    first, _, further = path.partition("__")
    rows = getattr(target, first).order_by("pk")
    if not further:
        return rows.values_list()
    relation = rows.model._meta.get_field(further)
    return (
        relation.related_model.objects.filter(**{f"{relation.field.name}__in": rows})
        .order_by("pk")
        .values_list()
    )

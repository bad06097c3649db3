"""What is on its way to the public: a record, or a change to one; one person asks, another one decides."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agglo.figures.vocabulary import Review

from .commitment import Commitment
from .funding import FundingLine
from .project import Project
from .site import Site

# What becomes public, by the key that leads to it, and how its address calls it.
TARGETS = {"project": "projets", "site": "sites", "line": "aides", "commitment": "engagements"}
Target = Project | Site | FundingLine | Commitment
_KEYS = {Project: "project", Site: "site", FundingLine: "line", Commitment: "commitment"}


def _only(held: str) -> Q:
    return Q(**{f"{name}__isnull": name != held for name in TARGETS})


class PublicationQuerySet(models.QuerySet):
    def visible_to(self, user) -> "PublicationQuerySet":
        """The team sees every request; nobody else sees any."""
        holds = getattr(user, "holds", None)
        return self if holds is not None and holds("staff") else self.none()

    def of(self, target: Target) -> "PublicationQuerySet":
        return self.filter(**about(target))

    def of_parts(self) -> "PublicationQuerySet":
        """What hangs under records, as long as it waits for a decision or came back and was not taken up."""
        return self.exclude(part="").filter(review__in=(Review.SUBMITTED, Review.SENT_BACK))

    def with_target(self) -> "PublicationQuerySet":
        return self.select_related(*TARGETS, "asked_by", "reviewer")


class Publication(models.Model):
    """One request, and what became of it: submitted, then approved or sent back. A record that leaves the
    public has a row that was never asked, withdrawn from its start.

    With `changes`, by field of its form what a public record said and what it would say, it asks that these
    be made; one that was given up or taken over by a colleague is withdrawn, and keeps what was typed.
    With a `part` (projects.parts) it is about what hangs under the record: of these, several may wait.
    """

    project = models.ForeignKey(Project, models.CASCADE, null=True, blank=True, related_name="publications")
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="publications")
    line = models.ForeignKey(FundingLine, models.CASCADE, null=True, blank=True, related_name="publications")
    commitment = models.ForeignKey(
        Commitment, models.CASCADE, null=True, blank=True, related_name="publications"
    )
    review = models.SmallIntegerField("étape", choices=Review, default=Review.SUBMITTED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="demandée par"
    )
    asked_at = models.DateTimeField("demandée le", auto_now_add=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    note = models.TextField("remarque", blank=True)
    changes = models.JSONField("ce qui changerait", default=dict, blank=True)
    part = models.CharField("partie", max_length=16, blank=True, default="")
    part_pk = models.PositiveBigIntegerField("ce qui en change", null=True, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "demande de publication"
        verbose_name_plural = "demandes de publication"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="publication_is_of_one_thing", condition=reduce(or_, map(_only, TARGETS))
            ),
            models.CheckConstraint(
                name="publication_is_decided_by_somebody_else",
                condition=~Q(review=Review.APPROVED)
                | (Q(reviewer__isnull=False) & ~Q(reviewer=F("asked_by"))),
            ),
            models.CheckConstraint(
                name="publication_refused_says_why",
                condition=~Q(review__in=[int(Review.SENT_BACK), int(Review.WITHDRAWN)]) | ~Q(note=""),
            ),
            models.CheckConstraint(
                name="publication_of_a_part_says_what",
                condition=Q(part="", part_pk__isnull=True) | ~Q(part="") & ~Q(changes={}),
            ),
            models.UniqueConstraint(
                fields=list(TARGETS),
                condition=Q(review=Review.SUBMITTED, part=""),
                name="publication_asked_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return str(self.target)

    @property
    def key(self) -> str:
        """The one of its keys that leads somewhere."""
        return next(name for name in TARGETS if getattr(self, f"{name}_id") is not None)

    @property
    def target(self) -> Target:
        return getattr(self, self.key)

    @property
    def kind(self) -> str:
        """As its address says it."""
        return TARGETS[self.key]

    def may_be_decided_by(self, user) -> bool:
        return self.review == Review.SUBMITTED and self.asked_by_id != user.pk and user.holds("reviewer")


def about(target: Target) -> dict[str, Target]:
    """The key of a request about this record."""
    return {_KEYS[type(target)]: target}

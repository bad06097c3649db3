"""The ledger itself: figures written once, closed when we know better, never overwritten."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from agglo.figures.models.series import Series
from agglo.figures.models.source import Quotation, Release
from agglo.figures.vocabulary import Dating, Evidence, Origin, Qualifier, Reason, Review, State


class NumericField(models.DecimalField):
    """PostgreSQL's exact `numeric`, kept with the decimals it came with: 8.4 stays 8.4."""

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("max_digits", 24)
        kwargs.setdefault("decimal_places", 8)
        super().__init__(*args, **kwargs)

    def db_type(self, connection) -> str:
        return "numeric"


class ObservationQuerySet(models.QuerySet):
    def known_on(self, moment=None) -> "ObservationQuerySet":
        """What was held true at `moment` (aware datetime); without it, what is held true now."""
        if moment is None:
            return self.filter(known_to__isnull=True)
        return self.filter(known_from__lte=moment).filter(Q(known_to__isnull=True) | Q(known_to__gt=moment))

    def visible_to(self, user) -> "ObservationQuerySet":
        """The public sees approved figures of public series; those who sign in also see what waits."""
        if getattr(user, "is_authenticated", False):
            return self
        return self.filter(series__public=True, review=Review.APPROVED)


class Observation(models.Model):
    """One attested figure: its period (when it holds) and its knowledge interval (when we held it).

    `period_start`..`period_end` are inclusive days; both empty when the source gives no date.
    The database refuses every change but closing `known_to` and moving `review`: a column added here is
    named in the trigger of `observation_closing.sql` too.
    """

    # These four are checked once per statement (`more_references.sql`): row by row, a million rows cost as
    # much as writing them.
    series = models.ForeignKey(
        Series, models.PROTECT, related_name="observations", db_index=False, db_constraint=False
    )
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    value = NumericField(null=True, blank=True)
    value_high = NumericField(null=True, blank=True)
    known_from = models.DateTimeField(db_default=Now())
    known_to = models.DateTimeField(null=True, blank=True)
    release = models.ForeignKey(
        Release, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    quotation = models.ForeignKey(
        Quotation, models.PROTECT, null=True, blank=True, db_index=False, db_constraint=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    state = models.SmallIntegerField(choices=State, db_default=State.VALUE)
    evidence = models.SmallIntegerField(choices=Evidence, db_default=Evidence.OBSERVED)
    qualifier = models.SmallIntegerField(choices=Qualifier, db_default=Qualifier.EXACT)
    dating = models.SmallIntegerField(choices=Dating, db_default=Dating.STATED)
    origin = models.SmallIntegerField(choices=Origin, db_default=Origin.ATTESTED)
    review = models.SmallIntegerField(choices=Review, db_default=Review.APPROVED)
    reason = models.SmallIntegerField(choices=Reason, db_default=Reason.FIRST)
    obs_status = models.CharField("SDMX OBS_STATUS", max_length=1, db_default="A")
    reason_words = models.TextField(null=True, blank=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = "observation"
        constraints = [
            models.CheckConstraint(
                name="observation_value_goes_with_its_state",
                condition=Q(state=State.VALUE, value__isnull=False)
                | (~Q(state=State.VALUE) & Q(value__isnull=True, value_high__isnull=True)),
            ),
            models.CheckConstraint(
                name="observation_interval_has_two_ordered_ends",
                condition=Q(value_high__isnull=True) | Q(value_high__gte=F("value")),
            ),
            models.CheckConstraint(
                name="observation_between_has_two_ends",
                condition=~Q(qualifier=Qualifier.BETWEEN) | Q(value_high__isnull=False),
            ),
            models.CheckConstraint(
                name="observation_period_is_ordered",
                condition=Q(period_start__isnull=True, period_end__isnull=True, dating=Dating.UNKNOWN)
                | Q(period_start__lte=F("period_end")),
            ),
            models.CheckConstraint(
                name="observation_knowledge_is_ordered",
                condition=Q(known_to__isnull=True) | Q(known_to__gt=F("known_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.period_end or 's. d.'}"


class ReviewEvent(models.Model):
    """Who moved a figure from one review state to the next, when, and with which words."""

    observation = models.ForeignKey(Observation, models.PROTECT, related_name="review_events")
    review = models.SmallIntegerField(choices=Review)
    note = models.TextField("remarque", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "étape de validation"
        ordering = ["at"]


class Change(models.Model):
    """One transaction that changed what we know; written by the database itself."""

    txid = models.BigIntegerField(unique=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "changement"

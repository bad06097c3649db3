"""Promises made in public: who, when, how much, for when, and what became of them, with the evidence."""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from agglo.charts import french
from agglo.figures.text import search_key
from agglo.figures.vocabulary import Qualifier

from .organisation import Organisation
from .project import Project
from .site import Site
from .told import SearchedQuerySet, Told


class Status(models.TextChoices):
    """What became of a promise. Without a verdict nobody has said: it is not checked, not broken."""

    KEPT = "kept", "tenu"
    PARTLY = "partly", "tenu en partie"
    LATE = "late", "en retard"
    DROPPED = "dropped", "non tenu ou abandonné"
    REWORDED = "reworded", "reformulé"


class CommitmentQuerySet(SearchedQuerySet):
    def visible_to(self, user) -> "CommitmentQuerySet":
        """The public sees what is published; those who sign in see everything."""
        return self if getattr(user, "is_authenticated", False) else self.published()

    def published(self) -> "CommitmentQuerySet":
        return self.filter(published=True)

    def with_status(self) -> "CommitmentQuerySet":
        """Annotated with `status`, the last verdict; None as long as nobody gave one."""
        last = Verdict.objects.filter(commitment=OuterRef("pk")).order_by("-on", "-pk")
        return self.annotate(status=Subquery(last.values("status")[:1]))

    def for_list(self) -> "CommitmentQuerySet":
        return self.with_status().select_related("promiser", "project", "site").prefetch_related("verdicts")


class Commitment(Told):
    """One promise, in the words of its source. A target has a counted unit; a deadline may be unknown."""

    slug = models.SlugField("repère", max_length=80, unique=True)
    promise = models.CharField("promesse", max_length=300)
    promiser = models.ForeignKey(
        Organisation, models.PROTECT, related_name="promises", verbose_name="qui a promis"
    )
    made_on = models.DateField("promis le", help_text="Ou le premier jour d’une période moins précise.")
    made_until = models.DateField("au plus tard le")
    counted_unit = models.CharField("unité comptée", max_length=80, blank=True)
    target = models.DecimalField("cible", max_digits=14, decimal_places=2, null=True, blank=True)
    qualifier = models.SmallIntegerField("précision", choices=Qualifier, default=Qualifier.EXACT)
    due_on = models.DateField("échéance", null=True, blank=True)
    figure_key = models.CharField("repère du chiffre", max_length=40, blank=True)
    note = models.CharField("à ne pas en conclure", max_length=400, blank=True)
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="commitments", verbose_name="projet"
    )
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="commitments", verbose_name="site"
    )
    kept_since = models.DateField(
        "suivi par nos services depuis le",
        default=timezone.localdate,
        help_text="Nos services ne doivent rien avant la première échéance qui suit ce jour.",
    )
    published = models.BooleanField("publié", default=False)
    updated_at = models.DateTimeField("mis à jour le", auto_now=True)
    search_key = models.CharField(max_length=600, editable=False)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = "engagement"
        ordering = ["made_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="commitment_target_is_counted", condition=Q(target__isnull=True) | ~Q(counted_unit="")
            ),
            models.CheckConstraint(
                name="commitment_is_ordered", condition=Q(made_until__gte=models.F("made_on"))
            ),
            models.CheckConstraint(
                name="commitment_due_after_made",
                condition=Q(due_on__isnull=True) | Q(due_on__gte=models.F("made_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.promise

    def fill_search_key(self) -> None:
        self.search_key = search_key(f"{self.promise} {self.promiser}")[:600]

    def save(self, *args, **kwargs) -> None:
        self.fill_search_key()
        super().save(*args, **kwargs)

    @property
    def made(self) -> str:
        return french.period_label(self.made_on, self.made_until)

    @property
    def target_words(self) -> str:
        """« au plus 300 emplois », or that nothing was counted."""
        if self.target is None:
            return "non chiffré"
        said = french.quantity(self.target, self.counted_unit, None)
        if self.qualifier == Qualifier.EXACT:
            return said
        return f"{Qualifier(self.qualifier).label} {said}"

    def is_overdue(self, day) -> bool:
        """The deadline passed and nobody has said what became of it."""
        return self.due_on is not None and self.due_on < day and not self.verdicts.all()


class Verdict(Told):
    """What became of a promise, on a day, with its evidence. Verdicts are added, never rewritten."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="verdicts")
    on = models.DateField("constaté le")
    on_words = models.CharField(
        "quand, en mots", max_length=60, blank=True, help_text="Quand le jour n’est pas connu."
    )
    status = models.CharField("état", max_length=8, choices=Status)
    evidence = models.CharField("preuve", max_length=400)
    reached = models.DecimalField("valeur atteinte", max_digits=14, decimal_places=2, null=True, blank=True)
    said_by = models.CharField("qui le dit", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField("enregistré le", auto_now_add=True)

    class Meta:
        verbose_name = "verdict"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(name="verdict_status_is_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(name="verdict_has_evidence", condition=~Q(evidence="")),
            models.CheckConstraint(name="verdict_names_who_says_it", condition=~Q(said_by="")),
        ]

    @property
    def when(self) -> str:
        return self.on_words or french.date_long(self.on)

    @property
    def reached_words(self) -> str:
        """« 2 sur 3 emplois »; empty when nobody counted."""
        if self.reached is None:
            return ""
        promise = self.commitment
        if promise.target is None:
            return french.quantity(self.reached, promise.counted_unit, None)
        return f"{french.number(self.reached, None)} sur {promise.target_words}"

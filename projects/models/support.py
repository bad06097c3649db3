"""Companies that are helped: cases, the dated acts of each, and the schemes they belong to."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Max, Q, Value
from django.db.models.functions import Cast, Coalesce, NullIf

from agglo.figures.text import search_key
from agglo.territory.models import Territory

from .organisation import Organisation
from .project import Project
from .told import SearchedQuerySet, Told


class Scheme(models.Model):
    """What a case or a funding line is part of: « France Relance », « ambassadeurs numériques »."""

    slug = models.SlugField("repère", max_length=60, unique=True)
    name = models.CharField("dispositif", max_length=120)

    class Meta:
        verbose_name = "dispositif"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Helped:
    """Three counts of three units, side by side: they are never added, so there is no total."""

    cases: int
    acts: int
    companies: int


class SupportCaseQuerySet(SearchedQuerySet):
    def visible_to(self, user) -> "SupportCaseQuerySet":
        """Staff alone: a company that asks for help does not do it in public."""
        holds = getattr(user, "holds", None)
        return self if holds is not None and holds("staff") else self.none()

    def of_scheme(self, slug: str) -> "SupportCaseQuerySet":
        return self.filter(scheme__slug=slug)

    def awarded(self) -> "SupportCaseQuerySet":
        return self.filter(result=SupportCase.Result.AWARDED)

    def helped_between(self, start: date, end: date) -> "SupportCaseQuerySet":
        """Cases with at least one act between two days, both included."""
        held = SupportAct.objects.in_force().filter(on__range=(start, end))
        return self.filter(pk__in=held.values("case"))

    def counted(self) -> Helped:
        """Cases, acts and distinct companies (by SIREN, else by organisation); one query."""
        company = Coalesce(NullIf("company__siren", Value("")), Cast("company_id", models.CharField()))
        held = Q(acts__withdrawn_because="")
        found = self.order_by().aggregate(
            cases=Count("pk", distinct=True),
            acts=Count("acts", filter=held, distinct=True),
            companies=Count(company, distinct=True),
        )
        return Helped(**found)

    def for_list(self) -> "SupportCaseQuerySet":
        held = Q(acts__withdrawn_because="")
        return self.select_related("company", "scheme", "adviser", "commune__subject").annotate(
            act_count=Count("acts", filter=held), last_act=Max("acts__on", filter=held)
        )


class SupportCase(Told):
    """One company helped under one scheme. Two cases of a company are two cases and one company."""

    class Result(models.TextChoices):
        AWARDED = "awarded", "lauréat"
        REFUSED = "refused", "non retenu"
        DONE = "done", "accompagnement achevé"
        LEFT = "left", "arrêté par l’entreprise"

    company = models.ForeignKey(Organisation, models.PROTECT, related_name="cases", verbose_name="entreprise")
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="cases", verbose_name="dispositif")
    about = models.CharField("objet", max_length=300)
    opened_on = models.DateField("ouvert le")
    closed_on = models.DateField("clos le", null=True, blank=True)
    adviser = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="suivi par",
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="projet"
    )
    commune = models.ForeignKey(
        Territory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="commune du projet",
        help_text="Là où l’on investit, qui n’est pas toujours le siège.",
    )
    result = models.CharField("résultat", max_length=8, choices=Result, blank=True)
    result_on = models.DateField("résultat connu le", null=True, blank=True)
    investment = models.DecimalField(
        "investissement décidé, €", max_digits=14, decimal_places=2, null=True, blank=True
    )
    investment_decided_on = models.DateField("investissement décidé le", null=True, blank=True)
    search_key = models.CharField(max_length=600, editable=False)

    objects = SupportCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "dossier d’accompagnement"
        verbose_name_plural = "dossiers d’accompagnement"
        ordering = ["-opened_on", "-pk"]
        indexes = [models.Index(fields=["scheme", "-opened_on"], name="case_by_scheme")]
        constraints = [
            models.CheckConstraint(
                name="case_is_ordered", condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on"))
            ),
            models.CheckConstraint(
                name="case_result_is_dated",
                condition=Q(result="", result_on__isnull=True) | ~Q(result="") & Q(result_on__isnull=False),
            ),
            models.CheckConstraint(
                name="case_investment_is_dated",
                condition=Q(investment__isnull=True, investment_decided_on__isnull=True)
                | Q(investment__gt=0, investment_decided_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company} – {self.scheme}"

    def fill_search_key(self) -> None:
        self.search_key = search_key(f"{self.company} {self.company.siren} {self.about}")[:600]

    def save(self, *args, **kwargs) -> None:
        self.fill_search_key()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return f"/equipe/accompagnement/{self.pk}/"


class SupportActQuerySet(models.QuerySet):
    def in_force(self) -> "SupportActQuerySet":
        return self.filter(withdrawn_because="")


class SupportAct(models.Model):
    """One dated act of a case. An act noted by mistake is withdrawn with its reason, never erased."""

    class Kind(models.TextChoices):
        VISIT = "visit", "visite"
        CALL = "call", "appel, message"
        MEETING = "meeting", "rendez-vous"
        DIAGNOSIS = "diagnosis", "diagnostic"
        INTRODUCTION = "introduction", "mise en relation"
        APPLICATION = "application", "aide au montage d’un dossier"
        TRAINING = "training", "atelier, formation"

    case = models.ForeignKey(SupportCase, models.CASCADE, related_name="acts", verbose_name="dossier")
    kind = models.CharField("nature", max_length=12, choices=Kind)
    on = models.DateField("le")
    words = models.CharField("en une phrase", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField("enregistré le", auto_now_add=True)
    withdrawn_because = models.CharField("retiré parce que", max_length=300, blank=True)

    objects = SupportActQuerySet.as_manager()

    class Meta:
        verbose_name = "acte"
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["on"], name="act_by_day")]

    def __str__(self) -> str:
        return self.get_kind_display()

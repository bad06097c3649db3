"""A company that may settle here: what it seeks, who follows it, who may know of it. Closed by default."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from agglo.accounts.roles import Role
from agglo.charts import french
from agglo.figures.text import search_key
from agglo.figures.vocabulary import Origin

from .ground import Lot
from .job import JobPool
from .prospect_step import CLOSED, PIPELINE, NdaAccess, ProspectPassage, ProspectStage
from .site import Site
from .told import SearchedQuerySet, Told


class ProspectQuerySet(SearchedQuerySet):
    """A search reads the code name only, which is its key: it never tells what a case holds."""

    def announced(self) -> "ProspectQuerySet":
        """What anybody may read: of class public, once its embargo is over."""
        return self.filter(
            confidentiality=Prospect.Confidentiality.PUBLIC, announced_on__lte=timezone.localdate()
        )

    def known_to(self, user) -> "ProspectQuerySet":
        """Those whose code name this person may read; what an NDA covers stays shut, see `visible_to`."""
        if not getattr(user, "is_authenticated", False):
            return self.announced()
        kinds = Prospect.Confidentiality
        seen = Q(confidentiality__in=(kinds.PUBLIC, kinds.INTERNAL))
        named = Q(owner=user) | Q(
            pk__in=Prospect.readers.through.objects.filter(user=user).values("prospect")
        )
        if user.holds(Role.REVIEWER):
            seen |= Q(confidentiality=kinds.RESTRICTED)
        return self.filter(seen | named)

    def counted_for(self, user) -> "ProspectQuerySet":
        """Those that may stand in a count this person reads: what an NDA covers is in none, even opened."""
        return self.known_to(user).without_nda()

    def without_nda(self) -> "ProspectQuerySet":
        return self.exclude(confidentiality=Prospect.Confidentiality.NDA)

    def visible_to(self, user) -> "ProspectQuerySet":
        """Those that this person may read whole: an NDA case only by those it names, once they opened it."""
        known = self.known_to(user)
        if not getattr(user, "is_authenticated", False):
            return known
        opened = NdaAccess.objects.open_to(user).filter(prospect=OuterRef("pk"))
        return known.filter(~Q(confidentiality=Prospect.Confidentiality.NDA) | Exists(opened))

    def for_reader(self, user) -> "ProspectQuerySet":
        """After `with_stage`: `is_whole` when this person may read it whole, and `seen_stage` only then."""
        whole = Prospect.objects.visible_to(user).filter(pk=OuterRef("pk"))
        return self.annotate(is_whole=Exists(whole)).annotate(
            seen_stage=models.Case(models.When(is_whole=True, then=F("stage")))
        )

    def demo(self) -> "ProspectQuerySet":
        return self.filter(origin=Origin.DEMO)

    def with_stage(self, day=None) -> "ProspectQuerySet":
        """Annotated with `stage` and `stage_on`: the last passage on that day, then as it was recorded."""
        last = ProspectPassage.objects.filter(prospect=OuterRef("pk"), on__lte=day or timezone.localdate())
        last = last.order_by("-on", "-pk")
        return self.annotate(
            stage=Subquery(last.values("stage")[:1]), stage_on=Subquery(last.values("on")[:1])
        )

    def under_way(self) -> "ProspectQuerySet":
        """After `for_reader`: not ended as far as this person may know."""
        ended = Q(seen_stage__in=[int(stage) for stage in CLOSED])
        return self.filter(Q(seen_stage__isnull=True) | ~ended)

    def in_pipeline(self) -> "ProspectQuerySet":
        """After `with_stage`: on its way, neither paused nor ended."""
        return self.filter(stage__in=[int(stage) for stage in PIPELINE])

    def for_list(self) -> "ProspectQuerySet":
        return self.with_stage().select_related("site", "lot", "owner", "pool")


class Prospect(Told):
    """One case. `code_name` may be told; `name` is for those who may read the case."""

    class Confidentiality(models.TextChoices):
        PUBLIC = "public", "public"
        INTERNAL = "internal", "interne"
        RESTRICTED = "restricted", "restreint"
        NDA = "nda", "accord de confidentialité"

    class Channel(models.TextChoices):
        AGENCY = "agency", "Business France, Nord France Invest"
        OWN = "own", "prospection de l’agglomération"
        COMPANY = "company", "demande de l’entreprise"
        LOCAL = "local", "entreprise déjà installée ici"
        OTHER = "other", "autre"

    slug = models.SlugField("adresse de la page", max_length=64, unique=True)
    code_name = models.CharField(
        "nom de code",
        max_length=80,
        unique=True,
        help_text="Ne doit laisser deviner ni l’entreprise ni le projet.",
    )
    name = models.CharField("entreprise", max_length=200, blank=True, help_text="Confidentiel.")
    confidentiality = models.CharField(
        "confidentialité", max_length=10, choices=Confidentiality, default=Confidentiality.RESTRICTED
    )
    announced_on = models.DateField(
        "annoncé le", null=True, blank=True, help_text="Pour un dossier public\u00a0: rien n’en paraît avant."
    )
    channel = models.CharField("origine", max_length=8, choices=Channel, default=Channel.OWN)
    activity = models.CharField("activité", max_length=120, blank=True)
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="prospects", verbose_name="site visé"
    )
    lot = models.ForeignKey(
        Lot, models.PROTECT, null=True, blank=True, related_name="prospects", verbose_name="lot visé"
    )
    site_words = models.CharField("terrain ou local recherché", max_length=200, blank=True)
    pool = models.ForeignKey(
        JobPool,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="prospects",
        verbose_name="gisement d’emplois",
        help_text="Quand d’autres comptent ces mêmes emplois\u00a0: ils sont comptés une fois.",
    )
    jobs_low = models.PositiveIntegerField("emplois, au moins", null=True, blank=True)
    jobs_high = models.PositiveIntegerField("emplois, au plus", null=True, blank=True)
    jobs_about = models.BooleanField("ordre de grandeur", default=True)
    transferred = models.PositiveIntegerField(
        "dont déjà sur le territoire", default=0, help_text="Ces emplois changeraient seulement de lieu."
    )
    invest_low = models.DecimalField(
        "investissement, au moins, €", max_digits=14, decimal_places=0, null=True, blank=True
    )
    invest_high = models.DecimalField(
        "investissement, au plus, €", max_digits=14, decimal_places=0, null=True, blank=True
    )
    area_low = models.PositiveIntegerField("surface, au moins, m²", null=True, blank=True)
    area_high = models.PositiveIntegerField("surface, au plus, m²", null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="suivi par",
    )
    readers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name="personnes qui peuvent lire"
    )
    entered_on = models.DateField("entré le", default=timezone.localdate)
    last_contact_on = models.DateField("dernier contact le", default=timezone.localdate)
    search_key = models.CharField(max_length=300, editable=False)
    updated_at = models.DateTimeField("mis à jour le", auto_now=True)

    objects = ProspectQuerySet.as_manager()

    class Meta:
        verbose_name = "dossier d’implantation"
        verbose_name_plural = "dossiers d’implantation"
        ordering = ["search_key", "pk"]
        indexes = [models.Index(fields=["confidentiality"], name="prospect_by_class")]
        constraints = [
            models.CheckConstraint(
                name="prospect_public_is_announced",
                condition=~Q(confidentiality="public") | Q(announced_on__isnull=False),
                violation_error_message="Un dossier public porte la date de son annonce.",
            ),
            *(
                models.CheckConstraint(
                    name=f"prospect_{what}_in_order",
                    condition=Q(**{f"{what}_low__isnull": True})
                    | Q(**{f"{what}_high__isnull": True})
                    | Q(**{f"{what}_low__lte": F(f"{what}_high")}),
                    violation_error_message=f"{words}\u00a0: le plus petit nombre vient d’abord.",
                )
                for what, words in (("jobs", "Emplois"), ("invest", "Investissement"), ("area", "Surface"))
            ),
            models.CheckConstraint(
                name="prospect_contact_after_entry",
                condition=Q(last_contact_on__gte=F("entered_on")),
                violation_error_message="Le dernier contact ne peut pas précéder l’entrée du dossier.",
            ),
        ]

    def __str__(self) -> str:
        return self.code_name

    def save(self, *args, **kwargs) -> None:
        self.search_key = search_key(self.code_name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return f"/equipe/implantations/{self.slug}/"

    @property
    def is_nda(self) -> bool:
        return self.confidentiality == self.Confidentiality.NDA

    def names(self, user) -> bool:
        """Whether this person follows the case or is among its readers."""
        return self.owner_id == user.pk or self.readers.filter(pk=user.pk).exists()

    def may_be_opened_by(self, user) -> bool:
        return self.is_nda and self.names(user)

    @property
    def class_words(self) -> str:
        """« Dossier restreint », « Dossier sous accord de confidentialité »."""
        return (
            f"sous {self.get_confidentiality_display()}"
            if self.is_nda
            else self.get_confidentiality_display()
        )

    @property
    def stage_words(self) -> str:
        """After `with_stage`."""
        return ProspectStage(self.stage).short if self.stage else "pas encore d’étape"

    @property
    def jobs(self) -> str:
        return ranged(self.jobs_low, self.jobs_high, "emplois", about=self.jobs_about)

    @property
    def investment(self) -> str:
        return ranged(self.invest_low, self.invest_high, "€")

    @property
    def area(self) -> str:
        return ranged(self.area_low, self.area_high, "m²")


def ranged(low, high, unit: str, *, about: bool = False) -> str:
    """« environ 40 emplois », « entre 20 et 60 emplois », « au plus 300 emplois », « n.d. »."""
    if low is not None and low == high:
        return french.approx(low, unit) if about else french.quantity(low, unit, None)
    return french.interval(low, high, unit)

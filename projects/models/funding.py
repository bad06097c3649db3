"""Public money for a company or a project: one line per funder and purpose, and who benefits from it."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from projects.identifiers import check_siret

from .organisation import Organisation
from .project import Project
from .support import Scheme, SupportCase
from .told import Told, ToldQuerySet


class Regime(models.TextChoices):
    """Under which rule of the Union an aid stands; « non précisé » is not « no aid »."""

    DE_MINIMIS = "de_minimis", "de minimis, règlement (UE) 2023/2831"
    SGEI = "sgei", "de minimis SIEG, règlement (UE) 2023/2832"
    AGRICULTURE = "agriculture", "de minimis agricole, règlement (UE) 1408/2013"
    FISHERIES = "fisheries", "de minimis pêche, règlement (UE) 717/2014"
    EXEMPTED = "exempted", "exempté, règlement (UE) 651/2014 (RGEC)"
    NOTIFIED = "notified", "notifié et autorisé par la Commission"
    NO_AID = "no_aid", "pas une aide d’État"
    UNKNOWN = "unknown", "non précisé"


class FundingLineQuerySet(ToldQuerySet):
    def visible_to(self, user) -> "FundingLineQuerySet":
        """The public sees what was decided in public; staff and elected members see every line."""
        holds = getattr(user, "holds", None)
        return self if holds is not None and holds("staff", "elected") else self.published()

    def published(self) -> "FundingLineQuerySet":
        return self.filter(published=True)

    def granted(self) -> "FundingLineQuerySet":
        movements = self.model._meta.get_field("movements").related_model.objects
        return self.filter(Exists(movements.in_force().filter(line=OuterRef("pk"), kind="granted")))

    def for_list(self) -> "FundingLineQuerySet":
        """With all that a row shows; four queries whatever the number of rows."""
        return self.select_related("funder", "scheme", "project", "case").prefetch_related(
            "beneficiaries__organisation", "movements", "counterparts__checks"
        )


class FundingLine(Told):
    """Money of one funder for one purpose, under one legal basis. What happened to it are its movements."""

    class Form(models.TextChoices):
        GRANT = "grant", "subvention"
        IN_KIND = "in_kind", "aide en nature"
        REBATE = "rebate", "rabais sur un terrain ou un loyer"
        LOAN = "loan", "prêt, avance remboursable"
        GUARANTEE = "guarantee", "garantie"
        OTHER = "other", "autre forme"

    class Payment(models.TextChoices):
        ONCE = "unique", "en une fois"
        STAGED = "échelonné", "en plusieurs fois"
        OTHER = "autre", "autrement"

    about = models.CharField("objet", max_length=256)
    funder = models.ForeignKey(
        Organisation, models.PROTECT, related_name="funding_given", verbose_name="financeur"
    )
    scheme = models.ForeignKey(
        Scheme, models.PROTECT, null=True, blank=True, related_name="funding", verbose_name="dispositif"
    )
    case = models.ForeignKey(
        SupportCase, models.PROTECT, null=True, blank=True, related_name="funding", verbose_name="dossier"
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="funding", verbose_name="projet"
    )
    form = models.CharField("forme", max_length=9, choices=Form, default=Form.GRANT)
    regime = models.CharField("régime d’aide", max_length=11, choices=Regime, default=Regime.UNKNOWN)
    regime_detail = models.CharField(
        "article ou numéro du régime", max_length=120, blank=True, help_text="« article 17 », « SA.108054 »."
    )
    legal_basis = models.CharField(
        "base juridique", max_length=200, blank=True, help_text="« L. 1511-3 du CGCT, délibération du… »."
    )
    payment = models.CharField("versement", max_length=9, choices=Payment, default=Payment.ONCE)
    payment_words = models.CharField("conditions de versement", max_length=256, blank=True)
    pay_from = models.DateField("versé à partir du", null=True, blank=True)
    pay_until = models.DateField("versé jusqu’au", null=True, blank=True)
    rae = models.CharField("numéro au répertoire des aides", max_length=5, blank=True)
    jobs = models.PositiveIntegerField(
        "emplois de l’établissement aidé",
        null=True,
        blank=True,
        help_text="Tels que la décision les dit\u202f; publiés avec elle. Vide tant qu’on ne les sait pas.",
    )
    published = models.BooleanField("publié", default=False)
    updated_at = models.DateTimeField("mis à jour le", auto_now=True)

    objects = FundingLineQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne de financement"
        verbose_name_plural = "lignes de financement"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="funding_regime_is_known", condition=Q(regime__in=Regime.values)),
            models.CheckConstraint(
                name="funding_payment_is_ordered",
                condition=Q(pay_until__isnull=True) | Q(pay_from__isnull=False, pay_until__gte=F("pay_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.about

    def get_absolute_url(self) -> str:
        return f"/equipe/aides/{self.pk}/"


class Beneficiary(Told):
    """A legal person that a line is for, and its share. Shares of a line add up to the whole (trigger)."""

    line = models.ForeignKey(FundingLine, models.CASCADE, related_name="beneficiaries")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="funding_received", verbose_name="bénéficiaire"
    )
    siret = models.CharField("SIRET", max_length=14, blank=True, validators=[check_siret])
    rna = models.CharField("numéro RNA", max_length=10, blank=True)
    share = models.DecimalField("part", max_digits=5, decimal_places=4, default=1)
    taken_over_by = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="activité reprise par",
        help_text="Scission ou cession : l’aide suit l’activité qu’elle a servie.",
    )
    taken_over_on = models.DateField("reprise le", null=True, blank=True)
    taken_over_why = models.CharField("preuve de la reprise", max_length=300, blank=True)

    class Meta:
        verbose_name = "bénéficiaire"
        ordering = ["-share", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["line", "organisation"], name="beneficiary_once_a_line"),
            models.CheckConstraint(
                name="beneficiary_share_is_a_part",
                condition=Q(share__gt=0, share__lte=1),
            ),
            models.CheckConstraint(
                name="beneficiary_siret_has_fourteen_digits",
                condition=Q(siret="") | Q(siret__regex=r"^[0-9]{14}$"),
            ),
            models.CheckConstraint(
                name="beneficiary_rna_is_one", condition=Q(rna="") | Q(rna__regex=r"^W[0-9]{9}$")
            ),
            models.CheckConstraint(
                name="take_over_is_dated_and_proved",
                condition=Q(taken_over_by__isnull=True, taken_over_on__isnull=True, taken_over_why="")
                | Q(taken_over_by__isnull=False, taken_over_on__isnull=False) & ~Q(taken_over_why=""),
            ),
        ]

    def holder_on(self, day) -> Organisation:
        """Who holds this aid on a day: the beneficiary, or who had taken its activity over by then."""
        gone = self.taken_over_on is not None and self.taken_over_on <= day
        return self.taken_over_by if gone else self.organisation

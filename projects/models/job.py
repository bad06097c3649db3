"""Jobs as schemes claim them, and the pools of actual jobs that several claims may be about."""

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When

from agglo.charts import french
from agglo.figures.vocabulary import Evidence, Origin, Qualifier
from agglo.territory.models import Territory

from .organisation import Organisation
from .project import Project
from .site import Site
from .told import Told, ToldQuerySet


class JobPoolQuerySet(models.QuerySet):
    def of_class(self, *, demo: bool) -> "JobPoolQuerySet":
        """A pool is invented when its site, its project or a claim about it is."""
        invented = JobClaim.objects.demo().filter(pool=OuterRef("pk"))
        fictional = Q(site__origin=Origin.DEMO) | Q(project__origin=Origin.DEMO) | Exists(invented)
        marked = self.annotate(is_invented=Case(When(fictional, then=True), default=False))
        return marked.filter(is_invented=demo)


class JobPool(models.Model):
    """The same actual jobs, whoever counts them and however often."""

    slug = models.SlugField("repère", max_length=80, unique=True)
    name = models.CharField("ces emplois", max_length=200)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="pools")
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="pools")
    shared_with = models.CharField(
        "partagés avec",
        max_length=200,
        blank=True,
        help_text="Une autre autorité qui compte les mêmes emplois.",
    )
    share = models.DecimalField(
        "notre part, %",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Vide tant qu’aucun accord ne la fixe : ces emplois ne sont alors pas comptés.",
    )
    may_overlap = models.ManyToManyField("self", blank=True, verbose_name="peut-être les mêmes que")

    objects = JobPoolQuerySet.as_manager()

    class Meta:
        verbose_name = "gisement d’emplois"
        verbose_name_plural = "gisements d’emplois"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="pool_share_is_a_percentage", condition=Q(share__isnull=True) | Q(share__range=(0, 100))
            ),
            models.CheckConstraint(
                name="pool_share_names_the_other", condition=Q(share__isnull=True) | ~Q(shared_with="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def about(self) -> Project | Site | None:
        """What it hangs under: the public record whose page shows it, the project before the site."""
        known = [one for one in (self.project, self.site) if one is not None]
        return next((one for one in known if one.published), known[0] if known else None)


class JobClaimQuerySet(ToldQuerySet):
    def demo(self) -> "JobClaimQuerySet":
        return self.filter(origin=Origin.DEMO)

    def public(self) -> "JobClaimQuerySet":
        """Without those of a project or a site that is not public yet; a pool that a loader brought may be
        about neither.
        """
        neither = Q(pool__project__isnull=True, pool__site__isnull=True)
        return self.filter(neither | Q(pool__project__published=True) | Q(pool__site__published=True))

    def observed(self) -> "JobClaimQuerySet":
        return self.filter(evidence=Evidence.OBSERVED)

    def unconfirmed(self) -> "JobClaimQuerySet":
        """Neither confirmed nor contested by the company."""
        return self.filter(confirmed_on__isnull=True, contested_on__isnull=True)

    def uncontested(self) -> "JobClaimQuerySet":
        """Without those that the counterpart corrected or denied: they stay readable and count nowhere."""
        return self.filter(contested_on__isnull=True)

    def for_counting(self) -> "JobClaimQuerySet":
        return self.select_related("pool__site", "pool__project", "organisation").prefetch_related(
            "pool__may_overlap"
        )


class JobClaim(Told):
    """One scheme says a number of jobs, with a status; `figure_key` names the ledger’s figure it is."""

    class Scheme(models.TextChoices):
        IMPLANTATION = "implantation", "implantation d’entreprise"
        REEMPLOYMENT = "reemployment", "anciens salariés d’un plan social"
        REVITALISATION = "revitalisation", "convention de revitalisation"
        AID = "aid", "aide publique"
        PROSPECT = "prospect", "projet à l’étude"

    pool = models.ForeignKey(JobPool, models.PROTECT, related_name="claims", verbose_name="gisement")
    scheme = models.CharField("dispositif", max_length=16, choices=Scheme)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="job_claims"
    )
    number = models.PositiveIntegerField("emplois")
    qualifier = models.SmallIntegerField("précision", choices=Qualifier, default=Qualifier.EXACT)
    evidence = models.SmallIntegerField("état de preuve", choices=Evidence)
    as_of = models.DateField("situation au", help_text="Le jour de l’annonce ou du constat.")
    horizon = models.PositiveSmallIntegerField("horizon, en mois", null=True, blank=True)
    due_on = models.DateField("pour le", null=True, blank=True)
    transferred = models.PositiveIntegerField(
        "dont transférés",
        default=0,
        help_text="Emplois déjà sur le territoire, qui ont seulement changé de lieu.",
    )
    moved_from = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="venus de la commune"
    )
    moved_to = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="vers la commune"
    )
    confirmed_by = models.CharField(
        "confirmé par",
        max_length=200,
        blank=True,
        help_text="L’entreprise, jamais une personne : tout le monde le lit.",
    )
    confirmed_on = models.DateField("confirmé le", null=True, blank=True)
    answer = models.OneToOneField(
        "projects.ConfirmationAnswer",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="counted",
        verbose_name="réponse qui donne ce nombre",
    )
    contested_on = models.DateField(
        "contesté le", null=True, blank=True, help_text="L’entreprise a corrigé ou démenti ce nombre."
    )
    figure_key = models.CharField("repère du chiffre", max_length=40, blank=True)
    note = models.CharField("à ne pas en conclure", max_length=300, blank=True)

    objects = JobClaimQuerySet.as_manager()

    class Meta:
        verbose_name = "emplois déclarés"
        verbose_name_plural = "emplois déclarés"
        ordering = ["as_of", "pk"]
        constraints = [
            models.CheckConstraint(
                name="claim_transfers_are_a_part", condition=Q(transferred__lte=F("number"))
            ),
            models.CheckConstraint(
                name="claim_is_confirmed_by_somebody",
                condition=Q(confirmed_by="", confirmed_on__isnull=True)
                | (~Q(confirmed_by="") & Q(confirmed_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="only_observed_jobs_are_confirmed",
                condition=Q(confirmed_by="") | Q(evidence=Evidence.OBSERVED),
            ),
            models.CheckConstraint(
                name="claim_is_confirmed_or_contested",
                condition=Q(confirmed_on__isnull=True) | Q(contested_on__isnull=True),
            ),
            models.CheckConstraint(name="claim_evidence_is_known", condition=Q(evidence__in=Evidence.values)),
            models.UniqueConstraint(
                fields=["pool", "scheme", "evidence", "as_of"],
                condition=Q(contested_on__isnull=True),
                name="claim_once",
            ),
        ]

    @property
    def is_part(self) -> bool:
        """Former employees of a plan are some of the jobs of a pool, never the number of them all."""
        return self.scheme == self.Scheme.REEMPLOYMENT

    @property
    def company(self) -> str:
        """Who confirms, as everybody may read it: who answered in its name is for staff only."""
        return self.organisation.name if self.organisation else "l’entreprise"

    @property
    def words(self) -> str:
        said = french.number(self.number)
        return said if self.qualifier == Qualifier.EXACT else f"{Qualifier(self.qualifier).label} {said}"

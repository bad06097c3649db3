"""A project: who leads it, with whom, where, and every gate it passed with the day and the reason."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agglo.charts.french import period_label
from agglo.figures.models import Subject
from agglo.figures.text import search_key
from projects.search_parts import by_parts_index

from .organisation import Organisation
from .site import Site
from .told import SearchedQuerySet, Told

SCHEME = "PROJET"


class Gate(models.IntegerChoices):
    """Stages in their usual order; the last two end or hold a project and always say why."""

    IDEA = 1, "réflexion"
    DESIGN = 2, "en projet"
    COMMITTED = 3, "engagé"
    UNDERWAY = 4, "en cours"
    DELIVERED = 5, "livré"
    PAUSED = 8, "suspendu"
    DROPPED = 9, "abandonné"


HOLDS = (Gate.PAUSED, Gate.DROPPED)
PATH = (Gate.IDEA, Gate.DESIGN, Gate.COMMITTED, Gate.UNDERWAY, Gate.DELIVERED)


class Axis(models.TextChoices):
    """The four headings under which the agglomeration presents its economic policy."""

    INDUSTRY = "industrie", "Relever le défi industriel"
    INNOVATION = "innovation", "Accompagner l’innovation du territoire"
    TRAINING = "entrepreneuriat-formation", "Investir sur l’entrepreneuriat et la formation"
    LOCAL = "proximite", "Maintenir le tissu économique de proximité"


class ProjectQuerySet(SearchedQuerySet):
    index_of_parts = "project_by_parts"

    def visible_to(self, user) -> "ProjectQuerySet":
        return self if getattr(user, "is_authenticated", False) else self.published()

    def published(self) -> "ProjectQuerySet":
        return self.filter(published=True)

    def with_gate(self) -> "ProjectQuerySet":
        """With `gate` and `gate_on`, the last passage; the database keeps them beside the project."""
        return self.all()

    def for_list(self) -> "ProjectQuerySet":
        return self.select_related("lead", "site")


class Project(Told):
    """One project. What is counted about it stands in the ledger under `subject`."""

    class Kind(models.TextChoices):
        SITE = "site", "transformation d’un site"
        IMPLANTATION = "implantation", "implantation d’entreprise"
        SUPPORT = "support", "appui aux entreprises"
        INNOVATION = "innovation", "innovation et recherche"
        TRAINING = "training", "formation"
        DIGITAL = "digital", "transition numérique"
        ECOLOGY = "ecology", "transition écologique"
        PARTNERSHIP = "partnership", "partenariat"

    subject = models.OneToOneField(Subject, models.PROTECT, related_name="project", verbose_name="sujet")
    slug = models.SlugField("adresse de la page", max_length=64, unique=True)
    name = models.CharField("intitulé", max_length=200)
    kind = models.CharField("nature", max_length=12, choices=Kind)
    axis = models.CharField("axe stratégique", max_length=40, choices=Axis)
    delegation = models.ForeignKey(
        "accounts.Delegation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="délégation",
    )
    lead = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="led", verbose_name="porteur"
    )
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name="site"
    )
    about = models.TextField("présentation", blank=True)
    circular = models.BooleanField("relève de l’économie circulaire", default=False)
    figures = models.JSONField(
        "chiffres du registre", default=list, blank=True, help_text="[mesure, nomenclature, code] de chacun."
    )
    kept_since = models.DateField(
        "suivi par nos services depuis le",
        default=timezone.localdate,
        help_text="Nos services ne doivent rien avant la première échéance qui suit ce jour.",
    )
    published = models.BooleanField("publié", default=False)
    # Its last passage, by its day, then as it was recorded; the database works it out (gate_now.sql).
    gate = models.SmallIntegerField("étape", choices=Gate, null=True, editable=False)
    gate_on = models.DateField("étape franchie le", null=True, editable=False)
    # Search keys of its lead and its site, to sort by; the database copies them (sorted_by_neighbours.sql).
    lead_key = models.CharField("clé du porteur", max_length=200, null=True, editable=False)
    site_key = models.CharField("clé du site", max_length=200, null=True, editable=False)
    search_key = models.CharField(max_length=400, editable=False)
    updated_at = models.DateTimeField("mis à jour le", auto_now=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = "projet"
        ordering = ["search_key", "pk"]
        indexes = [
            # Lists are sorted, searched and filtered in these four, without reading the projects.
            models.Index(
                fields=["published", "search_key", "id"],
                include=["kind", "axis", "gate", "gate_on", "origin"],
                name="project_in_lists",
            ),
            models.Index(fields=["published", "gate", "search_key"], name="project_by_gate"),
            models.Index(fields=["published", "lead_key", "search_key", "id"], name="project_by_lead"),
            models.Index(fields=["published", "site_key", "search_key", "id"], name="project_by_site"),
            # What counts them all reads no more than this of each: an eighth of the pages.
            models.Index(
                fields=["published", "id"],
                include=["kind", "axis", "gate", "origin"],
                name="project_in_counts",
            ),
            by_parts_index(ProjectQuerySet.index_of_parts),
        ]
        constraints = [
            models.CheckConstraint(name="project_axis_is_known", condition=Q(axis__in=Axis.values)),
        ]

    def __str__(self) -> str:
        return self.name

    def fill_search_key(self) -> None:
        self.search_key = search_key(
            " ".join(str(part) for part in (self.name, self.lead, self.site) if part is not None)
        )[:400]

    def save(self, *args, **kwargs) -> None:
        self.fill_search_key()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return f"/projets/{self.slug}/"

    @property
    def key(self) -> tuple[str, str]:
        return SCHEME, self.slug


class Partner(Told):
    """An organisation beside the lead, and what it brings."""

    class Role(models.TextChoices):
        PARTNER = "partner", "partenaire"
        FUNDER = "funder", "financeur"
        OWNER = "owner", "maître d’ouvrage"
        EXPERT = "expert", "appui, expertise"
        BENEFICIARY = "beneficiary", "bénéficiaire"

    project = models.ForeignKey(Project, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="partnerships")
    role = models.CharField("rôle", max_length=12, choices=Role, default=Role.PARTNER)
    words = models.CharField("ce qu’elle apporte", max_length=300, blank=True)

    class Meta:
        verbose_name = "partenaire"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "organisation", "role"], name="partner_once_a_role")
        ]


class Passage(Told):
    """A project passes a gate: when, why, on whose word. Passages are added, never rewritten."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="passages")
    gate = models.SmallIntegerField("étape", choices=Gate)
    on = models.DateField("le", help_text="Ou le premier jour d’une période moins précise.")
    until = models.DateField("au plus tard le")
    words = models.CharField("quand, selon la source", max_length=120, blank=True)
    reason = models.CharField("raison", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField("enregistré le", auto_now_add=True)

    class Meta:
        verbose_name = "passage d’étape"
        verbose_name_plural = "passages d’étape"
        ordering = ["until", "pk"]
        indexes = [models.Index(fields=["project", "-until", "-id"], name="passage_latest")]
        constraints = [
            models.CheckConstraint(name="passage_gate_is_known", condition=Q(gate__in=Gate.values)),
            models.CheckConstraint(name="passage_is_ordered", condition=Q(until__gte=models.F("on"))),
            models.CheckConstraint(
                name="hold_or_drop_says_why", condition=~Q(gate__in=[int(g) for g in HOLDS]) | ~Q(reason="")
            ),
        ]

    @property
    def when(self) -> str:
        return self.words or period_label(self.on, self.until)

"""News of a project or a site on its way from draft to public: text, steps, who did what when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agglo.figures.vocabulary import Origin, Review

from .follow import Bulletin, Milestone
from .project import Project
from .site import Site

OPEN = (Review.DRAFT, Review.SENT_BACK)
UNDER_WAY = (*OPEN, Review.SUBMITTED)
ONE_TARGET = Q(project__isnull=True, site__isnull=False) | Q(project__isnull=False, site__isnull=True)


class UpdateQuerySet(models.QuerySet):
    def visible_to(self, user) -> "UpdateQuerySet":
        """Staff sees every one; everybody else what is published."""
        if getattr(user, "is_authenticated", False) and user.holds("staff", "reviewer"):
            return self
        return self.published()

    def published(self) -> "UpdateQuerySet":
        """Those the public reads: approved, of a record that is public itself."""
        return self.filter(review=Review.APPROVED).filter(
            Q(project__published=True) | Q(site__published=True)
        )

    def of(self, target: Project | Site) -> "UpdateQuerySet":
        return self.filter(**{kind_of(target): target})

    def about_site(self, site: Site) -> "UpdateQuerySet":
        """Its own and those of its projects, of its own class only."""
        projects = site.projects.published().filter(origin=site.origin)
        return self.filter(Q(site=site) | Q(project__in=projects))

    def with_all(self) -> "UpdateQuerySet":
        """With all that a list of news shows; a bounded number of queries."""
        return self.select_related("project", "site").prefetch_related("attachments", "steps__milestone")


def kind_of(target: Project | Site) -> str:
    return "project" if isinstance(target, Project) else "site"


class Update(models.Model):
    """What one person says of one project or site at a date. `typed` keeps an unfinished form as it is.

    Only an approved one is public; the weather of a site is optional.
    """

    project = models.ForeignKey(Project, models.CASCADE, null=True, blank=True, related_name="updates")
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="updates")
    as_of = models.DateField("situation au", null=True, blank=True)
    weather = models.CharField("météo", max_length=5, choices=Bulletin.Weather, blank=True)
    synthesis = models.TextField("synthèse", blank=True)
    typed = models.JSONField("saisie en cours", default=dict, blank=True)
    version = models.PositiveIntegerField("version", default=1)
    review = models.SmallIntegerField("étape", choices=Review, default=Review.DRAFT)
    note = models.TextField("remarque", blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField("publié le", null=True, blank=True)
    bulletin = models.OneToOneField(
        Bulletin, models.SET_NULL, null=True, blank=True, related_name="update", verbose_name="bulletin"
    )

    objects = UpdateQuerySet.as_manager()

    class Meta:
        verbose_name = "mise à jour"
        verbose_name_plural = "mises à jour"
        ordering = ["-as_of", "-pk"]
        constraints = [
            models.CheckConstraint(name="update_is_about_one_thing", condition=ONE_TARGET),
            models.CheckConstraint(
                name="update_is_published_by_somebody_else",
                condition=Q(reviewer__isnull=True) | ~Q(reviewer=F("author")),
            ),
            models.CheckConstraint(
                name="published_update_is_whole",
                condition=~Q(review=Review.APPROVED)
                | (
                    Q(published_at__isnull=False, reviewer__isnull=False, as_of__isnull=False)
                    & ~Q(synthesis="")
                    & (Q(project__isnull=True) | ~Q(weather=""))
                ),
            ),
            models.CheckConstraint(
                name="update_sent_back_says_why", condition=~Q(review=Review.SENT_BACK) | ~Q(note="")
            ),
            models.UniqueConstraint(
                fields=["project", "site", "author"],
                condition=Q(review__in=[int(one) for one in UNDER_WAY]),
                name="one_update_under_way_each",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target}, {self.as_of:%d/%m/%Y}" if self.as_of else str(self.target)

    @property
    def target(self) -> Project | Site:
        return self.project or self.site

    @property
    def kind(self) -> str:
        """As its address says it."""
        return "projets" if self.project_id else "sites"

    @property
    def is_demo(self) -> bool:
        return self.target.origin == Origin.DEMO

    @property
    def photos(self) -> list:
        return [one for one in self.attachments.all() if one.is_photo]

    @property
    def documents(self) -> list:
        return [one for one in self.attachments.all() if not one.is_photo]

    def may_be_changed_by(self, user) -> bool:
        return self.author_id == user.pk and self.review in OPEN

    def may_be_decided_by(self, user) -> bool:
        return self.review == Review.SUBMITTED and self.author_id != user.pk and user.holds("reviewer")


class UpdateStep(models.Model):
    """What an update says of a milestone: reached on a day, or planned anew; with its proof or reason."""

    class Kind(models.TextChoices):
        REACHED = "reached", "atteint"
        PLANNED = "planned", "replanifié"

    update = models.ForeignKey(Update, models.CASCADE, related_name="steps")
    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="+", verbose_name="jalon")
    kind = models.CharField("ce qui change", max_length=8, choices=Kind)
    on = models.DateField("le")
    words = models.CharField("preuve ou raison", max_length=300)

    class Meta:
        verbose_name = "jalon d’une mise à jour"
        ordering = ["milestone__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["update", "milestone"], name="one_step_a_milestone"),
            models.CheckConstraint(name="update_step_says_why", condition=~Q(words="")),
        ]


class UpdateEvent(models.Model):
    """Who did what to an update, when. Added, never changed (trigger)."""

    class Kind(models.TextChoices):
        STARTED = "started", "commencée"
        SUBMITTED = "submitted", "soumise"
        TAKEN_BACK = "taken_back", "reprise par son auteur"
        SENT_BACK = "sent_back", "renvoyée avec une remarque"
        PUBLISHED = "published", "publiée"
        GIVEN_UP = "given_up", "abandonnée"
        WITHDRAWN = "withdrawn", "retirée du public"

    update = models.ForeignKey(Update, models.CASCADE, related_name="events")
    kind = models.CharField("acte", max_length=10, choices=Kind)
    at = models.DateTimeField("le", auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par")
    note = models.TextField("remarque", blank=True)

    class Meta:
        verbose_name = "acte sur une mise à jour"
        ordering = ["at", "pk"]

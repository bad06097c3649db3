"""The life of a case: its stages, each passage with its day and reason, and who opened what an NDA covers."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

# A case under NDA stays open to whoever opened it, on all its pages, for so long; then it is opened again.
OPEN_FOR = timedelta(minutes=15)


class ProspectStage(models.IntegerChoices):
    """Stages in their usual order; a case may go back, wait, or be lost."""

    DETECTED = 1, "détecté"
    QUALIFIED = 2, "qualifié"
    OFFERED = 3, "sites proposés"
    VISITED = 4, "visite"
    SHORTLISTED = 5, "liste courte, offre négociée"
    DECIDED = 6, "décision, lettre d’intention"
    COMMITTED = 7, "engagement (compromis, bail, permis)"
    BUILDING = 8, "chantier"
    SETTLED = 9, "implanté"
    PAUSED = 20, "en suspens"
    LOST = 21, "perdu"

    @property
    def short(self) -> str:
        """« liste courte » : the head of the label, where there is little room."""
        return self.label.split(",")[0].split(" (")[0]


PIPELINE = tuple(stage for stage in ProspectStage if stage < ProspectStage.SETTLED)
ENGAGED = (ProspectStage.COMMITTED, ProspectStage.BUILDING)
WEIGHTED = (*PIPELINE, ProspectStage.SETTLED)
CLOSED = (ProspectStage.SETTLED, ProspectStage.LOST)
SAYS_WHY = (ProspectStage.PAUSED, ProspectStage.LOST)


class ProspectPassage(models.Model):
    """A case reaches a stage. Passages are added, never rewritten."""

    class Loss(models.TextChoices):
        COMPETITOR = "competitor", "un autre territoire l’emporte"
        DROPPED = "dropped", "l’entreprise abandonne son projet"
        POSTPONED = "postponed", "reporté sans date"
        CRITERIA = "criteria", "hors de nos critères"
        GROUND = "ground", "pas de terrain ou de local qui convienne"
        SILENT = "silent", "plus de réponse"

    prospect = models.ForeignKey("Prospect", models.CASCADE, related_name="passages")
    stage = models.SmallIntegerField("étape", choices=ProspectStage)
    on = models.DateField("le", default=timezone.localdate)
    loss = models.CharField("motif de perte", max_length=12, choices=Loss, blank=True)
    reason = models.CharField("raison", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField("enregistré le", auto_now_add=True)

    class Meta:
        verbose_name = "passage d’étape d’un dossier"
        verbose_name_plural = "passages d’étape des dossiers"
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["prospect", "-on", "-id"], name="prospect_passage_latest")]
        constraints = [
            models.CheckConstraint(
                name="prospect_stage_is_known", condition=Q(stage__in=ProspectStage.values)
            ),
            models.CheckConstraint(
                name="lost_prospect_has_its_ground",
                condition=Q(stage=int(ProspectStage.LOST)) & ~Q(loss="")
                | ~Q(stage=int(ProspectStage.LOST)) & Q(loss=""),
                violation_error_message="Un dossier perdu, et lui seul, porte un motif de perte.",
            ),
            models.CheckConstraint(
                name="paused_or_lost_prospect_says_why",
                condition=~Q(stage__in=[int(stage) for stage in SAYS_WHY]) | ~Q(reason=""),
                violation_error_message="Dites en quelques mots pourquoi le dossier attend ou se perd.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}, {self.on:%d/%m/%Y}"


class NdaAccessQuerySet(models.QuerySet):
    def open_to(self, user, at=None) -> "NdaAccessQuerySet":
        """Openings by this person that still hold."""
        return self.filter(user=user, at__gt=(at or timezone.now()) - OPEN_FOR)


class NdaAccess(models.Model):
    """Somebody opened a case under NDA: each reading lies within one of these. Kept, never changed."""

    prospect = models.ForeignKey("Prospect", models.CASCADE, related_name="accesses")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("ouvert le", default=timezone.now)

    objects = NdaAccessQuerySet.as_manager()

    class Meta:
        verbose_name = "ouverture d’un dossier sous accord"
        verbose_name_plural = "ouvertures des dossiers sous accord"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "prospect", "-at"], name="nda_access_latest")]

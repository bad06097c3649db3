"""Photos and documents of an update: what is known of a file once it was checked and cleaned."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .update import Update


class AttachmentQuerySet(models.QuerySet):
    def published(self) -> "AttachmentQuerySet":
        """Those the public may open: of a published update only."""
        return self.filter(update__in=Update.objects.published())


class Attachment(models.Model):
    """One cleaned file, kept under its checksum beside the database; `thumb` is a photo's small copy."""

    class Kind(models.TextChoices):
        PHOTO = "photo", "photo"
        DOCUMENT = "document", "document"

    update = models.ForeignKey(Update, models.CASCADE, related_name="attachments")
    kind = models.CharField("nature", max_length=8, choices=Kind)
    name = models.CharField("nom du fichier", max_length=120)
    media_type = models.CharField("type", max_length=100)
    sha256 = models.CharField("empreinte", max_length=64)
    size = models.PositiveIntegerField("octets")
    thumb = models.CharField("empreinte de la vignette", max_length=64, blank=True)
    width = models.PositiveIntegerField("largeur", null=True, blank=True)
    height = models.PositiveIntegerField("hauteur", null=True, blank=True)
    words = models.CharField("description", max_length=300)
    credit = models.CharField("crédit", max_length=120, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("ajouté le", auto_now_add=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["sha256"], name="attachment_by_sum"),
            models.Index(fields=["thumb"], name="attachment_by_thumb"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["update", "sha256"], name="same_file_once_an_update"),
            models.CheckConstraint(name="attachment_is_described", condition=~Q(words="")),
            models.CheckConstraint(
                name="photo_has_its_size",
                condition=~Q(kind="photo") | Q(width__isnull=False, height__isnull=False) & ~Q(thumb=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_photo(self) -> bool:
        return self.kind == self.Kind.PHOTO


def documents_of(news: list[Update]) -> list[Attachment]:
    """The documents of pieces of news, whose attachments were already read; the latest news first."""
    return [file for one in news for file in one.documents]

"""The audit trail, read-only here: triggers in the database write it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from ..roles import Role


class Action(models.TextChoices):
    INSERT = "insert", "Ajout"
    UPDATE = "update", "Modification"
    DELETE = "delete", "Suppression"


class AuditQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """Everything for an administrator, nothing for anybody else."""
        return self if user.is_authenticated and user.holds(Role.ADMIN) else self.none()

    def about(self, row: models.Model) -> Self:
        """The life of one row, latest first."""
        return self.filter(table_name=row._meta.db_table, row_id=str(row.pk))


class AuditEntry(models.Model):
    """One row of one table, added, changed or deleted: what, when, by whom, in which transaction."""

    at = models.DateTimeField("quand", db_default=Now())
    txid = models.BigIntegerField("transaction")
    table_name = models.CharField("table", max_length=63)
    row_id = models.CharField("ligne", max_length=64)
    action = models.CharField("action", max_length=6, choices=Action)
    before = models.JSONField("avant")
    after = models.JSONField("après")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    actor = models.CharField("programme", max_length=63, help_text="Le programme, quand ce n’est personne.")

    objects = AuditQuerySet.as_manager()

    class Meta:
        db_table = "audit_entry"
        verbose_name = "entrée du journal d’audit"
        verbose_name_plural = "journal d’audit"
        ordering = ["-id"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["table_name", "row_id", "-id"], name="audit_by_row"),
            models.Index(fields=["user", "-id"], name="audit_by_user"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(action__in=Action.values), name="audit_action_known")
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.table_name} {self.row_id}"

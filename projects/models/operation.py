"""The accounts of an operation: what was spent, received and granted to make land usable again."""

from django.db import models
from django.db.models import Q

from .site import Site
from .told import Told


class OperationLine(Told):
    """Money of an operation on a site, without tax, as its account says at a date. Never negative: what it is
    says whether it costs or pays.
    """

    class Nature(models.TextChoices):
        EXPENSE = "expense", "dépense"
        RECEIPT = "receipt", "recette"
        SUBSIDY = "subsidy", "subvention reçue"

    site = models.ForeignKey(Site, models.CASCADE, related_name="operation_lines", verbose_name="site")
    nature = models.CharField("nature", max_length=7, choices=Nature)
    label = models.CharField("objet", max_length=200)
    amount = models.DecimalField("montant hors taxes, €", max_digits=14, decimal_places=2)
    on = models.DateField("le", help_text="Le jour de la facture, de l’encaissement ou de la décision.")

    class Meta:
        verbose_name = "ligne du compte d’opération"
        verbose_name_plural = "lignes du compte d’opération"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(name="operation_line_is_positive", condition=Q(amount__gt=0)),
            models.UniqueConstraint(fields=["site", "nature", "label", "on"], name="operation_line_once"),
        ]

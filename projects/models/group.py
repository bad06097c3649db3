"""Who controls whom, from when to when: what makes several companies one single undertaking."""

from django.db import models
from django.db.models import F, Q

from .organisation import Organisation
from .told import Span, Told, in_span, ordered_span


class UndertakingLinkQuerySet(models.QuerySet):
    def held_on(self, day) -> "UndertakingLinkQuerySet":
        return self.filter(in_span(day))


class UndertakingLink(Told, Span):
    """One of the four links of control of Regulation (EU) 2023/2831, article 2(2), or a merger.

    Two companies tied by links, even through others, are one undertaking. Common customers are no link.
    """

    class Ground(models.TextChoices):
        VOTES = "votes", "majorité des droits de vote"
        BOARD = "board", "droit de nommer ou de révoquer la majorité des dirigeants"
        CONTRACT = "contract", "influence dominante, par contrat ou par les statuts"
        AGREEMENT = "agreement", "majorité des votes par accord avec d’autres associés"
        MERGER = "merger", "fusion ou absorption"

    controller = models.ForeignKey(
        Organisation, models.PROTECT, related_name="controls", verbose_name="celle qui contrôle"
    )
    controlled = models.ForeignKey(
        Organisation, models.PROTECT, related_name="controlled_by", verbose_name="celle qui est contrôlée"
    )
    ground = models.CharField("lien", max_length=9, choices=Ground)

    objects = UndertakingLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "lien de groupe"
        verbose_name_plural = "liens de groupe"
        ordering = ["start", "pk"]
        constraints = [
            ordered_span("undertaking_link_is_ordered"),
            models.CheckConstraint(
                name="undertaking_link_ties_two", condition=~Q(controller=F("controlled"))
            ),
            models.UniqueConstraint(
                fields=["controller", "controlled", "ground", "start"],
                name="undertaking_link_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="merger_has_no_end", condition=~Q(ground="merger") | Q(end__isnull=True)
            ),
        ]

"""What imports bring to the staff's worklist: those that were compared and wait for a word."""

from collections.abc import Iterator

from django.urls import reverse

from agglo.accounts.worklist import Item, Pile
from agglo.charts.french import SPACE, number
from projects.models import Import
from projects.models.bulk import State


def items(user) -> Iterator[Item]:
    """One's own only: whoever brought a file answers for it."""
    for row in Import.objects.visible_to(user).filter(state=State.READY, brought_by=user).order_by("pk"):
        why = (
            f"Comparé{SPACE}: {number(row.changed)} à modifier, {number(row.added)} à ajouter,"
            f" {number(row.refused)} refusées. Rien n’est encore écrit."
        )
        yield Item(
            Pile.WAITING, f"Import de {row.name}", why, reverse("projects:import", args=[row.pk]), "Relire"
        )

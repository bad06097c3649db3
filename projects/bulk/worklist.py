"""What imports bring to the staff's worklist: those that were compared and wait for a word."""

from collections.abc import Iterator

from django.urls import reverse

from agglo.accounts.worklist import Item, Pile
from agglo.charts.french import SPACE, number
from projects.models import Import
from projects.models.bulk import State


def items(user) -> Iterator[Item]:
    """One's own: whoever brought a file answers for it. And, for reviewers, what others ask to be written."""
    for row in Import.objects.visible_to(user).filter(state=State.READY, brought_by=user).order_by("pk"):
        why = (
            f"Renvoyé{SPACE}: {row.note}"
            if row.note
            else (
                f"Comparé{SPACE}: {number(row.changed)} à modifier, {number(row.added)} à ajouter,"
                f" {number(row.refused)} refusées. Rien n’est encore écrit."
            )
        )
        yield Item(
            Pile.WAITING, f"Import de {row.name}", why, reverse("projects:import", args=[row.pk]), "Relire"
        )
    if not user.holds("reviewer"):
        return
    asked = Import.objects.visible_to(user).filter(state=State.ASKED).exclude(brought_by=user)
    for row in asked.select_related("brought_by").order_by("pk"):
        many = f"{number(row.public_rows)} fiche{'s' if row.public_rows > 1 else ''}"
        why = f"{row.brought_by} demande son écriture{SPACE}: {many} que le public lit ou lirait."
        yield Item(
            Pile.WAITING, f"Import de {row.name}", why, reverse("projects:import", args=[row.pk]), "Relire"
        )

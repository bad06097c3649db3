"""What files of standards bring to the staff's worklist: those that were read and wait for a decision."""

from collections.abc import Iterator

from django.urls import reverse

from agglo.accounts.worklist import Item, Pile
from projects.models import StandardImport


def items(user) -> Iterator[Item]:
    for one in StandardImport.objects.filter(state=StandardImport.State.WAITING).select_related("brought_by"):
        href = reverse("projects:standard_import", args=[one.pk])
        if one.may_be_accepted_by(user):
            why = (
                f"Fichier apporté par {one.brought_by}, lu et comparé : rien n’est écrit avant votre accord."
            )
            yield Item(Pile.WAITING, one.name, why, href, "Lire et décider")
        elif one.brought_by_id == user.pk:
            why = "Votre fichier est lu et comparé : un valideur, autre que vous, l’accepte."
            yield Item(Pile.QUICK, one.name, why, href, "Lire")

"""What files of standards bring to the staff's worklist: those that were read and wait for a decision."""

from collections.abc import Iterator

from django.urls import reverse

from agglo.accounts.worklist import Item, Pile
from projects.models import StandardImport


def items(user) -> Iterator[Item]:
    for one in StandardImport.objects.filter(state=StandardImport.State.WAITING).defer("rows"):
        href = reverse("projects:standard_import", args=[one.pk])
        why = "Fichier lu et comparé : rien n’est écrit avant votre accord."
        yield Item(Pile.WAITING, one.name, why, href, "Lire et décider")

"""What the watch brings to the worklist: programs and datasets that did not run, figures staff owe."""

from collections.abc import Iterator

from django.urls import reverse

from agglo.accounts.worklist import Item, Pile
from agglo.opendata.duties import entered
from agglo.opendata.watching import watch

# Owed things that their room brings itself, with the form to enter them.
BROUGHT = {"bulletins-projets"}


def items(user) -> Iterator[Item]:
    for alarm in watch().alarms:
        href = reverse("portal:run_dataset", args=[alarm.code]) if alarm.code else reverse("portal:runs")
        what = alarm.kind.label[0].upper() + alarm.kind.label[1:]
        yield Item(Pile.LATE, what, alarm.sentence, href, "Voir")
    for one in entered():
        if one.is_late and one.code not in BROUGHT:
            yield Item(Pile.LATE, one.title, one.sentence, one.owed.href, "Saisir")

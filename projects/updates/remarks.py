"""A comment beside an update, and the colleagues it calls: by « @prénom.nom » or from a list."""

import re
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from projects.models import Mention, Remark, Update
from projects.tasks import tell_mentioned
from projects.updates.colleagues import colleagues, handle_of

LONGEST = 2000
_CALL = re.compile(r"(?<![\w.@])@([\w-]+(?:\.[\w-]+)*)")


class NothingSaid(ValueError):
    """Says in French why a comment is not kept."""


def called(words: str, people: Iterable) -> tuple[list, list[str]]:
    """Who a text calls, and the calls that name nobody, or several people. Pure."""
    by_handle: dict[str, list] = {}
    for one in people:
        by_handle.setdefault(handle_of(str(one)), []).append(one)
    found, lost = [], []
    for call in dict.fromkeys(_CALL.findall(words)):
        named = by_handle.get(handle_of(call), [])
        if len(named) == 1:
            found.append(named[0])
        else:
            lost.append(f"@{call}")
    return found, lost


@transaction.atomic
def remark(row: Update, user, words: str, chosen: Iterable[int] = ()) -> tuple[Remark, list[str]]:
    """The comment and the calls that reached nobody. Raises NothingSaid, in French."""
    words = words.strip()
    if not words:
        raise NothingSaid("Écrivez un commentaire avant de l’envoyer.")
    if len(words) > LONGEST:
        raise NothingSaid(
            f"Ce commentaire dépasse {LONGEST} caractères\u00a0: il est encore ici, raccourcissez-le."
        )
    people = list(colleagues())
    named, lost = called(words, people)
    chosen = set(chosen)
    named += [one for one in people if one.pk in chosen]
    made = Remark.objects.create(update=row, by=user, words=words)
    for person in {one.pk: one for one in named if one.pk != user.pk}.values():
        mention = Mention.objects.create(remark=made, person=person)
        transaction.on_commit(lambda pk=mention.pk: tell_mentioned.delay(pk), robust=True)
    return made, lost


def mark_seen(user, row: Update) -> int:
    """This person has opened what called them there."""
    calls = Mention.objects.filter(person=user, remark__update=row, seen_at__isnull=True)
    return calls.update(seen_at=timezone.now())

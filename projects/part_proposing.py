"""Something under a record that the public reads waits, as typed, for a second person; nothing is written."""

from collections.abc import Iterator
from hashlib import blake2b

from django import forms
from django.db import transaction
from django.forms.formsets import BaseFormSet
from django.utils import timezone

from agglo.figures.vocabulary import Review
from projects.forms.typed import (
    Difference,
    Texts,
    changed,
    differences,
    held,
    names,
    plain_words,
    typed,
    words_of,
)
from projects.models import Publication
from projects.models.publication import Target, about
from projects.parts import PARTS, Form, Part
from projects.proposing import NO_LONGER, rehearse, saved
from projects.publishable import CannotPublish, locked

NOTHING = "Rien n’est à proposer\u00a0: le public lit déjà cela."
DECIDED = "Cette proposition vient d’être décidée ou reprise. Relisez-la, puis recommencez si besoin."
GONE = "Ce que cela change n’est plus au registre."


def part_of(row: Publication) -> Part:
    return PARTS[row.part]


def texts(row: Publication) -> Texts:
    """What was typed, as its form takes it."""
    return {name: pair[1] for name, pair in row.changes.items() if pair[1]}


def form_of(row: Publication, data: Texts | None = None) -> Form:
    """Its form as it opens today, or filled in with `data`."""
    part = part_of(row)
    return part.make(data, row.target, part.thing(row.target, row.part_pk), row.asked_by)


def replayed(row: Publication) -> Form:
    """The form with what was typed, read by its rules of today. Raises CannotPublish."""
    part = part_of(row)
    if row.part_pk and part.thing(row.target, row.part_pk) is None:
        raise CannotPublish(f"{NO_LONGER} {GONE}")
    data = texts(row)
    if part.over:
        said = _held(form_of(row)) | {name: pair[1] for name, pair in row.changes.items()}
        data = {name: text for name, text in said.items() if text}
    form = form_of(row, data)
    form.is_valid()
    return form


def errors_of(form: Form) -> list[str]:
    rows = form.errors if isinstance(form, BaseFormSet) else [form.errors]
    found = [str(error) for row in rows for every in row.values() for error in every]
    return found + list(map(str, form.non_form_errors() if isinstance(form, BaseFormSet) else []))


def shown(row: Publication) -> list[Difference]:
    """What was typed, field by field; beside what the record says where it stands over that."""
    part = part_of(row)
    if row.part_pk and part.thing(row.target, row.part_pk) is None:
        return [Difference("Ce qui était écrit", "", " · ".join(texts(row).values()))]
    if part.over:
        return differences(form_of(row), form_of(row, texts(row)), row.changes)
    found = []
    for prefix, form in _rows(form_of(row, texts(row))):
        form.is_valid()
        for name in names(form):
            field = form.fields[name]
            was, said = row.changes.get(form.add_prefix(name), ["", ""])
            if was != said:
                words = plain_words(form, name, was) if part.whole else ""
                found.append(Difference(f"{prefix}{field.label}", words, words_of(form, name, said)))
    return found


def stamp_of(row: Publication) -> str:
    """Differs once what is proposed, or what it stands over, has changed."""
    part, said = part_of(row), f"{row.pk}-{row.asked_at.isoformat()}"
    if not (part.over or part.whole):
        return said
    return f"{said} {blake2b(repr(_held(form_of(row))).encode(), digest_size=8).hexdigest()}"


@transaction.atomic
def propose_part(
    record: Target, part: Part, thing, form: Form, user, *, taken: Publication | None
) -> Publication:
    """Keeps what a valid form says. `taken` is the request that is gone on with: one’s own that waits is
    written over, another one is closed and stays readable. Raises CannotPublish.
    """
    record = locked(record)
    changes = _changes(part.make(None, record, _fresh(thing), user), form, part)
    if not changes:
        raise CannotPublish(NOTHING)
    rehearse(form)
    given = {**about(record), "part": part.code, "part_pk": thing.pk if thing is not None else None}
    if taken is not None:
        row = Publication.objects.select_for_update(of=("self",)).get(pk=taken.pk)
        if row.review != taken.review or row.asked_at != taken.asked_at:
            raise CannotPublish(DECIDED)
        if row.review == Review.SUBMITTED and row.asked_by_id == user.pk:
            row.changes, row.asked_at = changes, timezone.now()
            row.save()
            return row
        close(row, user)
    twice = Publication.objects.filter(**given, review=Review.SUBMITTED, asked_by=user, changes=changes)
    return twice.first() or Publication.objects.create(**given, asked_by=user, changes=changes)


def close(row: Publication, user) -> None:
    """Taken up anew: it waits no more, and what it said stays readable."""
    if row.review == Review.SUBMITTED:
        row.reviewer, row.decided_at, row.note = user, timezone.now(), "Reprise et proposée à nouveau."
    row.review = Review.WITHDRAWN
    row.save()


def make_part(row: Publication) -> None:
    """Writes it under the record, in the name of whoever asked. Raises CannotPublish."""
    form = replayed(row)
    if errors := errors_of(form):
        raise CannotPublish(f"{NO_LONGER} {' '.join(errors)}")
    saved(form)


def _changes(now: Form, form: Form, part: Part) -> dict[str, list[str]]:
    """By field, what the record says and what is said; nothing of the first where something is added."""
    if part.over:
        return changed(now, form)
    was, said = _held(now) if part.whole else {}, _typed(form)
    found = {name: [was.get(name, ""), said.get(name, "")] for name in dict.fromkeys((*was, *said))}
    if all(one == other for one, other in found.values()):
        return {}
    return {name: pair for name, pair in (found | _counted(form)).items() if any(pair)}


def _fresh(thing):
    return thing if thing is None else type(thing).objects.get(pk=thing.pk)


def _rows(form: Form) -> Iterator[tuple[str, forms.BaseForm]]:
    """Each form of a form, with what comes before its labels."""
    if not isinstance(form, BaseFormSet):
        yield "", form
        return
    for number, row in enumerate(form.forms, 1):
        yield f"Ligne {number}, ", row


def _typed(form: Form) -> Texts:
    return {row.add_prefix(name): text for _, row in _rows(form) for name, text in typed(row).items()}


def _counted(form: Form) -> dict[str, list[str]]:
    """How many rows were sent, without which they can’t be read again."""
    if not isinstance(form, BaseFormSet):
        return {}
    sent = form.management_form
    return {
        sent.add_prefix(name): ["", str(said)] for name, said in sent.cleaned_data.items() if said is not None
    }


def _held(form: Form) -> Texts:
    return {row.add_prefix(name): text for _, row in _rows(form) for name, text in held(row).items()}

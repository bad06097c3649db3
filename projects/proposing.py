"""A change to what the public reads waits, field by field, for a second person; the record stays as is."""

from django.db import IntegrityError, connection, transaction
from django.forms import BaseForm, ModelForm
from django.forms.formsets import BaseFormSet
from django.utils import timezone

from agglo.figures.vocabulary import Review
from projects.forms.aid import LineForm
from projects.forms.choosing import Choosing
from projects.forms.promise import PromiseForm
from projects.forms.register import ProjectForm, SiteForm
from projects.forms.sentences import MIXED
from projects.forms.typed import changed, held
from projects.models import Publication
from projects.models.publication import Target, about
from projects.publishable import CannotPublish, kind_of, locked
from projects.undone import undone

FORMS = {"projets": ProjectForm, "sites": SiteForm, "aides": LineForm, "engagements": PromiseForm}
NOTHING = "Rien n’est à proposer\u00a0: le public lit déjà cela."
MEANWHILE = (
    "Pendant que vous écriviez, cette fiche a changé ou une modification a été proposée. Rien n’est"
    " perdu\u00a0: relisez ce qui diffère, puis proposez à nouveau."
)
NO_LONGER = "Cette modification ne peut plus être faite telle quelle, renvoyez-la avec une remarque."


def form_of(record: Target, data=None, **more) -> ModelForm:
    """Its own form. Reading it changes `record` in memory."""
    return FORMS[kind_of(record).code](data, instance=record, **more)


def fresh(record: Target) -> Target:
    return type(record).objects.get(pk=record.pk)


def open_of(record: Target) -> Publication | None:
    """The change that waits for a decision, or that came back and was not taken up."""
    rows = Publication.objects.of(record).filter(part="").with_target()
    row = rows.filter(review=Review.SUBMITTED).first() or rows.first()
    going_on = row is not None and row.review in (Review.SUBMITTED, Review.SENT_BACK)
    return row if going_on and row.changes else None


def state_of(record: Target, row: Publication | None) -> str:
    """What a form was opened on: the record, and the change that was under way."""
    return f"{record.updated_at.isoformat()} {f'{row.pk}-{row.asked_at.isoformat()}' if row else ''}"


def replayed(record: Target, row: Publication) -> ModelForm:
    """The record’s form with what it says now and the change over it, read; `instance` is what would be."""
    said = held(form_of(record)) | {name: pair[1] for name, pair in row.changes.items()}
    form = form_of(record, {name: text for name, text in said.items() if text})
    form.is_valid()
    return form


def taking_up(record: Target, row: Publication) -> ModelForm:
    """The form to go on with a change, filled with it."""
    then = replayed(record, row)
    adding = then.adding if isinstance(then, Choosing) else {}
    left = {name: pair[1] for name, pair in row.changes.items() if name in then.errors or name in adding}
    form = form_of(then.instance, initial=left)
    if isinstance(form, Choosing):
        form.adds_again(adding)
    return form


@transaction.atomic
def propose(record: Target, form: ModelForm, user, *, seen: str) -> Publication:
    """Keeps what a valid form says otherwise than the record. `seen` is the state it was opened on. A change
    of somebody else that waited gives way to this one, and stays readable. Raises CannotPublish.
    """
    record = locked(record)
    row = open_of(record)
    if seen != state_of(record, row):
        raise CannotPublish(MEANWHILE)
    changes = changed(form_of(fresh(record)), form)
    if not changes:
        raise CannotPublish(NOTHING)
    rehearse(form)
    if row is not None and row.review == Review.SUBMITTED:
        if row.asked_by_id == user.pk:
            row.changes, row.asked_at = changes, timezone.now()
            row.save()
            return row
        row.review, row.reviewer, row.decided_at = Review.WITHDRAWN, user, timezone.now()
        row.note = "Reprise et proposée à nouveau."
        row.save()
    return Publication.objects.create(**about(record), asked_by=user, changes=changes)


def make(record: Target, row: Publication) -> None:
    """Writes the change into the record, by the rules of its form. Raises CannotPublish."""
    now = form_of(fresh(record))
    form = replayed(record, row)
    if form.errors:
        why = " ".join(str(error) for every in form.errors.values() for error in every)
        raise CannotPublish(f"{NO_LONGER} {why}")
    row.changes = changed(now, form) or row.changes
    saved(form)


def rehearse(form: BaseForm | BaseFormSet) -> None:
    """What the database would refuse is said to whoever proposes it, not to whoever approves it."""
    with undone():
        saved(form)


def saved(form: BaseForm | BaseFormSet) -> None:
    """Kept whole, with what the database checks last, or CannotPublish is raised and nothing is."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            form.save()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        raise CannotPublish(MIXED if "never mix" in str(error) else NO_LONGER) from error

"""What a form holds, field by field, as it would be typed; how two states of it differ, in French words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString

from agglo.charts.french import date_long, number
from projects.forms.choosing import NEW, Finder
from projects.updates.differences import shown, words_changed

Texts = dict[str, str]
EMPTY, GONE = "vide", "supprimé depuis"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that would change. `runs` is a long text with what came and went; `was` is what its author
    had read, when the record says something else by now.
    """

    label: str
    before: str
    after: str
    runs: SafeString | str = ""
    was: str = ""


def held(form: forms.BaseForm) -> Texts:
    """Of a form that nobody filled in: what its record says."""
    return {name: _text(form.get_initial_for_field(form.fields[name], name)) for name in names(form)}


def typed(form: forms.BaseForm) -> Texts:
    """Of a form that was sent and read; with what was picked where a typed name means one of several."""
    said = {name: _text(form[name].data) for name in names(form)}
    for one in _finders(form):
        record, code = form.chosen.get(one.name), form.adding.get(one.name)
        if record is not None:
            said[one.choice] = str(record.pk)
        elif code:
            said[one.choice] = f"{NEW}{code}"
    return said


def changed(now: forms.BaseForm, then: forms.BaseForm) -> dict[str, list[str]]:
    """By field that is not as it was: what its record says, and what is said instead."""
    before, after = held(now), typed(then)
    found = {}
    for name in before:
        one = next((one for one in _finders(then) if one.name == name), None)
        if one is not None:
            kept = now.held.get(name)
            if then.chosen.get(name) != kept or name in then.adding:
                found[name] = [before[name], after[name]]
                found[one.choice] = ["", after.get(one.choice, "")]
        elif name in after and not _same(then.fields[name], before[name], after[name]):
            found[name] = [before[name], after[name]]
    return found


def differences(
    now: forms.BaseForm, then: forms.BaseForm, changes: dict[str, list[str]] | None = None
) -> list[Difference]:
    """What `changes` (by default all that differs) would make of what the record says now."""
    asked = changed(now, then) if changes is None else changes
    before, found = held(now), []
    for name in before:
        if name not in asked:
            continue
        was, said = asked[name]
        field, moved = now.fields[name], _text(was) != before[name]
        one = [words_of(now, name, before[name]), words_of(then, name, said)]
        if one[0] == one[1]:
            continue
        long = isinstance(field.widget, forms.Textarea)
        runs = shown(words_changed(before[name], said)) if long and before[name] and said else ""
        found.append(Difference(field.label, *one, runs, plain_words(now, name, was) if moved else ""))
    return found


def told(form: forms.BaseForm, changes: dict[str, list[str]]) -> list[Difference]:
    """The same of what was said once, whatever the record says by now."""
    return [
        Difference(field.label, *(plain_words(form, name, text) for text in changes[name]))
        for name, field in form.fields.items()
        if name in changes
    ]


def plain_words(form: forms.BaseForm, name: str, text: str) -> str:
    field = form.fields[name]
    if isinstance(field, forms.BooleanField):
        return "oui" if text else "non"
    if not text:
        return EMPTY
    if isinstance(field, forms.ModelChoiceField):
        record = field.queryset.filter(pk=text).first()
        return str(record) if record else GONE
    if isinstance(field, forms.ChoiceField):
        return next((str(label) for key, label in field.choices if str(key) == text), text)
    value = _read(field, text)
    if isinstance(value, Decimal):
        return number(value, None)
    return date_long(value) if isinstance(value, date) else text


def words_of(form: forms.BaseForm, name: str, text: str) -> str:
    """The same; the record that a name means, in a form that was read or never sent."""
    one = next((one for one in _finders(form) if one.name == name), None)
    if one is None:
        return plain_words(form, name, text)
    record = (form.chosen if form.is_bound else form.held).get(name)
    if record is not None:
        return one.words(record)
    label = dict(one.adding).get(form.adding.get(name, ""), "")
    return f"{text} – {label}" if label else text or EMPTY


def names(form: forms.BaseForm) -> list[str]:
    """Of its fields, without those that only say which of several is meant."""
    picked = {one.choice for one in _finders(form)}
    return [name for name in form.fields if name not in picked]


def _finders(form: forms.BaseForm) -> Iterable[Finder]:
    return getattr(form, "finders", ())


def _same(field: forms.Field, one: str, other: str) -> bool:
    if isinstance(field, forms.ChoiceField | forms.BooleanField):
        return one == other
    return _read(field, one) == _read(field, other)


def _read(field: forms.Field, text: str) -> object:
    try:
        return field.to_python(text)
    except ValidationError:
        return text


def _text(value: object) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "on"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value).replace("\r\n", "\n")

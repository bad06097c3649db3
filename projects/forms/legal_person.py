"""A legal person by a few letters of its name, in forms about something else; an unknown one is added."""

from dataclasses import replace

from django.db.models import Q, QuerySet

from agglo.figures.text import search_key
from agglo.figures.vocabulary import Origin
from projects.forms.choosing import Choosing, Finder
from projects.forms.fields import new_organisation
from projects.forms.record import TO_WRITE_WORDS, RecordForm
from projects.identifiers import tidy
from projects.models import Organisation

BY_LETTERS = "Quelques lettres de son nom, ou son SIREN. Jamais une personne physique."


def organisations(words: str, origin: Origin = Origin.ATTESTED) -> QuerySet[Organisation]:
    """Of one class, by the words of a name, or by a whole SIREN."""
    invented = Q(origin=Origin.DEMO)
    found = Organisation.objects.filter(invented if origin == Origin.DEMO else ~invented)
    digits = tidy(words)
    if digits.isdigit() and len(digits) == 9:
        return found.filter(siren=digits)
    for word in search_key(words).split():
        found = found.filter(search_key__contains=word)
    return found


def legal_person(name: str, label: str, *, required: bool = False, help_text: str = "") -> Finder:
    return Finder(
        name,
        label,
        organisations,
        lambda one: f"{one.name}{f' – SIREN {one.siren}' if one.siren else ''}",
        help_text=f"{help_text} {BY_LETTERS}".strip(),
        adding=[(code, f"l’ajouter\u00a0: {label}") for code, label in Organisation.Kind.choices],
        required=required,
    )


class NamesLegalPerson(Choosing, RecordForm):
    """`person` is the field that names it. It is looked for among those of the record’s own class: what is
    invented has invented companies, and no others.
    """

    person: Finder

    def __init__(self, data=None, *, instance=None, **more) -> None:
        held = {self.person.name: getattr(instance, self.person.name)} if instance else {}
        super().__init__(data, instance=instance, held=held, **more)
        self.fields[self.person.name].error_messages["required"] = TO_WRITE_WORDS
        self.order_fields([self.person.name])

    @property
    def finders(self) -> list[Finder]:
        return [replace(self.person, find=lambda words: organisations(words, self.instance.origin))]

    def clean(self):
        said = super().clean()
        setattr(self.instance, self.person.name, self.chosen.get(self.person.name))
        return said

    def _unsure(self) -> set[str]:
        return {self.person.name} if self.person.name in self.adding else set()

    def save(self, commit: bool = True):
        kind = self.adding.get(self.person.name)
        if kind:
            name = " ".join(self.cleaned_data[self.person.name].split())
            made = new_organisation(name, kind, self.cleaned_data["source"], origin=self.instance.origin)
            setattr(self.instance, self.person.name, made)
        return super().save(commit)

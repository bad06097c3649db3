"""The form that every record of this room is typed in: its class follows what it is about."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils import timezone

from agglo.figures.vocabulary import Qualifier
from projects.forms.fields import TOO_LARGE, Amount, Day
from projects.forms.sentences import SENTENCES
from projects.models.told import Told

OURS = "Services de l’agglomération"
DASHES = BLANK_CHOICE_DASH[0][1]
TO_CHOOSE_WORDS = "Choisissez une réponse\u00a0: elle est obligatoire."
TO_WRITE_WORDS = "Remplissez ce champ\u00a0: il est obligatoire."
TO_CHOOSE, UNSAID = "à choisir", "non précisé"


class RecordForm(forms.ModelForm):
    """`given` are the fields that the address says (a line, a project); `by` is who types.

    A record about something invented is invented too: the class is copied from what it is about.
    """

    def __init__(self, data=None, *, by=None, instance=None, initial=None, **given):
        initial = {"source": OURS} | (initial or {}) if instance is None else initial
        super().__init__(data, instance=instance, initial=initial)
        for name, value in given.items():
            setattr(self.instance, name, value)
        self.by = by
        about = next((value for value in given.values() if isinstance(value, Told)), None)
        if about is not None and isinstance(self.instance, Told):
            self.instance.origin = about.origin
        self._to_hand()

    def _to_hand(self) -> None:
        """Days get a calendar, amounts take commas and spaces, an empty choice says what it means."""
        for name, field in list(self.fields.items()):
            chosen = isinstance(field, forms.ChoiceField)
            field.error_messages["required"] = TO_CHOOSE_WORDS if chosen else TO_WRITE_WORDS
            kept = {
                "label": field.label,
                "required": field.required,
                "help_text": field.help_text,
                "initial": field.initial,
                "error_messages": {"required": TO_WRITE_WORDS},
            }
            if type(field) is forms.DateField:
                self.fields[name] = Day(**kept)
            elif type(field) is forms.DecimalField:
                self.fields[name] = Amount(
                    max_digits=field.max_digits, decimal_places=field.decimal_places, **kept
                )
            elif type(field) is forms.IntegerField:
                field.error_messages["max_value"] = TOO_LARGE
            elif isinstance(field, forms.CharField) and name == "wording":
                field.widget = forms.Textarea(attrs={"rows": 3})
            elif isinstance(field, forms.ModelChoiceField) and field.empty_label == DASHES:
                field.empty_label = TO_CHOOSE if field.required else UNSAID
            elif isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
                said = TO_CHOOSE if field.required else UNSAID
                field.choices = [
                    (key, said if label == DASHES else label)
                    for key, label in field.choices
                    # « entre » needs a second number, and none of these records has one.
                    if name != "qualifier" or key != Qualifier.BETWEEN
                ]

    def refuse_ahead(self, name: str, why: str) -> None:
        """A day that is still to come, in a field that tells what happened."""
        day = self.cleaned_data.get(name)
        if day and day > timezone.localdate():
            self.add_error(name, f"Cette date est à venir\u00a0: {why}")

    def _unsure(self) -> set[str]:
        """Fields whose value is known once the form is kept: the database alone asks rules about them."""
        return set()

    def _post_clean(self) -> None:
        """The rules of the database are asked one by one, each with its sentence; the model does not ask."""
        self.instance.validate_constraints = lambda exclude=None: None
        super()._post_clean()
        del self.instance.validate_constraints
        doubtful = set(self.errors) | self._unsure()
        for owner, constraints in self.instance.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(owner, self.instance, exclude=doubtful)
                except ValidationError as error:
                    field, sentence = SENTENCES.get(constraint.name, ("", ""))
                    self.add_error(field if field in self.fields else None, sentence or error)

    def save(self, commit: bool = True) -> models.Model:
        if self.by is not None and self.instance.pk is None and hasattr(self.instance, "by_id"):
            self.instance.by = self.by
        return super().save(commit)

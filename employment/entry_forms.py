"""What every entry of staff has in common: its source, its reasons, the entry before it, its warnings."""

from dataclasses import dataclass
from datetime import date

from django import forms

from agglo.charts import french
from agglo.figures.vocabulary import Reason

from . import personal_data
from .models import Entry

REASONS = [(r.value, r.label) for r in Reason if r not in (Reason.FIRST, Reason.WITHDRAWN)]


def day_field(label: str, **more) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    fields: list[forms.BoundField]


class EntryForm(forms.Form):
    """`parent` is the plan, agreement or school; `before` the entry to read beside, or the one corrected."""

    model: type[Entry]
    opening = ""  # what a first approval opens, for those who do not know
    texts: tuple[str, ...] = ("source",)
    fixed: tuple[str, ...] = ()  # of a correction: what says which entry it is

    source = forms.CharField(label="Source", max_length=200)
    reason = forms.TypedChoiceField(label="Pourquoi corriger", choices=REASONS, coerce=int)
    reason_words = forms.CharField(
        label="La raison, en une phrase",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Publiée sur la page des corrections.",
    )
    nobody = forms.BooleanField(label="J’ai relu\u00a0: ces textes ne parlent de personne", required=False)

    def __init__(
        self, data=None, *, parent, corrects: Entry | None = None, before: Entry | None = None, **more
    ):
        super().__init__(data, **more)
        self.parent, self.corrects, self.before = parent, corrects, corrects or before
        self.build()
        if corrects is None:
            del self.fields["reason"], self.fields["reason_words"]
        for name in self.fixed if corrects is not None else ():
            self.fields[name].disabled = True
        self._beside()

    @classmethod
    def rows(cls):
        """Entries that this form writes."""
        return cls.model.objects.all()

    def build(self) -> None:
        """Adds the fields that depend on the parent."""

    def _beside(self) -> None:
        """Writes under each field what the entry before said."""
        if self.before is None:
            return
        for name, value in self.read(self.before).items():
            if name in self.fields and value not in (None, "") and name not in ("source", *self.fixed):
                self.fields[name].help_text += f" Avant\u00a0: {self.shown(name, value)}."

    def shown(self, name: str, value) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))
        return french.date_long(value) if isinstance(value, date) else str(value)

    def titled(self) -> list[tuple[str, list[str]]]:
        """Titles of the form and the fields under each."""
        raise NotImplementedError

    @property
    def sections(self) -> list[Section]:
        why = [("Pourquoi", ["reason", "reason_words"])] if self.corrects is not None else []
        return [Section(title, [self[name] for name in names]) for title, names in self.titled() + why]

    @classmethod
    def read(cls, row: Entry) -> dict[str, object]:
        """The values of a row, by name of field."""
        raise NotImplementedError

    def fill(self, row: Entry) -> None:
        """Writes the fields of the row itself."""
        raise NotImplementedError

    def after(self, row: Entry) -> None:
        """Writes what hangs on the row, once it is saved."""

    def rivals(self) -> bool:
        """Whether an entry in force says the same thing already: it is corrected, not said again."""
        return False

    def computed(self, row: Entry | None) -> list[tuple[str, str]]:
        """What follows from the row, or from what was typed: label and value, for nobody to type."""
        return []

    def odd(self) -> list[str]:
        """Warnings that explain; they never refuse."""
        return []

    def clean(self):
        said = super().clean()
        if not self.errors and self.corrects is None and self.rivals():
            self.add_error(
                None, "Cela a déjà été validé\u00a0: corrigez-le depuis la liste, en disant pourquoi."
            )
        return said

    def not_to_come(self, *names: str) -> None:
        for name in names:
            if (day := self.cleaned_data.get(name)) and day > date.today():
                self.add_error(name, "Cette date est à venir\u00a0: écrivez ce qui a eu lieu.")

    @property
    def about_somebody(self) -> str:
        said = [str(self.data.get(name, "")) for name in (*self.texts, "reason_words")]
        return personal_data.warning(" ".join(said))

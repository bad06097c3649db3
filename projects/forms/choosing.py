"""One record out of many, by a few letters of its name: accents apart, without script, nothing lost.

What is typed either names one record, or the form comes back with what was found to choose from.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django import forms
from django.db.models import Case, Model, QuerySet, Value, When

from agglo.charts.french import SPACE
from agglo.figures.text import search_key

SHOWN = 12
SUGGESTED = 300  # names that a page carries beside the field; beyond, one types and sends
NEW = "+"  # before the code of what would be added


@dataclass(frozen=True, slots=True)
class Finder:
    """`find` gives the records that hold every word, `key` is the column they are sorted and known by;
    `words` tells one from another of the same name; `adding` is what may be made when nothing is found, as
    (code, label).
    """

    name: str
    label: str
    find: Callable[[str], QuerySet]
    words: Callable[[Model], str]
    key: str = "search_key"
    help_text: str = ""
    adding: Sequence[tuple[str, str]] = ()
    required: bool = False

    @property
    def choice(self) -> str:
        return f"{self.name}_choice"

    def found(self, typed: str) -> list[Model]:
        """Those whose name begins so first; one more than are shown."""
        begins = When(**{f"{self.key}__startswith": search_key(typed)}, then=Value(0))
        return list(self.find(typed).order_by(Case(begins, default=Value(1)), self.key, "pk")[: SHOWN + 1])


class Choosing(forms.Form):
    """A form some of whose fields are typed names. `chosen[name]` is the record, None when left empty;
    `adding[name]` the code of what is to be added instead. `held` are the records it starts from: their
    names, left as they are, mean them.
    """

    finders: Sequence[Finder] = ()

    def __init__(self, *args, held: dict[str, Model | None] | None = None, **kwargs) -> None:
        self.held = {name: record for name, record in (held or {}).items() if record is not None}
        named = {name: record.name for name, record in self.held.items()}
        kwargs["initial"] = named | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.chosen: dict[str, Model | None] = {}
        self.adding: dict[str, str] = {}
        for one in self.finders:
            self.fields[one.name] = forms.CharField(
                label=one.label,
                help_text=one.help_text,
                required=one.required,
                max_length=200,
                widget=forms.TextInput(attrs={"autocomplete": "off", "list": f"{one.name}-noms"}),
            )

    @property
    def suggestions(self) -> list[tuple[str, list[str]]]:
        """(id, names) of the lists beside fields that are not too long; a query a field."""
        found = [(f"{one.name}-noms", list(one.find("")[: SUGGESTED + 1])) for one in self.finders]
        return [
            (key, sorted({record.name for record in every}, key=search_key))
            for key, every in found
            if len(every) <= SUGGESTED
        ]

    def clean(self):
        said = super().clean()
        for one in self.finders:
            typed = " ".join((said.get(one.name) or "").split())
            self.chosen[one.name] = self._found(one, typed) if search_key(typed) else None
        return said

    def _found(self, one: Finder, typed: str) -> Model | None:
        held = self.held.get(one.name)
        if held is not None and typed == held.name:
            return held
        every, picked = one.found(typed), self.data.get(one.choice, "")
        known = {str(found.pk): found for found in every}
        if picked in known:
            self._choose(one, self._choices(one, every))
            return known[picked]
        named = [found for found in every if search_key(found.name) == search_key(typed)]
        sole = named if len(named) == 1 else every
        if picked.removeprefix(NEW) in dict(one.adding) and picked.startswith(NEW) and not named:
            self.adding[one.name] = picked.removeprefix(NEW)
            self._choose(one, self._choices(one, every))
            return None
        if len(sole) == 1:
            return sole[0]
        self._offer(one, typed, every, picked)
        return None

    def _offer(self, one: Finder, typed: str, every: list[Model], picked: str) -> None:
        """Radio buttons under the field, and what to do."""
        choices = self._choices(one, every)
        if len(every) > SHOWN:
            why = f"Plus de {SHOWN} réponses à «\u202f{typed}\u202f»{SPACE}: ajoutez un mot, ou choisissez."
        elif every:
            why = f"Plusieurs réponses à «\u202f{typed}\u202f»{SPACE}: choisissez ci-dessous."
        elif one.adding:
            why = f"Rien ne porte ce nom{SPACE}: corrigez-le, ou dites ci-dessous ce qu’il faut ajouter."
        else:
            why = f"Rien ne porte ce nom{SPACE}: corrigez-le, ou essayez moins de lettres."
        self.add_error(one.name, why)
        if choices:
            self._choose(one, choices)

    def adds_again(self, adding: dict[str, str]) -> None:
        """Offers anew what was to be added, picked already."""
        for one in self.finders:
            if one.name in adding:
                self._choose(one, self._choices(one, []))
                self.initial[one.choice] = f"{NEW}{adding[one.name]}"

    def _choices(self, one: Finder, every: Sequence[Model]) -> list[tuple[str, str]]:
        found = [(str(record.pk), one.words(record)) for record in every[:SHOWN]]
        return found + [(f"{NEW}{code}", label) for code, label in one.adding]

    def _choose(self, one: Finder, choices: Sequence[tuple[str, str]]) -> None:
        """Radio buttons, right under what was typed; what was picked stays when something else is refused."""
        self.fields[one.choice] = forms.ChoiceField(
            label=f"{one.label}{SPACE}: lequel", choices=choices, widget=forms.RadioSelect, required=False
        )
        names = [name for name in self.fields if name != one.choice]
        names.insert(names.index(one.name) + 1, one.choice)
        self.order_fields(names)

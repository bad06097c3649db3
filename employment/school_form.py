"""What a school tells at a date: pupils, exits by reason, results of a session, workshop; numbers only."""

from datetime import date

from django import forms

from .entry_fields import NumberField
from .entry_forms import EntryForm, day_field
from .models import Enrolment, Exit, Programme, Result, SchoolReport

PUPILS = {"pupils": "Élèves inscrits", "capacity": "Places"}
RESULTS = {
    "entrants": "Entrés en première année",
    "presented": "Présentés",
    "passed": "Reçus",
    "further": "En poursuite d’études",
    "working_6": "En emploi à 6 mois",
    "working_12": "En emploi à 12 mois",
}
WORKSHOP = {
    "machines": "Machines de l’atelier",
    "orders": "Commandes de l’année scolaire",
    "partners": "Entreprises partenaires",
}
FIRST_YEAR = 2000


def year_field(label: str, help_text: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=FIRST_YEAR,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "size": 6}),
    )


class SchoolForm(EntryForm):
    """`parent` is the school. An empty cell is unknown, which is not zero."""

    model = SchoolReport
    fixed = ("as_of", "source")
    as_of = day_field("Situation au")

    def build(self):
        self.programmes = list(self.parent.programmes.all())
        for one in self.programmes:
            made = {**PUPILS, **{f"exit-{why}": f"Partis\u00a0: {label}" for why, label in Exit.Why.choices}}
            self.fields[self.name_of(one, "year")] = year_field(
                "Année scolaire des départs", "L’année où elle a commencé."
            )
            self.fields[self.name_of(one, "session")] = year_field(
                "Session d’examen", "Les résultats sont ceux de la promotion présentée cette année-là."
            )
            for name, label in {**made, **RESULTS}.items():
                self.fields[self.name_of(one, name)] = NumberField(label=label, required=False)
        for name, label in WORKSHOP.items():
            self.fields[name] = NumberField(label=label, required=False)

    @staticmethod
    def name_of(programme: Programme, name: str) -> str:
        return f"p-{programme.pk}-{name}"

    def titled(self):
        found = [("Qui le dit, quand", ["as_of", "source"])]
        for one in self.programmes:
            exits = ["year", *(f"exit-{why}" for why in Exit.Why.values)]
            results = ["session", *RESULTS]
            for title, names in (("élèves", PUPILS), ("départs", exits), ("résultats", results)):
                found.append((f"{one.name}\u00a0: {title}", [self.name_of(one, name) for name in names]))
        return [*found, ("L’atelier", list(WORKSHOP))]

    @classmethod
    def read(cls, row):
        said: dict[str, object] = {"as_of": row.as_of, "source": row.source}
        said |= {name: getattr(row, name) for name in WORKSHOP}
        for one in row.enrolments.select_related("programme"):
            said |= {cls.name_of(one.programme, name): getattr(one, name) for name in PUPILS}
        for left in row.exits.select_related("programme"):
            said[cls.name_of(left.programme, "year")] = left.year
            said[cls.name_of(left.programme, f"exit-{left.why}")] = left.pupils
        for result in row.results.select_related("programme"):
            said[cls.name_of(result.programme, "session")] = result.year
            said |= {cls.name_of(result.programme, name): getattr(result, name) for name in RESULTS}
        return said

    def fill(self, row):
        row.school, row.as_of = self.parent, self.cleaned_data["as_of"]
        row.source = self.cleaned_data["source"]
        for name in WORKSHOP:
            setattr(row, name, self.cleaned_data[name])

    def after(self, row):
        for held in (row.enrolments, row.exits, row.results):
            held.all().delete()
        for one in self.programmes:
            said = {name: self._said(one, name) for name in (*PUPILS, *RESULTS, "year", "session")}
            if said["pupils"] is not None:
                Enrolment.objects.create(report=row, programme=one, **{name: said[name] for name in PUPILS})
            for why in Exit.Why.values:
                if (left := self._said(one, f"exit-{why}")) is not None:
                    Exit.objects.create(report=row, programme=one, year=said["year"], why=why, pupils=left)
            if said["session"] is not None:
                numbers = {name: said[name] for name in RESULTS}
                Result.objects.create(report=row, programme=one, year=said["session"], **numbers)

    def _said(self, programme: Programme, name: str):
        return self.cleaned_data.get(self.name_of(programme, name))

    def clean(self):
        said = super().clean()
        self.not_to_come("as_of")
        for one in self.programmes:
            self._clean(one)
        skipped = {"as_of", "source", "reason", "reason_words", "nobody"}
        if not self.errors and all(value is None for name, value in said.items() if name not in skipped):
            self.add_error(None, "Aucun nombre n’est donné\u00a0: remplissez au moins une case.")
        return said

    def _clean(self, one: Programme) -> None:
        """A rest below nought is a slip, not news: it is refused with what to do."""
        left = any(self._said(one, f"exit-{why}") is not None for why in Exit.Why.values)
        if left and self._said(one, "year") is None:
            self.add_error(self.name_of(one, "year"), "De quelle année scolaire sont ces départs\u202f?")
        numbers = {name: self._said(one, name) for name in RESULTS}
        if all(value is None for value in numbers.values()):
            if self._said(one, "session") is not None:
                self.add_error(self.name_of(one, "session"), "Donnez les résultats de cette session.")
            return
        if self._said(one, "session") is None:
            self.add_error(self.name_of(one, "session"), "De quelle session sont ces résultats\u202f?")
        for name in ("entrants", "presented", "passed"):
            if numbers[name] is None:
                self.add_error(self.name_of(one, name), "Il faut les entrés, les présentés et les reçus.")
        for more, less, words in (
            ("presented", "entrants", "Il y a plus de présentés que d’entrés\u00a0: vérifiez les deux."),
            ("passed", "presented", "Il y a plus de reçus que de présentés\u00a0: vérifiez les deux."),
        ):
            if None not in (numbers[more], numbers[less]) and numbers[more] > numbers[less]:
                self.add_error(self.name_of(one, more), words)

    def rivals(self):
        said = self.cleaned_data
        held = self.parent.reports.in_force()
        return held.filter(as_of=said["as_of"], source=said["source"]).exists()

    def odd(self):
        found = []
        for one in self.programmes:
            pupils, capacity = self._said(one, "pupils"), self._said(one, "capacity") or one.capacity
            if None not in (pupils, capacity) and pupils > capacity:
                found.append(f"{one.name}\u00a0: {pupils} élèves pour {capacity} places\u202f?")
            left = sum(self._said(one, f"exit-{why}") or 0 for why in Exit.Why.values)
            if pupils is not None and left > pupils:
                found.append(f"{one.name}\u00a0: {left} départs pour {pupils} élèves\u202f?")
            year = self._said(one, "session")
            if year is not None and year > date.today().year:
                found.append(f"{one.name}\u00a0: la session {year} n’a pas encore eu lieu.")
        return found

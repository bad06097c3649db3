"""The indicators of plans worked out of attested facts and of approved follow-ups.

The press gave 772, 786 and 830 for the same year, so they may be divided; 827 comes from 2022 and stands as
the last known one. The 863 of the announcement are not taken: another source says 864 for the same moment.
Every account of a plan is read, so that the rates of the press stay beside those of later follow-ups; where
two sources tell of the very same dates, the newest one speaks. Durable solutions of the press are added up at
the dated follow-up (see `registers`).
"""

from agglo.opendata.formulas import Formula, Input, Ratio, Sum, register_formula


def told(measure: str, label: str) -> Input:
    """A count that several sources may tell of a plan."""
    return Input(measure, label, accounts=True)


SOLVED = told("pse-avec-solution", "personnes avec une solution")
ACCOMPANIED = told("pse-accompagnes", "personnes accompagnées")
DISMISSED = told("pse-licencies", "salariés licenciés")
CONCERNED = told("pse-personnes-concernees", "personnes concernées")


def share(measure: str, over: Input, under: Input) -> None:
    """One count for a hundred of another, about the same plan."""
    register_formula(
        Formula(
            measure=measure,
            inputs={"over": over, "under": under},
            reckon=Ratio("over", "under", 100),
            schemes=("PLAN",),
        )
    )


share("pse-taux-solutions", SOLVED, ACCOMPANIED)
share("pse-taux-solutions-licencies", SOLVED, DISMISSED)
share("pse-taux-solutions-concernees", SOLVED, CONCERNED._replace(last_known=True))
share("pse-taux-adhesion", ACCOMPANIED, DISMISSED)
share("pse-taux-durables", told("pse-solutions-durables", "personnes avec une solution durable"), ACCOMPANIED)
share("pse-solutions-par-personne", told("pse-solutions", "solutions identifiées"), CONCERNED)

register_formula(
    Formula(
        measure="pse-sans-solution-connue",
        inputs={"all": ACCOMPANIED, "solved": SOLVED},
        reckon=Sum(("all",), ("solved",)),
        schemes=("PLAN",),
    )
)

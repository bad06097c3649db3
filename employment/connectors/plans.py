"""The indicators of plans worked out of attested facts and of approved follow-ups.

The press gave 772, 786 and 830 for the same year, so they may be divided; 827 comes from 2022 and stands as
the last known one. The 863 of the announcement are not taken: another source says 864 for the same moment.
Formulas read one account of each measure: durable solutions, told by several papers, are added up at the
dated follow-up instead (see `registers`).
"""

from agglo.opendata.formulas import Formula, Input, Ratio, Sum, register_formula

SOLVED = Input("pse-avec-solution", "personnes avec une solution")
ACCOMPANIED = Input("pse-accompagnes", "personnes accompagnées")
DISMISSED = Input("pse-licencies", "salariés licenciés")
CONCERNED = Input("pse-personnes-concernees", "personnes concernées")


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
share(
    "pse-taux-durables", Input("pse-solutions-durables", "personnes avec une solution durable"), ACCOMPANIED
)
share("pse-solutions-par-personne", Input("pse-solutions", "solutions identifiées"), CONCERNED)

register_formula(
    Formula(
        measure="pse-sans-solution-connue",
        inputs={"all": ACCOMPANIED, "solved": SOLVED},
        reckon=Sum(("all",), ("solved",)),
        schemes=("PLAN",),
    )
)

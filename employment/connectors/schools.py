"""The rates of schools, worked out of counts that are shown: none of a few pupils, none of a masked number.

Counts come by session or school year and added up over several; a rate exists over whichever of them reaches
the smallest number of pupils a rate may be told of.
"""

from agglo.opendata.formulas import Formula, Input, Ratio, Sum, register_formula

from ..school_release import AUTUMN, DROPPED, PLACES, SMALLEST_FOR_A_RATE


def told(measure: str, label: str) -> Input:
    """Of a session, of a school year, or added up over several."""
    return Input(measure, label, spans=True)


ENROLLED = told(AUTUMN, "inscrits à la rentrée")
PRESENTED = told("ecole-presentes", "présentés à l’examen")
LEAVERS = told("ecole-sortants", "sortants hors poursuite d’études")
PASSED = told("ecole-recus", "reçus")


def share(measure: str, over: Input, under: Input) -> None:
    """One count for a hundred of another, about the same school, session or years."""
    register_formula(
        Formula(
            measure=measure,
            inputs={"over": over, "under": under},
            reckon=Ratio("over", "under", 100, SMALLEST_FOR_A_RATE),
            schemes=("ECOLE",),
        )
    )


register_formula(
    Formula(
        measure=LEAVERS.measure,
        inputs={"presented": PRESENTED, "further": told("ecole-poursuites", "en poursuite d’études")},
        reckon=Sum(("presented",), ("further",)),
        schemes=("ECOLE",),
    )
)
share("ecole-taux-remplissage", ENROLLED, told(PLACES, "places à la rentrée"))
share("ecole-taux-rupture", told(DROPPED, "partis sans solution"), ENROLLED)
share("ecole-taux-reussite", PASSED, PRESENTED)
share("ecole-taux-reussite-entrants", PASSED, told("ecole-entrants", "entrés en première année"))
share("ecole-taux-emploi-6", told("ecole-en-emploi-6", "en emploi à 6 mois"), LEAVERS)
share("ecole-taux-emploi-12", told("ecole-en-emploi-12", "en emploi à 12 mois"), LEAVERS)

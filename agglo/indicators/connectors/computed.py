"""The indicators worked out of other figures: ratios of official counts, and totals of our communes.

A ratio is never taken over from several sources at once: numerator and denominator come from the ledger, for
the same subject and period, and the result can be traced back to both.
"""

from datetime import date

from django.conf import settings

from agglo.opendata.formulas import Formula, Input, Quotient, Ratio, Total, register_formula
from agglo.territory.models import Territory

FRANCE = ("FRANCE", "F")
PEOPLE = Input("population-municipale", "habitants", last_known=True)


def share(measure: str, over: tuple[str, str], under: tuple[str, str], *, part: bool = True) -> None:
    """One count for a hundred of another, of which it is a part; each is (measure, French name)."""
    inputs = {"over": Input(*over), "under": Input(*under)}
    ratio = Ratio("over", "under", 100, part=part)
    register_formula(Formula(measure=measure, inputs=inputs, reckon=ratio, version=2 if part else 1))


def per_thousand(measure: str, counted: tuple[str, str], among: Input = PEOPLE) -> None:
    """A count for a thousand inhabitants, or others, the most recent ones known at the end of its period."""
    inputs = {"counted": Input(*counted), "among": among}
    register_formula(Formula(measure=measure, inputs=inputs, reckon=Ratio("counted", "among", 1000)))


share(
    "part-inscrits-longue-duree",
    ("demandeurs-emploi-abc-longue-duree", "inscrits depuis un an ou plus"),
    ("demandeurs-emploi-abc", "inscrits en catégories A, B, C"),
)
share(
    "taux-emploi-15-64",
    ("actifs-occupes-15-64", "actifs occupés de 15 à 64 ans"),
    ("population-15-64", "habitants de 15 à 64 ans"),
)
share(
    "concentration-emploi",
    ("emplois-lieu-travail", "emplois au lieu de travail"),
    ("actifs-occupes-residents", "actifs occupés résidents"),
    part=False,  # there may be more jobs than working residents
)
share(
    "part-recrutements-difficiles",
    ("bmo-projets-difficiles", "projets de recrutement jugés difficiles"),
    ("bmo-projets", "projets de recrutement"),
)
share(
    "part-emploi-industriel",
    ("postes-salaries-industrie", "postes salariés de l’industrie"),
    ("postes-salaries", "postes salariés, tous secteurs"),
)
share(
    "part-friches-reconverties",
    ("friches-reconverties-surface", "surface des friches reconverties"),
    ("friches-recensees-surface", "surface recensée, tous statuts"),
)
share(
    "survie-3-ans",
    ("sirene-cohorte-3-ans", "entreprises encore inscrites trois ans après"),
    ("sirene-cohorte", "entreprises créées"),
)
share(
    "survie-5-ans",
    ("sirene-cohorte-5-ans", "entreprises encore inscrites cinq ans après"),
    ("sirene-cohorte", "entreprises créées"),
)
share(
    "part-jeunes-sans-emploi-ni-etudes",
    ("jeunes-sans-emploi-ni-etudes", "jeunes sans emploi ni études"),
    ("jeunes-15-24", "jeunes de 15 à 24 ans"),
)
share("part-locaux-ftth", ("locaux-ftth", "locaux éligibles à la fibre"), ("locaux", "locaux"))

register_formula(
    Formula(
        measure="specificite-industrie",
        title="Calcul\u00a0: part de l’industrie d’ici rapportée à celle de la France",
        inputs={
            "industry": Input("postes-salaries-industrie", "postes salariés de l’industrie"),
            "all": Input("postes-salaries", "postes salariés"),
            "industry-france": Input(
                "postes-salaries-industrie", "postes salariés de l’industrie en France", about=FRANCE
            ),
            "all-france": Input("postes-salaries", "postes salariés en France", about=FRANCE),
        },
        reckon=Quotient(Ratio("industry", "all"), Ratio("industry-france", "all-france")),
        # A commune with one plant would give it away.
        schemes=("EPCI", "ZE2020", "DEP", "REG"),
    )
)

per_thousand("creations-pour-mille", ("creations-entreprises", "créations d’entreprises"))
per_thousand("commerces-pour-mille", ("equipements-commerces", "équipements commerciaux"))
per_thousand(
    "defaillances-pour-mille",
    ("defaillances-12-mois", "défaillances sur douze mois"),
    Input("etablissements-actifs", "établissements actifs", last_known=True),
)


def communes_of_today(day: date) -> frozenset[str]:
    """Codes of the communes of our EPCI now, whatever the period: series in the geography of the moment, as
    Insee publishes them.
    """
    return frozenset(Territory.objects.communes_of().values_list("subject__code", flat=True))


for _measure, _label in (
    ("equipements-commerces", "équipements commerciaux"),
    ("emplois-lieu-travail", "emplois au lieu de travail"),
    ("actifs-occupes-15-64", "actifs occupés de 15 à 64 ans"),
    ("population-15-64", "habitants de 15 à 64 ans"),
    ("actifs-occupes-residents", "actifs occupés résidents"),
    ("jeunes-sans-emploi-ni-etudes", "jeunes sans emploi ni études"),
    ("jeunes-15-24", "jeunes de 15 à 24 ans"),
):
    register_formula(
        Total(measure=_measure, label=_label, whole=("EPCI", settings.EPCI_CODE), parts=communes_of_today)
    )

"""The Bridgestone story: dated, attested points, one lane a perimeter, never joined."""

from agglo.charts import Chart, Line, Point
from agglo.charts.french import number, period_label
from agglo.figures import reading
from agglo.figures.models import Quotation
from agglo.figures.reading import Figure
from agglo.figures.vocabulary import Qualifier
from agglo.figures.wording import MARKS, QUALIFIED

# A lane is the perimeter the source gives; on it, the statements, each with what it counts.
# A figure of one lane is never compared with one of another.
LANES: dict[str, dict[str, str]] = {
    "Effectif du site": {"B01": "salariés à l’annonce"},
    "Sur 863 salariés": {"B04": "en CDI ou CDD long", "B11": "en CDI"},
    "827 personnes concernées": {"F01": "solutions identifiées"},
    "786 personnes accompagnées": {
        "B19": "avec une solution",
        "B20": "en CDI ou CDD long",
        "B21": "créations d’entreprise",
    },
}
MEASURES = [
    "pse-postes-annonces",
    "pse-cdi-cdd-longs",
    "pse-cdi",
    "pse-solutions",
    "pse-avec-solution",
    "pse-creations",
    "pse-retraites",
    "pse-autres-solutions",
    "pse-accompagnes",
]
PLAN = [("PLAN", "bridgestone-bethune")]
OUTCOMES = {
    "B20": "CDI ou CDD de plus de six mois",
    "B21": "Création d’entreprise",
    "B22": "Retraite ou préretraite",
    "B23": "Autre solution",
}


def statements() -> dict[str, Figure]:
    """What was said of the plan, by the mark of its quotation (« F01 »). Three queries."""
    infos = reading.find_series(MEASURES, PLAN, every_account=True)
    figures = [f for found in reading.points(infos).values() for f in found if f.quotation_id]
    keys = dict(Quotation.objects.filter(pk__in=[f.quotation_id for f in figures]).values_list("pk", "key"))
    return {keys[f.quotation_id]: f for f in figures}


def _point(figure: Figure, note: str, x: str | None = None) -> Point:
    return Point(
        x=x or _when(figure),
        label=period_label(figure.start, figure.end),
        value=figure.value,
        mark=MARKS[figure.evidence],
        note=note,
        qualifier=QUALIFIED.get(Qualifier(figure.qualifier), ""),
        perimeter="",
        url=f"/chiffres/{figure.id}/",
    )


def _when(figure: Figure) -> str:
    """The period as the chart reads it: a year, a quarter, a month or a day, each drawn at its place."""
    start, end = figure.start, figure.end
    if start == end:
        return start.isoformat()
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year)
    if start.month == end.month:
        return f"{start.year}-{start.month:02}"
    return f"{start.year}-T{(end.month + 2) // 3}"


def strip(said: dict[str, Figure]) -> Chart | None:
    """The strip of the home page; None while the facts are not loaded."""
    lines = []
    for lane, wanted in LANES.items():
        found = [_point(said[key], note) for key, note in wanted.items() if key in said]
        if found:
            lines.append(Line(name=lane, points=found, subject=lane.startswith("786")))
    if not lines:
        return None
    solved, base = said.get("B19"), said.get("B18")
    answer = ""
    if solved and base and solved.has_value and base.has_value:
        answer = (
            f"En {period_label(solved.start, solved.end)}, {number(solved.value)} des {number(base.value)} "
            "personnes accompagnées avaient une solution, selon la presse. "
        )
    return Chart(
        key="bridgestone",
        question="Que sont devenus les salariés de Bridgestone ?",
        reading=f"{answer}Au fil du temps, les sources ne comptent pas les mêmes personnes : "
        "chaque périmètre a sa ligne.",
        kind="strip",
        lines=lines,
        source="La Gazette France, CNews, Eco121, Tendances & co",
        source_url="/plans/bridgestone-bethune/",
    )


def outcomes(said: dict[str, Figure]) -> Chart | None:
    """The kinds of solution of the 2024 statement; its four parts make its 772."""
    found = [_point(said[key], "", label) for key, label in OUTCOMES.items() if key in said]
    if len(found) < len(OUTCOMES) or "B19" not in said:
        return None
    total = said["B19"].value
    return Chart(
        key="bridgestone-solutions",
        question="Sept fois sur dix, la solution est un contrat"
        if said["B20"].value * 10 >= 7 * total
        else "",
        reading=f"{said['B20'].value:.0f} des {total:.0f} personnes qui avaient une solution en 2024 "
        "avaient signé un CDI ou un CDD de plus de six mois.",
        kind="hbar",
        lines=[Line(name="Personnes", points=found, subject=True)],
        unit="personnes",
        unit_label=f"personnes, parmi les {total:.0f} avec une solution",
        zero=True,
        source="La Gazette France, 2024 (date déduite)",
        source_url="/plans/bridgestone-bethune/",
    )

"""Sample charts of every kind, for the tests and for looking at."""

import csv
from decimal import Decimal
from pathlib import Path

from agglo.charts import Chart, ChartBreak, ChartTarget, Line, Mark, Point

# Insee, taux de chômage localisés, editions of T3 2023 and T4 2025, from 2021 on.
RATES = Path(__file__).with_name("unemployment_rates.csv")


def rates(edition: str) -> dict[str, dict[str, Decimal]]:
    """zone -> quarter -> rate, from Insee's file."""
    with RATES.open(encoding="utf-8") as file:
        out: dict[str, dict[str, Decimal]] = {}
        for row in csv.DictReader(file, delimiter=";"):
            if row["edition"] == edition:
                zone = out.setdefault(row["libelle"].partition(" (")[0], {})
                zone[row["trimestre"]] = Decimal(row["taux_cvs_pct"])
    return out


def unemployment(since: str = "2021-T1", revised: bool = True) -> Chart:
    now, before = rates("2025-T4"), rates("2023-T3")
    lines = []
    for zone, values in now.items():
        points = []
        quarters = [q for q in values if q >= since]
        for quarter in quarters:
            old = before.get(zone, {}).get(quarter)
            value = values[quarter]
            points.append(
                Point(
                    x=quarter,
                    value=value,
                    mark=Mark.PROVISIONAL if quarter == quarters[-1] else Mark.OBSERVED,
                    revised_from=old if revised and old is not None and old != value else None,
                )
            )
        lines.append(Line(zone, points, subject=zone == "Béthune"))
    return Chart(
        key="EMP-01",
        question="Le chômage baisse-t-il dans la zone d’emploi de Béthune ?".replace(" ?", "\u202f?"),
        reading="Au T4 2025, le taux de chômage de la zone d’emploi de Béthune dépasse celui de ses voisines "
        "d’Arras et de Saint-Omer.",
        kind="line",
        lines=lines,
        unit="%",
        unit_label="% de la population active",
        decimals=1,
        breaks=[ChartBreak("2020-04", "Confinement")],
        target=None,
        source="Insee, taux de chômage localisés, édition T4 2025",
        source_url="/sources/#insee",
        download_url="/indicateurs/EMP-01.csv",
        figure_url="/indicateurs/EMP-01/figure.json",
    )


def gaps() -> Chart:
    values = [12, 14, None, None, 9, 11, None, 13, 15, 16]
    states = {2: "masked", 3: "masked", 6: "missing", 10: "pending"}
    points = [
        Point(
            x=str(2015 + i),
            value=v,
            state=states.get(i, "value"),
            mark=Mark.ESTIMATED if i >= 8 else Mark.OBSERVED,
        )
        for i, v in enumerate([*values, None])
    ]
    return Chart(
        key="GAPS",
        question="Combien d’entreprises sont créées chaque année ?",
        reading="Exemple fictif : les lacunes restent ouvertes.",
        kind="line",
        lines=[Line("", points, subject=True)],
        unit="entreprises",
        target=ChartTarget(18, "Objectif 2026"),
        demo=True,
        zero=True,
    )


def bars() -> Chart:
    marks = [Mark.OBSERVED, Mark.COMMITTED, Mark.ANNOUNCED, Mark.POTENTIAL, Mark.ESTIMATED]
    names = ["Constaté", "Engagé", "Annoncé", "Potentiel", "Estimé"]
    values = [1240, 860, 2549, 1400, 990]
    points = [Point(n, v, mark=m) for n, v, m in zip(names, values, marks, strict=True)]
    points.append(Point("Secret", state="masked"))
    return Chart(
        key="BARS",
        question="Combien d’emplois, et à quel point est-ce sûr ?",
        reading="Exemple fictif : les emplois annoncés, engagés et constatés se lisent côte à côte.",
        kind="bar",
        lines=[Line("Emplois", points)],
        unit="emplois",
        demo=True,
        source="Exemple",
        download_url="/x.csv",
    )


def yearly_bars() -> Chart:
    values = [310, 325, 298, 340, 372, 365, 401, 395, 420, 455, 430, 470]
    points = [
        Point(str(2014 + i), v, low=v - 30 if i == 11 else None, high=v + 25 if i == 11 else None)
        for i, v in enumerate(values)
    ]
    return Chart(
        key="YEARS",
        question="Combien de ventes par an ?",
        reading="Exemple fictif.",
        kind="bar",
        lines=[Line("Ventes", points)],
        unit="ventes",
        target=ChartTarget(450),
        breaks=[ChartBreak("2020", "Changement de définition")],
    )


def communes() -> Chart:
    names = ["Béthune", "Bruay-la-Buissière", "Lillers", "Nœux-les-Mines", "Isbergues", "Auchel"]
    values = [25430, 21670, 10120, 11630, 8760, None]
    points = [Point(n, v, state="value" if v else "missing") for n, v in zip(names, values, strict=True)]
    return Chart(
        key="HBAR",
        question="Quelles communes sont les plus peuplées ?",
        reading="Exemple fictif.",
        kind="hbar",
        lines=[Line("Population", points)],
        unit="habitants",
    )


def solutions() -> Chart:
    parts = {"CDI ou CDD de plus de 6 mois": 544, "Création d’entreprise": 115, "Retraite": 89, "Autres": 24}
    points = [Point(n, v) for n, v in parts.items()]
    return Chart(
        key="SOL",
        question="Que sont devenus les salariés accompagnés ?",
        reading="Sept personnes accompagnées sur dix ont signé un CDI ou un CDD de plus de six mois.",
        kind="hbar",
        lines=[Line("Personnes", points)],
        unit="personnes",
        unit_label="personnes, sur 786 accompagnées",
        source="La Gazette France",
        source_url="/sources/",
    )


def stacked() -> Chart:
    years = ["2021", "2022", "2023", "2024"]
    data = {"Industrie": [40, 42, 45, 47], "Services": [90, 95, 99, 104], "Construction": [12, 13, 12, 11]}
    return Chart(
        key="STACK",
        question="Quels secteurs recrutent ?",
        reading="Exemple fictif.",
        kind="stacked",
        lines=[Line(n, [Point(y, v) for y, v in zip(years, vs, strict=True)]) for n, vs in data.items()],
        unit="projets",
    )


def strip() -> Chart:
    site = [
        Point(
            "2020-09-16",
            863,
            note="postes annoncés supprimés",
            perimeter="effectif du site",
            mark=Mark.ANNOUNCED,
        ),
    ]
    on863 = [
        Point("2021-03", 120, note="CDI ou CDD de plus de 6 mois"),
        Point("2021-03", 120, note="en formation"),
        Point("2021-04-29", 70, note="préretraites"),
        Point("2021-04-29", 141, note="CDI retrouvés"),
        Point("2021-04-29", 274, note="demandes de formation"),
    ]
    on827 = [
        Point("2022-01", 419, note="solutions identifiées"),
        Point("2022-01", 43, note="projets de création"),
    ]
    on786 = [
        Point("2024", 772, note="avec une solution"),
        Point("2024", 544, note="CDI ou CDD de plus de 6 mois"),
        Point("2024", 115, note="créations d’entreprise"),
    ]
    near = [
        Point("2021-04-21", 180, note="CDI ou CDD de plus de 6 mois", qualifier="at_least"),
        Point("2021-04-21", 20, note="créations d’entreprise", qualifier="about"),
    ]
    return Chart(
        key="BRIDGESTONE",
        question="Que sont devenus les salariés de Bridgestone ?",
        reading="Quatre ans après, 772 des 786 personnes accompagnées avaient une solution.",
        kind="strip",
        lines=[
            Line("Effectif du site", site),
            Line("Sur 863 salariés", on863, subject=True),
            Line("Périmètre non précisé", near),
            Line("Sur 827 personnes concernées", on827),
            Line("Sur 786 personnes accompagnées", on786),
        ],
        source="Presse régionale",
        source_url="/sources/",
        note="Les périmètres diffèrent : ces points ne se relient pas.",
    )


def dots() -> Chart:
    zones = ["Béthune", "Lens", "Saint-Omer", "Arras", "Lille"]
    first = [9.9, 12.1, 8.6, 7.2, 9.1]
    last = [8.7, 11.0, 7.6, 6.1, 8.4]
    return Chart(
        key="DOTS",
        question="Où le chômage a-t-il le plus reculé ?",
        reading="Exemple fictif.",
        kind="dots",
        lines=[
            Line("2019", [Point(z, v, low=v - 0.4, high=v + 0.4) for z, v in zip(zones, first, strict=True)]),
            Line("2025", [Point(z, v) for z, v in zip(zones, last, strict=True)], subject=True),
        ],
        unit="%",
        decimals=1,
    )


def waterfall() -> Chart:
    return Chart(
        key="NET",
        question="Combien d’emplois restent une fois les doubles comptes retirés ?",
        reading="Exemple fictif.",
        kind="waterfall",
        lines=[
            Line(
                "Emplois",
                [
                    Point("Annoncés", 1240, total=True),
                    Point("Comptés deux fois", -310),
                    Point("Transférés dans l’agglomération", -180),
                    Point("Net", 750, total=True),
                ],
            )
        ],
        unit="emplois",
    )


def empty() -> Chart:
    return Chart(
        key="NONE",
        question="Quel est le revenu médian ?",
        reading="",
        kind="line",
        lines=[Line("", [Point("2024", state="pending"), Point("2025", state="pending")])],
        unit="€",
    )


def everything() -> list[Chart]:
    return [
        unemployment(),
        short(),
        strip(),
        gaps(),
        bars(),
        yearly_bars(),
        communes(),
        solutions(),
        stacked(),
        dots(),
        waterfall(),
        empty(),
    ]


def short() -> Chart:
    chart = unemployment()
    chart.key = "EMP-01-recent"
    chart.target = ChartTarget(Decimal("7.0"), "Objectif 2027")
    chart.zero = True
    return chart

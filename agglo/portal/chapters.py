"""The chapters of the home page: one an axis, two attested figures each, a chart where the data make one."""

from dataclasses import dataclass, field

from django.conf import settings

from agglo.charts import Chart, Line, Point
from agglo.charts.french import number, period_label
from agglo.figures.reading import Figure, Key
from agglo.figures.wording import MARKS
from agglo.opendata.lateness import Lateness

ZONE = ("ZE2020", "3205")
UNEMPLOYMENT = "taux-chomage-localise"
EPCI = ("EPCI", settings.EPCI_CODE)

# slug of the axis, what it is called here, the sentence under it, its two figures.
AXES: tuple[tuple[str, str, str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "industrie",
        "Relever le défi industriel",
        "Des sites industriels accompagnés un à un, des projets soutenus par France Relance.",
        (("sites-industriels", *EPCI), ("france-relance-dossiers", *EPCI)),
    ),
    (
        "innovation",
        "Accompagner l’innovation du territoire",
        "Un accélérateur, une convention avec l’université, des recrutements annoncés pour le numérique.",
        (("accelerateurs-rev3", *EPCI), ("ambassadeurs-numeriques", *EPCI)),
    ),
    (
        "entrepreneuriat-formation",
        "Investir sur l’entrepreneuriat et la formation",
        "Une école de production ouverte à Lillers, où l’on apprend un métier en produisant.",
        (("ecole-eleves", "SCHOOL", "ep2b"), ("ecoles-production", "FRANCE", "F")),
    ),
    (
        "economie-locale",
        "Maintenir le tissu économique de proximité",
        "Commerces, artisans, économie sociale : trois comptes différents, qui ne s’additionnent pas.",
        (("commerces-proximite", *EPCI), ("entreprises-artisanales", *EPCI)),
    ),
)


@dataclass(frozen=True, slots=True)
class Chapter:
    slug: str
    name: str
    sentence: str
    figures: list[Figure] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"/axes/{self.slug}/"


def measures() -> set[str]:
    return {measure for *_, wanted in AXES for measure, _, _ in wanted}


def chapters(found: dict[Key, Figure]) -> list[Chapter]:
    """A figure that is not loaded leaves its place empty; a chapter without any still leads to its axis."""
    by_measure: dict[str, Figure] = {key[0]: figure for key, figure in found.items()}
    return [
        Chapter(slug, name, sentence, [by_measure[m] for m, _, _ in wanted if m in by_measure])
        for slug, name, sentence, wanted in AXES
    ]


def unemployment(rows: dict[Key, list[Figure]], late: Lateness) -> Chart | None:
    """The zone of Béthune among its neighbours and France, in the last edition."""
    mine = rows.get((UNEMPLOYMENT, *ZONE))
    if not mine:
        return None
    france = rows.get((UNEMPLOYMENT, "FRANCE", "F")) or []
    last = mine[-1]
    gap = _gap(last, france)
    period = period_label(last.start, last.end)
    return Chart(
        key="EMP-01",
        question=f"Zone de Béthune\u00a0: {number(last.value, 1)}\u00a0% de chômeurs au {period}",
        reading=f"{gap} Ce taux n’existe pas pour l’agglomération, seulement par zone d’emploi.".strip(),
        kind="line",
        lines=[_line(key, figures) for key, figures in rows.items() if figures],
        unit="%",
        unit_label="% des actifs résidents, corrigé des variations saisonnières",
        decimals=1,
        source=f"Insee, taux de chômage localisés, édition {period}",
        source_url="/sources/",
        late=late.words(last.series),
        download_url="/indicateurs/EMP-01.csv",
    )


def _gap(last: Figure, france: list[Figure]) -> str:
    same = next((f for f in france if (f.start, f.end) == (last.start, last.end) and f.has_value), None)
    if same is None or not last.has_value:
        return ""
    gap = round(last.value, 1) - round(same.value, 1)
    side = "de plus" if gap > 0 else "de moins"
    return (
        f"C’est {number(abs(gap), 1)}\u00a0point{'s' if abs(gap) >= 2 else ''} {side} qu’en France."
        if gap
        else ""
    )


def _line(key: Key, figures: list[Figure]) -> Line:
    return Line(
        name=figures[0].series.subject,
        subject=key[1:] == ZONE,
        points=[
            Point(x=f"{f.start.year}-T{(f.start.month + 2) // 3}", value=f.value, mark=MARKS[f.evidence])
            for f in figures
            if f.has_value
        ],
    )

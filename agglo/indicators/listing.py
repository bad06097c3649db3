"""The catalogue page: indicators by axis, searched without accents, each with the state of its data."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Prefetch

from agglo.indicators.models import Axis, Followed, Indicator
from agglo.opendata.declaration import declared

WORDS = {
    "disponible": "chiffres disponibles",
    "declare": "source raccordée, pas encore relevée",
    "attendu": "source à raccorder",
}


@dataclass(slots=True)
class Line:
    """One indicator and where its data stand."""

    indicator: Indicator
    state: str

    @property
    def words(self) -> str:
        return WORDS[self.state]


def states(indicators) -> dict[int, str]:
    """Which indicators have public figures, which only a declared source. One query."""
    sql = """
        SELECT f.indicator_id FROM indicators_followed f WHERE EXISTS (
            SELECT 1 FROM figures_measureversion v JOIN figures_series s ON s.measure_version_id = v.id
            AND s.public
            WHERE v.measure_id = f.measure_id)
    """
    with connection.cursor() as cursor:
        cursor.execute(sql)
        answered = {row[0] for row in cursor.fetchall()}
    mapped = {measured.measure for one in declared().values() for measured in one.measures}
    found = {}
    for one in indicators:
        if one.pk in answered:
            found[one.pk] = "disponible"
        elif any(followed.measure.code in mapped for followed in one.followed.all()):
            found[one.pk] = "declare"
        else:
            found[one.pk] = "attendu"
    return found


def catalogue_page(asked) -> dict:
    """Context of the page. `asked`: q (words), axe (slug), etat (disponible, declare, attendu)."""
    words, slug, state = asked.get("q", "").strip()[:80], asked.get("axe", ""), asked.get("etat", "")
    followed = Prefetch("followed", Followed.objects.select_related("measure"))
    indicators = list(Indicator.objects.search(words).prefetch_related(followed))
    known = states(indicators)
    axes = list(Axis.objects.all())
    chapters = []
    for axis in axes:
        lines = [Line(one, known[one.pk]) for one in indicators if one.axis_id == axis.pk]
        lines = [line for line in lines if not state or line.state == state]
        if lines and slug in ("", axis.slug):
            chapters.append((axis, lines))
    shown = [line for _, lines in chapters for line in lines]
    return {
        "axes": axes,
        "chapters": chapters,
        "words": words,
        "slug": slug,
        "state": state,
        "states": WORDS,
        "shown": len(shown),
        "available": sum(line.state == "disponible" for line in shown),
        "filtered": bool(words or slug or state),
    }

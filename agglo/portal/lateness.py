"""Two words on a headline figure: who is late with it, nothing when nobody is."""

from agglo.figures.reading import Figure
from agglo.opendata.duties import Entered
from agglo.opendata.formulas import measures_behind, official_behind
from agglo.opendata.freshness import Freshness, Standing

# The first that holds is said.
WORDS = {
    Standing.FAILED: "notre actualisation a échoué",
    Standing.STAFF_LATE: "saisie en retard",
    Standing.SOURCE_LATE: "source en retard",
    Standing.SUSPENDED: "suspendu par le producteur",
}


def late_words(shown: Figure, standing: list[Freshness], owed: list[Entered]) -> str:
    """`standing` and `owed` are those of everything, asked once for a whole page."""
    info = shown.series
    codes, measures = official_behind(info.dataset), measures_behind([info.measure])
    states = {fresh.state for fresh in standing if fresh.code in codes}
    states |= {
        one.state
        for one in owed
        if one.owed.subject == (info.scheme, info.code) and measures & set(one.duty.measures)
    }
    return next((words for state, words in WORDS.items() if state in states), "")

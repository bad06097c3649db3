"""The attested facts: all there, worded, dated as their sources date them, loaded once."""

import csv
import json
from datetime import date

from agglo.figures import reading
from agglo.figures.facts.loading import FOLDER, load_facts
from agglo.figures.models import Contradiction, Observation, Quotation
from agglo.figures.vocabulary import Dating, Evidence, Origin, Qualifier

BETHUNE_ZONE = ("ZE2020", "3205")


def fact(key: str) -> Observation:
    return Observation.objects.get(quotation__key=key, known_to__isnull=True)


def test_loading_twice_adds_nothing(facts):
    before = Observation.objects.count()
    again = load_facts()
    assert (again.added, again.revised) == (0, 0)
    assert Observation.objects.count() == before > 500


def test_every_figure_of_the_article_keeps_its_number_and_its_words(facts, samples):
    article = json.loads((samples.parent / "reference/article_facts.json").read_text())
    for figure in article["figures"]:
        row = fact(figure["id"])
        expected = figure["valeur"] if isinstance(figure["valeur"], list) else [figure["valeur"]]
        if figure["id"] == "F08":
            expected = [50]  # a half, kept as « environ la moitié », in percent
        assert [float(v) for v in (row.value, row.value_high) if v is not None] == expected
        assert row.quotation.wording == figure["citation"]
        assert row.origin == Origin.ATTESTED


def test_every_press_statement_is_there_with_its_own_words(facts, samples):
    text = (samples.parent / "reference/bridgestone_observations.csv").read_text()
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    wordings = list(Quotation.objects.values_list("wording", flat=True))
    for row in rows:
        words = row["citation_courte"].strip("« »")
        if words != "idem" and "seed" not in row["source"]:
            assert words in wordings
        if row["valeur"]:
            plan = Observation.objects.filter(series__subject__code="bridgestone-bethune")
            assert plan.filter(value=row["valeur"]).exists()


def test_approximate_words_stay_approximate(facts):
    about = fact("F04")
    assert (about.value, about.qualifier, about.quotation.value_words) == (
        40,
        Qualifier.ABOUT,
        "une quarantaine",
    )
    assert fact("F08").quotation.value_words == "environ la moitié"
    assert fact("B07").qualifier == Qualifier.AT_LEAST


def test_potential_jobs_are_never_observed_and_unknown_dates_stay_unknown(facts):
    assert fact("F06").evidence == Evidence.POTENTIAL
    assert fact("F10").evidence == Evidence.ANNOUNCED
    assert fact("E01").dating == Dating.UNKNOWN
    assert fact("E01").period_start is None
    assert fact("F02").quotation.release.published_on is None


def test_a_real_revision_shows(facts):
    def rate(known_on):
        rows = reading.series(["taux-chomage-localise"], [BETHUNE_ZONE], known_on=known_on)
        found = {f.start: f.value for f in rows[("taux-chomage-localise", *BETHUNE_ZONE)]}
        return str(found[date(2021, 10, 1)])

    assert rate(date(2024, 1, 15)) == "8.5"
    assert rate(None) == "8.4"


def test_contradictory_answers_stay_side_by_side_with_one_retained_and_its_reason(facts):
    question = Contradiction.objects.get(code="perimetre-bridgestone")
    answers = {int(v) for v in question.observations.values_list("value", flat=True)}
    assert answers == {863, 864, 835, 834, 830, 827, 823, 786}
    assert question.retained.observation.value == 827
    assert question.retained.reason
    assert {
        int(v)
        for v in Contradiction.objects.get(code="eleves-ep2b").observations.values_list("value", flat=True)
    } == {10, 12}


def test_an_opening_choice_is_dated_by_what_it_chooses_between(facts):
    for question in Contradiction.objects.filter(choices__isnull=False):
        known = max(question.observations.values_list("known_from", flat=True))
        assert question.retained.chosen_at == known


def test_the_files_hold_only_what_the_loader_reads():
    assert {p.suffix for p in FOLDER.iterdir() if p.is_file()} == {".csv", ".json", ".py"}

"""Rates of a school: none of a few pupils, said in a sentence; of enough of them, with their inputs."""

from datetime import date

import pytest

from agglo.figures import reading
from agglo.figures.vocabulary import Review
from agglo.indicators.loading import load_indicators
from agglo.opendata import refresh
from agglo.opendata.formulas import computed
from employment.entering import approve_entry
from employment.models import Enrolment, Exit, Programme, Result, SchoolReport
from tests.people import person

SCHOOL = ("ECOLE", "ep2b")
RATES = (
    "ecole-taux-remplissage",
    "ecole-taux-rupture",
    "ecole-taux-reussite",
    "ecole-taux-reussite-entrants",
    "ecole-taux-emploi-6",
    "ecole-taux-emploi-12",
)
# Entered, presented, passed, studying further, at work after six months and after twelve.
RESULTS = (25, 22, 16, 10, 6, 6)


@pytest.fixture
def told(employment):
    """`told(pupils, years)`: as many reports as years, each with its autumn, its drop-outs, its session."""
    load_indicators()
    programme, author, reviewer = Programme.objects.get(), person("staff"), person("reviewer")

    def tell(scale: int, years: int) -> None:
        for place in range(years):
            year = 2022 + place
            row = SchoolReport.objects.create(
                school=programme.school,
                as_of=date(year, 10, 15),
                source="École",
                author=author,
                review=Review.SUBMITTED,
            )
            Enrolment.objects.create(report=row, programme=programme, pupils=12 * scale, capacity=16 * scale)
            Exit.objects.create(
                report=row, programme=programme, year=year, why=Exit.Why.DROPPED, pupils=6 * scale
            )
            entrants, presented, passed, further, six, twelve = (scale * one for one in RESULTS)
            Result.objects.create(
                report=row,
                programme=programme,
                year=year,
                entrants=entrants,
                presented=presented,
                passed=passed,
                further=further,
                working_6=six,
                working_12=twelve,
            )
            approve_entry(row, reviewer)
        for code in sorted(computed()):
            if code.startswith("calcul-ecole-"):
                run = refresh.refresh(code)
                assert run.status in ("succeeded", "unchanged"), run.error
        # Leavers are an input of two rates: those are worked out after them.
        for code in ("calcul-ecole-taux-emploi-6", "calcul-ecole-taux-emploi-12"):
            refresh.refresh(code)

    return tell


def rates() -> dict[str, list[tuple[int, int, float]]]:
    infos = reading.find_series(list(RATES), [SCHOOL])
    held = reading.points(infos)
    return {
        info.measure: [
            (f.start.year, f.end.year, round(float(f.value), 1)) for f in held[info.id] if f.has_value
        ]
        for info in infos
    }


def body(response) -> str:
    assert response.status_code == 200
    return response.content.decode().replace("&nbsp;", " ").replace("\u00a0", " ").replace("\u202f", " ")


def test_one_small_cohort_shows_counts_and_says_why_there_is_no_rate(told, client):
    told(1, 1)
    assert not any(rates().values())
    page = body(client.get("/ecoles/ep2b/"))
    assert "Trop peu d’élèves pour un taux : des nombres, en cumulant les années." in page
    assert "Trop peu d’élèves pour un taux de remplissage ou de rupture" in page
    results = page[page.index('id="resultats"') :].split("</section>")[0]
    assert "%" not in results
    for code in ("FOR-05", "FOR-06", "FOR-07", "FOR-08"):
        assert "Sous 30 élèves" in body(client.get(f"/indicateurs/{code}/"))


def test_three_small_cohorts_added_up_have_rates_over_their_named_denominators(told, client):
    told(1, 3)
    found = rates()
    assert found["ecole-taux-remplissage"] == [(2022, 2025, 75.0)]
    assert found["ecole-taux-rupture"] == [(2022, 2025, 50.0)]
    assert found["ecole-taux-reussite"] == [(2022, 2024, 72.7)]
    assert found["ecole-taux-reussite-entrants"] == [(2022, 2024, 64.0)]
    assert found["ecole-taux-emploi-6"] == found["ecole-taux-emploi-12"] == [(2022, 2024, 50.0)]
    page = body(client.get("/ecoles/ep2b/"))
    assert "Trop peu d’élèves" not in page
    for words in (
        "72,7 %",
        "des présentés sont reçus",
        "75,0 %",
        "des places sont occupées, rentrées 2022 à 2024",
    ):
        assert words in page
    figure = reading.latest(["ecole-taux-reussite"], [SCHOOL])["ecole-taux-reussite", *SCHOOL]
    card = body(client.get(f"/chiffres/{figure.id}/"))
    assert "présentés à l’examen" in card
    assert "à partir de 30" in card
    assert "72,7" in body(client.get("/indicateurs/FOR-07/"))


def test_one_large_cohort_has_its_rate_at_once(told):
    told(2, 1)
    found = rates()
    assert found["ecole-taux-reussite"] == [(2022, 2022, 72.7)]
    # Twenty-four leavers are too few.
    assert not found.get("ecole-taux-emploi-6")
    assert found["ecole-taux-remplissage"] == [(2022, 2023, 75.0)]


def test_a_masked_number_has_no_rate(told, employment):
    """Two who dropped out of 48 would be told by the rate and its denominator."""
    programme, reviewer = Programme.objects.get(), person("reviewer", email="other@exemple.fr")
    author = person("staff", email="more@exemple.fr")
    for year in (2022, 2023, 2024):
        row = SchoolReport.objects.create(
            school=programme.school, as_of=date(year, 10, 15), source="École", author=author, review=1
        )
        Enrolment.objects.create(report=row, programme=programme, pupils=16, capacity=16)
        Exit.objects.create(report=row, programme=programme, year=year, why=Exit.Why.DROPPED, pupils=1)
        row.review = Review.SUBMITTED
        row.save()
        approve_entry(row, reviewer)
    assert refresh.refresh("calcul-ecole-taux-rupture").status == "succeeded"
    assert not rates().get("ecole-taux-rupture")

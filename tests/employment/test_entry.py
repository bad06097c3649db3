"""A follow-up from the commission’s table to the ledger: read, checked, approved, masked, corrected."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agglo.figures.models import Observation
from agglo.figures.vocabulary import Qualifier, Reason, State
from employment import personal_data
from employment.approving import CannotApprove, approve
from employment.checks import Told, warnings
from employment.models import Category, FollowUp
from employment.pasting import known_names, people, read
from tests.employment.followed import submitted
from tests.people import person

PASTED = """Situation des salariés\t\t
Situation\tEffectif\tPart
CDI\t1\u202f240\t45,2\u00a0%
Création d’entreprise\tenv. 40\t5 %
Retraite\t-3\t
Formation\t12,5\t
Licorne\t7\t
Recherche d’emploi\t\t12 %
CDI\t9\t
Total\t1 300\t"""


def test_a_pasted_table_is_understood_or_refused_line_by_line(employment):
    found, refused = read(PASTED, known_names(Category.objects.all()))
    assert [(row.code, row.count, row.qualifier) for row in found] == [
        ("CDI_EXTERNE", 1240, Qualifier.EXACT),
        ("CREATION", 40, Qualifier.ABOUT),
        ("total", 1300, Qualifier.EXACT),
    ]
    said = {row.line: row.why for row in refused}
    for line, word in (
        (5, "négatif"),
        (6, "sans virgule"),
        (7, "case qui convient"),
        (8, "pourcentage"),
        (9, "deux fois"),
    ):
        assert word in said[line]
    assert len(said) == 5


def test_headings_that_bear_a_date_and_notes_are_not_taken_for_situations(employment):
    table = (
        "Situation au 30/06/2025\t\t\n\tEffectif au 30/06/2025\t%\nSituation\t2025\t%\nCDI\t40\t5 %\n"
        "Situation inconnue\t3\t\nSource\u00a0: commission du 12/07/2025"
    )
    found, refused = read(table, known_names(Category.objects.all()))
    assert [(row.code, row.count) for row in found] == [("CDI_EXTERNE", 40), ("INCONNU", 3)]
    assert refused == []


@given(st.integers(0, 10**6), st.sampled_from(["", "\u00a0", "\u202f", " "]))
def test_any_number_of_people_is_read_back_however_its_thousands_are_parted(count, space):
    assert people(f"{count:,}".replace(",", space)) == (count, Qualifier.EXACT)


SOLUTIONS = frozenset({"CDI", "CREATION", "RETRAITE", "AUTRE"})


def test_the_attested_count_holds_and_a_missing_line_does_not():
    counts = {"CDI": 544, "CREATION": 115, "RETRAITE": 89, "AUTRE": 24}
    assert warnings(Told(date(2024, 1, 1), counts, SOLUTIONS, 786, 772)) == []
    del counts["AUTRE"]
    (only,) = warnings(Told(date(2024, 1, 1), counts, SOLUTIONS, 786, 772))
    assert "748" in only


def test_what_is_odd_is_said_and_nothing_is_refused():
    before = Told(date(2021, 2, 1), {"CDI": 196}, SOLUTIONS, 863)
    told = Told(date(2020, 3, 1), {"CDI": 120, "CREATION": 900}, SOLUTIONS, 863)
    found = " ".join(warnings(told, before, date(2020, 9, 16), beside="Eco121"))
    for words in ("dépasse le périmètre", "changement de définition", "avant le plan", "seront gardés"):
        assert words in found


@pytest.mark.parametrize(
    "text",
    [
        "voir jean.martin@exemple.fr",
        "appeler 06 12 34 56 78",
        "Mme Durand part",
        "arrêt maladie",
        "délégué CGT",
    ],
)
def test_a_text_about_somebody_is_warned_of(text):
    assert personal_data.warning(text)


def test_a_text_about_numbers_is_not():
    assert personal_data.warning("544 ont signé un contrat CDI ou CDD supérieur à six mois, sur 786.") == ""


@given(st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.fr", fullmatch=True), st.text(max_size=20))
def test_an_address_is_seen_wherever_it_stands(address, around):
    assert "une adresse électronique" in personal_data.found(f"{around} {address} fin")


@pytest.fixture
def make(employment):
    author = person("staff")

    def made(counts: dict[str, int], base: int, **more) -> FollowUp:
        at = {"day": date(2022, 6, 30), "dataset": "suivi-cabinet"}
        return submitted(counts, base=base, author=author, **at, **more)

    return made


COUNTS = {"CDI_EXTERNE": 300, "CREATION": 60, "AUTRE_SOLUTION": 3, "RECHERCHE_ACTIVE": 200}


def public() -> dict[str, Observation]:
    rows = (
        Observation.objects.visible_to(None).known_on().filter(series__dataset__code__startswith="suivi-cab")
    )
    return {row.series.breakdown.key or row.series.measure_version.measure.code: row for row in rows}


def test_one_may_not_approve_ones_own(make):
    row = make(COUNTS, 786)
    with pytest.raises(CannotApprove, match="Une autre personne"):
        approve(row, row.author)


def test_a_small_number_never_enters_a_public_series(make, client):
    approve(make(COUNTS, 786), person("reviewer"))
    rows = public()
    small = rows["SITUATION=AUTRE_SOLUTION"]
    assert (small.value, small.state) == (None, State.CONFIDENTIAL)
    assert sum(row.state == State.CONFIDENTIAL for row in rows.values()) >= 2
    exact = Observation.objects.get(series__breakdown__key="SITUATION=AUTRE_SOLUTION", series__public=False)
    assert exact.value == 3
    assert client.get(f"/chiffres/{exact.pk}/").status_code == 404
    body = client.get("/plans/bridgestone-bethune/bilan/").content.decode()
    assert '<td class="num">s</td>' in body
    assert ";Autre solution;s" in client.get("/plans/bridgestone-bethune/bilan.csv").content.decode()


def test_a_correction_opens_a_new_interval_with_its_reason_and_keeps_the_old_page(make):
    reviewer = person("reviewer")
    first = approve(make(COUNTS | {"AUTRE_SOLUTION": 30}, 786), reviewer)
    wrong = Observation.objects.get(series__breakdown__key="SITUATION=CDI_EXTERNE", series__public=True)
    told = {"corrects": first, "reason": Reason.ENTRY_ERROR, "reason_words": "Faute de frappe."}
    approve(make(COUNTS | {"CDI_EXTERNE": 310, "AUTRE_SOLUTION": 30}, 786, **told), reviewer)
    wrong.refresh_from_db()
    now = public()["SITUATION=CDI_EXTERNE"]
    assert (wrong.value, now.value) == (300, 310)
    assert (now.reason, now.reason_words) == (Reason.ENTRY_ERROR, "Faute de frappe.")
    assert wrong.known_to == now.known_from
    assert FollowUp.objects.in_force(wrong.known_from).get(dataset="suivi-cabinet").pk == first.pk


def test_a_correction_does_not_unmask_what_was_masked(make):
    reviewer = person("reviewer")
    first = approve(make(COUNTS, 786), reviewer)
    told = {"corrects": first, "reason": Reason.ENTRY_ERROR, "reason_words": "Trois de plus."}
    approve(make(COUNTS | {"AUTRE_SOLUTION": 6}, 786, **told), reviewer)
    assert public()["SITUATION=AUTRE_SOLUTION"].state == State.CONFIDENTIAL

"""The reference territories: how many, who belongs where and when, what overlaps, what is found."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from agglo.figures import reading
from agglo.figures.models import Observation, Subject
from agglo.territory.models import Kind, Membership, Overlap, Territory
from agglo.territory.population import MUNICIPALE, TOTALE, add_up_communes, measure_overlaps
from agglo.territory.tasks import follow_populations
from tests.territory.conftest import load

EPCI = ("EPCI", "200072460")
LATER = date(2030, 1, 1)


def test_the_hundred_communes_lie_in_five_zones(loaded):
    assert Territory.objects.communes_of().count() == 100
    shared = {o.zone.code: o.communes for o in Overlap.objects.select_related("zone__subject")}
    assert shared == {"3205": 86, "3215": 6, "3219": 4, "3216": 3, "3203": 1}


def test_every_level_is_there_under_the_codes_of_insee(loaded):
    counts = {kind: Territory.objects.filter(kind=kind).count() for kind in Kind.values}
    assert counts == {"COM": 100, "EPCI": 18, "ZE2020": 5, "DEP": 2, "REG": 1, "FRANCE": 1}
    assert Subject.objects.get(scheme="COM", code="62119").path == "/communes/62119/"


def test_the_population_of_the_epci_is_the_sum_of_its_communes_year_by_year(loaded):
    figures = reading.series([MUNICIPALE], [EPCI])[(MUNICIPALE, *EPCI)]
    assert [(f.end.year, int(f.value)) for f in figures] == [(2022, 275_736), (2023, 275_028)]


def test_the_older_edition_stays_a_series_of_its_own_with_an_inferred_year(loaded):
    accounts = reading.find_series([MUNICIPALE, TOTALE], [EPCI], every_account=True)
    older = [s for s in accounts if s.dataset == "dgcl-composition-epci"]
    found = {s.measure: reading.points(older)[s.id][0] for s in older}
    assert int(found[MUNICIPALE].value) == 275_327
    assert int(found[TOTALE].value) == 278_431
    assert found[MUNICIPALE].dating == 1
    assert {s.rank for s in older} == {1}


def test_loading_twice_writes_nothing(loaded):
    assert "127 ajoutés" in loaded
    before = Observation.objects.count()
    with CaptureQueriesContext(connection) as queries:
        again = load()
    assert "0 ajoutés, 0 modifiés, 127 inchangés" in again
    assert "0 ajoutés, 0 révisés, 336 inchangés" in again
    assert Observation.objects.count() == before
    assert len(queries) < 80


def test_a_changed_name_is_put_right_and_counted(loaded):
    Subject.objects.filter(scheme="COM", code="62119").update(name="Bethune", search_key="x")
    assert "1 modifiés" in load()
    assert Subject.objects.get(scheme="COM", code="62119").name == "Béthune"


def test_a_commune_that_leaves_is_counted_until_the_day_it_leaves(loaded):
    Membership.objects.filter(child__subject__code="62119", parent__kind="EPCI").update(valid_to=LATER)
    assert Territory.objects.communes_of(on=date(2029, 12, 31)).count() == 100
    assert Territory.objects.communes_of(on=LATER).count() == 99


def test_nothing_is_said_of_a_membership_before_the_day_it_was_found(loaded):
    assert Territory.objects.communes_of(on=date(2025, 12, 31)).count() == 0
    assert Territory.objects.communes_of(on=date(2026, 1, 1)).count() == 100


def test_a_commune_has_one_zone_at_a_time(loaded):
    commune = Territory.objects.coded("COM", "62119").get()
    lens = Territory.objects.coded("ZE2020", "3215").get()
    with pytest.raises(IntegrityError, match="appartient déjà"), transaction.atomic():
        Membership.objects.create(child=commune, parent=lens, valid_from=LATER, as_of=LATER)
    Membership.objects.filter(child=commune, parent__kind="ZE2020").update(valid_to=LATER)
    Membership.objects.create(child=commune, parent=lens, valid_from=LATER, as_of=LATER)
    assert list(Territory.objects.in_zone("3215", on=LATER).filter(pk=commune.pk)) == [commune]


def test_a_link_that_differs_from_the_files_is_told_and_left(loaded):
    Membership.objects.filter(child__subject__code="62119", parent__kind="ZE2020").update(
        parent=Territory.objects.coded("ZE2020", "3215").get()
    )
    assert "62119 est enregistré dans Lens" in load()
    assert Territory.objects.in_zone("3215").filter(subject__code="62119").exists()


def test_the_level_of_a_territory_is_the_scheme_of_its_subject(loaded):
    subject = Subject.objects.create(scheme="SITE", code="S1", name="Un site", kind_label="site")
    with pytest.raises(IntegrityError, match="niveau"), transaction.atomic():
        Territory.objects.create(subject=subject, kind="COM")


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("noeux", "Nœux-les-Mines"),
        ("bethune", "Béthune"),
        ("saint hilaire", "Saint-Hilaire-Cottes"),
        ("st hilaire", "Saint-Hilaire-Cottes"),
        ("62178", "Bruay-la-Buissière"),
    ],
)
def test_search_asks_for_no_accent(loaded, words, first):
    assert Territory.objects.communes_of().search(words).named()[0].name == first


def test_names_are_sorted_as_french_sorts_them(loaded):
    names = [t.name for t in Territory.objects.communes_of().named()]
    assert names.index("Béthune") < names.index("Beuvry")
    assert names.index("Estrée-Blanche") < names.index("Festubert")


def test_populations_and_zones_come_with_the_communes_in_one_query(loaded, django_assert_num_queries):
    with django_assert_num_queries(1):
        communes = list(Territory.objects.communes_of().with_population(2022).with_zone().named())
    assert sum(c.population for c in communes) == 275_736
    assert {c.zone_name for c in communes} == {"Béthune", "Lens", "Lille", "Saint-Omer", "Arras"}


def test_a_revised_population_moves_the_sum_and_the_overlap(loaded):
    from agglo.figures.models import Release
    from agglo.figures.recording import Statement, record
    from agglo.territory.population import OFFICIAL

    last = Observation.objects.get(
        series__subject__code="62119",
        series__measure_version__measure__code=MUNICIPALE,
        period_end__year=2023,
    )
    release = Release.objects.create(dataset=last.series.dataset, edition="essai")
    assert release.dataset.code == OFFICIAL
    said = Statement(
        measure=MUNICIPALE, subject=("COM", "62119"), release=release, value=last.value + 10,
        known_from=last.known_from.replace(year=last.known_from.year + 1),
        start=last.period_start, end=last.period_end,
    )  # fmt: skip
    record([said])
    follow_populations()
    assert int(reading.latest([MUNICIPALE], [EPCI])[(MUNICIPALE, *EPCI)].value) == 275_038
    assert Overlap.objects.get(zone__subject__code="3205").epci_population == 275_038
    assert add_up_communes().revised == measure_overlaps() == 0

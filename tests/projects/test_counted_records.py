"""Records are counted into the ledger by real runs, with the records behind each figure."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone

from agglo.figures import reading
from agglo.figures.models import Measure, Observation
from agglo.figures.vocabulary import Evidence, Origin, State
from agglo.indicators.loading import load_indicators
from agglo.opendata import refresh
from agglo.opendata.formulas.changed import queue_changed as queue_formulas
from agglo.opendata.models import Run, Status
from agglo.opendata.tallies import tallies
from agglo.opendata.tallies.changed import queue_changed
from agglo.opendata.tallies.tracing import trace_tally
from projects.connectors import circular, land, operations, parks, sites
from projects.demo.loading import load
from projects.entries import EPCI
from projects.models import (
    JobClaim,
    JobPool,
    Lot,
    LotState,
    OperationLine,
    Project,
    Site,
    UnitStay,
)
from tests.people import client_of, person
from tests.projects.conftest import read
from tests.projects.inventory.test_pages import add_units, adopt_inventory, new_park
from tests.projects.two import decided, proposed, request_page

TODAY = timezone.localdate
SOURCE = {"source": "relevé d’essai"}


@pytest.fixture
def catalogue(attested):
    load_indicators()


def run_all():
    """What the worker does when told: tallies first, then the formulas that read them. A test is one
    transaction, in which the ledger's stamp does not move: what was seen is forgotten.
    """
    cache.clear()
    for queued in (queue_changed, queue_formulas):
        for code in queued():
            run = refresh.execute(Run.objects.active().get(code=code).pk)
            assert run.status in (Status.SUCCEEDED, Status.UNCHANGED), run.error + run.detail


def held(measure, scheme="EPCI", code=None, breakdown=""):
    rows = Observation.objects.known_on().filter(
        series__measure_version__measure__code=measure,
        series__subject__scheme=scheme,
        series__breakdown__key=breakdown,
    )
    rows = rows.filter(series__subject__code=code or EPCI[1]).order_by("-period_start")
    return rows.first()


def park(slug="parc-essai", kind=Site.Kind.PARK, **more):
    from projects.subjects import subject_of

    subject = subject_of("SITE", slug, slug)
    return Site.objects.create(
        subject=subject, slug=slug, name=slug, kind=kind, published=True, **SOURCE, **more
    )


def lot(site, code, area, *states):
    one = Lot.objects.create(site=site, code=code, name=code, square_metres=area, **SOURCE)
    for since, works, sale, use in states:
        LotState.objects.create(lot=one, since=since, works=works, sale=sale, use=use, **SOURCE)
    return one


def test_sites_and_those_with_a_project_under_way(catalogue):
    run_all()
    figure = held(sites.SITES)
    expected = Site.objects.published().attested().filter(kind__in=sites.INDUSTRIAL)
    assert figure.value == expected.count() > 0
    assert (figure.period_start, figure.origin) == (TODAY().replace(day=1), Origin.ATTESTED)
    assert 0 < held(sites.WITH_PROJECT).value < figure.value
    share = held("part-registre-sites-avec-projet")
    assert share.value == round(held(sites.WITH_PROJECT).value * 100 / figure.value, 6)
    assert held(sites.SITES, "COM", "62119").value == 1


def test_a_change_is_counted_once_and_the_month_keeps_one_figure(catalogue):
    run_all()
    before = held(sites.WITH_PROJECT)
    assert queue_changed() == []
    Project.objects.filter(slug="plateforme-bridgestone").update(published=False)
    run_all()
    after = held(sites.WITH_PROJECT)
    assert (after.value, after.period_start) == (before.value - 1, before.period_start)
    before.refresh_from_db()
    assert before.known_to == after.known_from
    assert queue_changed() == []


def test_a_count_that_moved_with_our_records_is_no_correction_of_a_source(catalogue):
    run_all()
    share = held("part-registre-sites-avec-projet").pk
    Project.objects.filter(slug="plateforme-bridgestone").update(published=False)
    run_all()
    anybody = client_of("anonymous")
    home = read(anybody.get("/")).split(">Corrigé<")[1].split("</ul>")[0]
    elected = read(client_of("elected").get("/elus/")).split('id="attention"')[1].split("</section>")[0]
    for listed in (home, elected):
        assert "registre" not in listed and "révision par la source" in listed
    for row in read(anybody.get("/corrections/")).split("<tr>"):
        if "registre" in row and "<td" in row:
            assert "le registre a changé" in row and "révision par la source" not in row
    assert "le registre a changé" in read(anybody.get(f"/chiffres/{share}/"))
    rows = [one for one in read(anybody.get("/corrections.csv")).splitlines() if "registre-" in one]
    assert len(rows) >= 3 and all("le registre a changé" in one for one in rows)


def test_a_change_that_counts_nothing_runs_nothing(catalogue):
    run_all()
    runs = Run.objects.count()
    Site.objects.filter(slug="bridgestone-bethune").update(about="Autre présentation.")
    assert queue_changed() == []
    assert Run.objects.count() == runs


def test_invented_records_never_count(catalogue):
    run_all()
    before = held(sites.SITES).value
    load()
    run_all()
    assert held(sites.SITES).value == before
    assert not Observation.objects.filter(series__dataset__code__startswith="registre-", origin=Origin.DEMO)


def test_what_can_no_longer_be_counted_is_missing_not_zero(catalogue):
    site = park()
    plot = lot(site, "a", 10_000, (date(2020, 1, 1), "ready", "for_sale", "never_used"))
    run_all()
    assert held(land.USABLE, "SITE", site.slug).value == 1
    Lot.objects.filter(pk=plot.pk).update(square_metres=None)
    run_all()
    figure = held(land.USABLE, "SITE", site.slug)
    assert (figure.state, figure.value) == (State.MISSING, None)


def test_land_occupied_available_and_sold(catalogue):
    site, day = park(), TODAY()
    recent = day - timedelta(days=400)
    lot(
        site,
        "a",
        40_000,
        (date(2015, 1, 1), "ready", "for_sale", "never_used"),
        (recent, "ready", "sold", "occupied"),
    )
    lot(site, "b", 10_000, (date(2015, 1, 1), "ready", "for_sale", "never_used"))
    lot(site, "c", 20_000, (date(2015, 1, 1), "ready", "reserved", "never_used"))
    lot(site, "d", 90_000, (date(2015, 1, 1), "not_possible", "not_for_sale", "never_used"))
    lot(site, "e", 30_000, (date(2010, 1, 1), "ready", "sold", "occupied"))
    run_all()
    said = {m: held(m, "SITE", site.slug).value for m in (land.USABLE, land.TAKEN, land.STOCK, land.PACE)}
    assert said == {land.USABLE: 10, land.TAKEN: 7, land.STOCK: 1, land.PACE: Decimal("0.8")}
    assert held("site-taux-occupation", "SITE", site.slug).value == 70
    assert held("foncier-annees-de-stock", "SITE", site.slug).value == Decimal("1.25")
    assert held(land.STOCK).value == 1


def test_a_lot_nobody_described_leaves_no_rate(catalogue):
    site = park()
    lot(site, "a", 40_000, (date(2015, 1, 1), "ready", "sold", "unknown"))
    run_all()
    assert held(land.USABLE, "SITE", site.slug) is None


def test_density_counts_confirmed_jobs_once(catalogue):
    site = park(kind=Site.Kind.PLATFORM)
    lot(site, "a", 50_000, (date(2015, 1, 1), "ready", "sold", "occupied"))
    pool = JobPool.objects.create(slug="essai", name="essai", site=site)
    said = {"pool": pool, "evidence": Evidence.OBSERVED, "as_of": date(2026, 1, 1), **SOURCE}
    JobClaim.objects.create(scheme="implantation", number=80, **said)
    run_all()
    assert held(land.JOBS, "SITE", site.slug) is None
    JobClaim.objects.update_or_create(
        scheme="aid",
        defaults={"number": 100, "confirmed_by": "DRH", "confirmed_on": date(2026, 2, 1), **said},
    )
    run_all()
    assert held(land.JOBS, "SITE", site.slug).value == 100
    assert held("site-densite-emploi", "SITE", site.slug).value == 20
    assert held("site-densite-emploi").value == 20
    silent = park("parc-muet")
    lot(silent, "a", 10_000, (date(2015, 1, 1), "ready", "sold", "occupied"))
    run_all()
    assert held(land.TAKEN).value == 6
    assert held(land.JOBS).value is None, "nobody has counted the jobs of one of the sites"


def test_the_net_public_cost_of_an_operation(catalogue):
    site = Site.objects.get(slug="bridgestone-bethune")
    for nature, amount in (("expense", 5_000_000), ("receipt", 1_000_000), ("subsidy", 800_000)):
        OperationLine.objects.create(
            site=site, nature=nature, label=nature, amount=amount, on=date(2024, 5, 1), **SOURCE
        )
    run_all()
    assert held(operations.COST, "SITE", site.slug).value == 3_200_000
    assert held("operation-cout-par-ha", "SITE", site.slug).value == 100_000
    assert held("operation-cout-par-emploi", "SITE", site.slug) is None


def test_a_year_with_an_unknown_amount_has_no_sum_of_investments(catalogue):
    project = Project.objects.get(slug="blackstar")
    project.passages.create(gate=3, on=date(2024, 3, 1), until=date(2024, 3, 1), **SOURCE)
    run_all()
    assert held(operations.INVESTED) is None
    line = project.budget.create(label="usine", as_of=date(2024, 3, 1), planned=12_000_000, **SOURCE)
    run_all()
    assert held(operations.INVESTED).value == 12_000_000
    project.budget.create(label="usine", as_of=date(2024, 9, 1), planned=15_000_000, **SOURCE)
    run_all()
    assert held(operations.INVESTED).value == 15_000_000
    assert line.planned == 12_000_000


def test_circular_projects_by_gate(catalogue):
    run_all()
    assert held(circular.COUNTED) is None
    Project.objects.filter(slug__in=["tech-3e", "incubateur"]).update(circular=True)
    run_all()
    assert held(circular.COUNTED).value == 2
    assert held(circular.COUNTED, breakdown="ETAPE=UNDERWAY").value == 1


def test_a_change_counts_once_it_is_published_not_while_it_waits(catalogue):
    form, page = "/equipe/projets/tech-3e/modifier/", request_page("projets", "tech-3e")
    proposed(client_of(person("staff")), form, circular="on")
    run_all()
    assert held(circular.COUNTED) is None
    assert "Publiée" in decided(client_of(person("reviewer")), page, "publish")
    run_all()
    assert held(circular.COUNTED).value == 1


def test_a_figure_leads_to_the_records_counted(catalogue, client):
    run_all()
    figure = held(sites.SITES)
    traced = trace_tally(reading.read_figure(figure.pk))
    assert "/sites/bridgestone-bethune/" in {entry.path for entry in traced.entries}
    page = read(client.get(f"/chiffres/{figure.pk}/"))
    assert "Ce qui y est compté" in page and 'href="/sites/bridgestone-bethune/"' in page
    told = json.loads(client.get(f"/chiffres/{figure.pk}.json").content)["fiches_comptees"]
    assert len(told) == figure.value


def test_every_tally_has_its_measures_defined(catalogue):
    codes = {measure for tally in tallies().values() for measure in tally.measures}
    assert codes <= set(Measure.objects.filter(versions__isnull=False).values_list("code", flat=True))


def test_the_vacancy_of_parks_is_counted_in_units_and_only_where_each_is_known(catalogue):
    park, other = new_park("ruitz"), new_park("houdain")
    add_units(park, 15, vacant=2)
    add_units(other, 5)
    run_all()
    assert held(parks.UNITS, "SITE", "ruitz") is None  # listed, not adopted: nobody's number yet
    adopt_inventory(park)
    adopt_inventory(other)
    invented = new_park("fictive")
    Site.objects.filter(pk=invented.pk).update(origin=Origin.DEMO)
    run_all()
    assert held(parks.UNITS, "SITE", "ruitz").value == 15
    assert held(parks.VACANT, "SITE", "ruitz").value == 2
    assert round(held("zae-taux-vacance", "SITE", "ruitz").value, 1) == Decimal("13.3")
    known = Site.objects.published().attested().filter(kind=Site.Kind.PARK)
    for one in known.exclude(slug__in=("ruitz", "houdain")):
        assert held(parks.UNITS) is None  # a park nobody listed: the whole is not known
        add_units(one, 1)
        adopt_inventory(one)
    run_all()
    whole = 20 + known.count() - 2
    assert (held(parks.UNITS).value, held(parks.VACANT).value) == (whole, 2)
    UnitStay.objects.filter(unit=park.land_units.first()).update(use="unknown")
    run_all()
    assert held(parks.VACANT, "SITE", "ruitz").state == State.MISSING
    assert held("zae-taux-vacance", "SITE", "ruitz").value is None
    assert held(parks.VACANT, "SITE", "houdain").value == 0
    assert held(parks.VACANT).state == State.MISSING

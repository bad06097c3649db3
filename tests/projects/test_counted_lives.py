"""What is counted over years: nurseries and their leavers, the pipeline, jobs three years later."""

import datetime as dt
from datetime import date, timedelta
from decimal import Decimal

from agglo.figures import reading
from agglo.figures.models import Observation
from agglo.figures.vocabulary import Evidence
from agglo.opendata.tallies.tracing import trace_tally
from projects.connectors import nurseries
from projects.entries import EPCI
from projects.models import Departure, JobClaim, JobPool, Occupancy, Organisation, Site
from tests.people import client_of, person
from tests.projects.conftest import read
from tests.projects.test_counted_records import SOURCE, TODAY, catalogue, held, lot, park, run_all

__all__ = ["catalogue"]


def test_a_nursery_over_twelve_months_and_its_leavers(catalogue):
    site, day = park("pepiniere-essai", Site.Kind.NURSERY), TODAY()
    tenants = list(Organisation.objects.filter(kind="company")[:2])
    first = lot(site, "1", 100, (date(2018, 1, 1), "ready", "unknown", "occupied"))
    lot(site, "2", 100, (date(2018, 1, 1), "ready", "unknown", "vacant"))
    Occupancy.objects.create(site=site, lot=first, occupant=tenants[0], start=date(2018, 1, 1), **SOURCE)
    gone = Occupancy.objects.create(
        site=site,
        lot=first,
        occupant=tenants[1],
        start=date(2018, 1, 1),
        end=date(day.year - 4, 5, 1),
        **SOURCE,
    )
    run_all()
    assert held("pepiniere-taux-occupation", "SITE", site.slug).value == 50
    assert held("pepiniere-taux-occupation").value == 50
    assert held(nurseries.LEFT).value == 1
    assert held(nurseries.STAYED) is None
    look = Departure.objects.create(
        occupancy=gone, outcome="here", checked_on=gone.end + timedelta(30), **SOURCE
    )
    run_all()
    assert held(nurseries.STAYED) is None, "looked up too early"
    look.checked_on = gone.end + timedelta(800)
    look.save()
    run_all()
    assert (held(nurseries.STAYED).value, held("pepiniere-part-restees").value) == (1, 100)


def test_staff_write_accounts_and_what_became_of_leavers(catalogue):
    staff, site = client_of(person("staff")), Site.objects.get(slug="bridgestone-bethune")
    address = f"/equipe/operations/{site.slug}/"
    said = {
        "nature": "expense",
        "label": "dépollution",
        "amount": "1 500 000,50",
        "on": "2024-05-01",
        "source": "facture",
    }
    refused = staff.post(address, said | {"amount": "-3"})
    assert refused.status_code == 200 and "dépollution" in read(refused)
    assert staff.post(address, said).status_code == 302
    assert site.operation_lines.get().amount == Decimal("1500000.50")
    nursery = park("pepiniere-essai", Site.Kind.NURSERY)
    gone = Occupancy.objects.create(
        site=nursery, occupant=Organisation.objects.filter(kind="company").first(),
        start=date(2020, 1, 1), end=date(2022, 1, 1), **SOURCE,
    )  # fmt: skip
    look = f"/equipe/operations/sorties/{gone.pk}/"
    early = read(staff.post(look, {"outcome": "here", "checked_on": "2023-01-01", "source": "Sirene"}))
    assert "deux ans après la sortie, à partir du 01/01/2024" in early
    assert not Departure.objects.exists()
    for outcome in ("here", "ceased"):
        assert (
            staff.post(look, {"outcome": outcome, "checked_on": "2024-02-01", "source": "Sirene"}).status_code
            == 302
        )
    assert Departure.objects.get().outcome == "ceased"
    page = read(staff.get("/equipe/operations/"))
    assert "dépollution" in page and "a cessé son activité" in page


def test_leap_days_and_months():
    from projects.leases import Lease, Unit, month_means, months_back, two_years_after

    assert two_years_after(date(2024, 2, 29)) == date(2026, 2, 28)
    assert months_back(date(2026, 1, 15), 2) == [(2025, 11), (2025, 12)]
    half = Unit(Decimal(100), date(2020, 1, 1), (Lease(date(2026, 4, 16)),))
    works = Unit(Decimal(50), date(2020, 1, 1), works=(Lease(dt.date(2026, 4, 1), dt.date(2026, 5, 1)),))
    assert month_means([half, works], 2026, 4) == (50, 100)
    assert month_means([works], 2026, 4) is None


def test_the_pipeline_is_counted_for_those_who_sign_in_only(catalogue, client):
    from projects.connectors import pipeline
    from projects.models import Prospect, ProspectPassage, ProspectStage

    def case(slug, jobs, stage, entered=date(2020, 3, 1), kind="restricted"):
        told = {"slug": slug, "code_name": slug, "confidentiality": kind, "entered_on": entered, **SOURCE}
        one = Prospect.objects.create(jobs_low=jobs, jobs_high=jobs, **told)
        ProspectPassage.objects.create(prospect=one, stage=ProspectStage.QUALIFIED, on=entered)
        ProspectPassage.objects.create(
            prospect=one, stage=stage, on=entered + timedelta(300), loss="dropped" if stage == 21 else "",
            reason="abandon" if stage == 21 else "",
        )  # fmt: skip

    case("alpha", 100, ProspectStage.COMMITTED)
    case("beta", 40, ProspectStage.VISITED)
    for number in range(4):
        case(f"gamma-{number}", 10, ProspectStage.LOST)
    # Of a year of few, and of what an NDA covers, nothing is counted.
    case("delta", 10, ProspectStage.DECIDED, date(2019, 3, 1))
    case("epsilon", 1000, ProspectStage.DECIDED, kind="nda")
    ProspectPassage.objects.create(
        prospect=Prospect.objects.get(slug="delta"), stage=21, on=date(2021, 3, 1), loss="dropped", reason="x"
    )
    run_all()
    said = {name: held(name, breakdown="BORNE=HAUTE").value for name in pipeline.RANGES}
    assert (said["portefeuille-engage"], said["portefeuille-tous"]) == (100, 140)
    assert 40 > said["portefeuille-pondere-sans-le-plus-gros"] > 0
    share = held(pipeline.DECIDED)
    assert (share.period_start.year, round(share.value, 1)) == (2020, Decimal("16.7"))
    told = Observation.objects.filter(series__measure_version__measure__code=pipeline.DECIDED)
    assert {one.period_start.year for one in told} == {2020}
    assert not share.series.public
    assert client.get(f"/chiffres/{share.pk}/").status_code == 404
    assert "alpha" not in str([trace_tally(f).entries for f in shown_to_staff(pipeline.RANGES)])
    assert "16,7" not in read(client.get("/indicateurs/IND-08/")).partition("<main")[2]


def shown_to_staff(measures):
    from agglo.accounts.models import User

    user = User.objects.create_user("agent@exemple.fr", role="staff", name="Agent")
    series = reading.find_series(measures, [EPCI], None, user=user)
    assert series
    return [rows[-1] for rows in reading.points(series, user=user).values() if rows]


def test_jobs_announced_and_confirmed_three_years_later(catalogue):
    pool = JobPool.objects.create(slug="essai", name="essai")
    said = {"pool": pool, "scheme": "implantation", **SOURCE}
    JobClaim.objects.create(number=200, evidence=Evidence.ANNOUNCED, as_of=date(2021, 2, 1), **said)
    JobClaim.objects.create(number=150, evidence=Evidence.OBSERVED, as_of=date(2024, 2, 1), **said)
    run_all()
    year = {"series__subject__code": EPCI[1], "period_start": date(2021, 1, 1)}
    told = Observation.objects.known_on().filter(**year)
    assert not told.filter(series__measure_version__measure__code="emplois-confirmes-36-mois")
    pool.claims.filter(number=150).update(confirmed_by="DRH", confirmed_on=date(2024, 3, 1))
    run_all()
    assert told.get(series__measure_version__measure__code="emplois-taux-realisation").value == 75

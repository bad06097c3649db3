"""What lists count and sort by stands beside each record: it always says what the plain query says."""

import random
import threading
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from agglo.figures.models import Subject
from agglo.figures.recording import ensure_subject
from projects.models import LifeStage, Lot, Organisation, Project, Site, Stage

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAYS = [TODAY + timedelta(days) for days in (-9000, -400, -1, 0, 1, 30, 400, 9000)]
TOLD = {"source": "essai"}
LONG = "é" * 200


def site(slug: str, name: str = "") -> Site:
    subject = ensure_subject("SITE", slug, slug, "site")
    return Site.objects.create(subject=subject, slug=slug, name=name or slug, kind="park", **TOLD)


def organisation(name: str) -> Organisation:
    return Organisation.objects.create(slug=name[:60].lower(), name=name, kind="company", **TOLD)


def project(slug: str, **told) -> Project:
    subject = ensure_subject("PROJET", slug, slug, "projet")
    return Project.objects.create(
        subject=subject, slug=slug, name=slug, kind="site", axis="industrie", **TOLD, **told
    )


def at_stages(day: date) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {key: set() for key in Site.objects.values_list("pk", flat=True)}
    for one in LifeStage.objects.all():
        if (one.start is None or one.start <= day) and (one.end is None or one.end > day):
            found[one.site_id].add(one.stage)
    return found


def check_stages() -> None:
    for day in DAYS:
        plain = at_stages(day)
        kept = Site.objects.with_bits(day).values_list("pk", "bits")
        bits = {key: sum(1 << stage for stage in stages) for key, stages in plain.items()}
        assert dict(kept) == bits, day
        for stage in Stage.values:
            held = {key for key, stages in plain.items() if stage in stages}
            assert set(Site.objects.at_stage(stage, day).values_list("pk", flat=True)) == held, (stage, day)
    today = Site.objects.values_list("pk", "stage_bits", "stage_bits_since", "stage_bits_until")
    for key, bits, since, until in today:
        edges = [
            day for pair in LifeStage.objects.filter(site=key).values_list("start", "end") for day in pair
        ]
        edges = [day for day in edges if day is not None]
        assert bits == sum(1 << stage for stage in at_stages(TODAY)[key])
        assert since == max((day for day in edges if day <= TODAY), default=None)
        assert until == min((day for day in edges if day > TODAY), default=None)


def check_neighbours() -> None:
    for mine, theirs in (("lead_key", "lead__search_key"), ("site_key", "site__search_key")):
        for own, name in Project.objects.values_list(mine, theirs):
            assert own == (name if name is None else name[:200])
        for way in ("", "-"):
            kept = Project.objects.order_by(f"{way}{mine}", f"{way}search_key", f"{way}pk")
            plain = Project.objects.order_by(f"{way}{theirs}", f"{way}search_key", f"{way}pk")
            assert list(kept.values_list("pk", flat=True)) == list(plain.values_list("pk", flat=True))


def some_stages(sites: list[Site], many: int, chance: random.Random) -> list[LifeStage]:
    """Past, present and future, of unknown start or end, two of a site at once, of lots too."""
    made, seen = [], set()
    while len(made) < many:
        start = chance.choice([None, *DAYS])
        end = chance.choice([None, *(day for day in DAYS if start is None or day > start)])
        one = chance.choice(sites)
        lot = chance.choice([None, *one.lots.all()])
        stage = chance.choice(Stage.values)
        if (one, lot, stage, start) not in seen:
            seen.add((one, lot, stage, start))
            made.append(LifeStage(site=one, lot=lot, stage=stage, start=start, end=end, **TOLD))
    return made


def live_through_stages() -> None:
    """Every way in which the stages of a site change."""
    chance, sites = random.Random(27), [site(f"s{number}") for number in range(6)]
    for one in sites[:3]:
        Lot.objects.create(site=one, code="a", name="A", **TOLD)
    check_stages()
    LifeStage.objects.bulk_create(some_stages(sites[1:], 40, chance))
    check_stages()
    alone = LifeStage.objects.create(site=sites[0], stage=Stage.ACTIVE, start=TODAY, **TOLD)
    check_stages()
    alone.stage, alone.end = Stage.CLOSED, TODAY + timedelta(1)
    alone.save()
    check_stages()
    alone.site = sites[2]
    alone.save()
    check_stages()
    LifeStage.objects.filter(end=None, start__lte=TODAY).update(end=TODAY + timedelta(30))
    check_stages()
    alone.delete()
    LifeStage.objects.filter(site=sites[1]).delete()
    check_stages()


def live_through_names() -> None:
    """Every way in which the lead and the site of a project change, or their names do."""
    leads = [organisation(name) for name in ("Zinc", "Brique", LONG)]
    sites = [site("fosse"), site("gare", "Gare d’eau"), site("usine", LONG)]
    project("sans-rien")
    for number in range(12):
        project(f"p{number}", lead=leads[number % 3], site=sites[number % 2])
    check_neighbours()
    leads[0].name = "Acier"
    leads[0].save()
    sites[0].name = "Vieille fosse"
    sites[0].save()
    check_neighbours()
    Organisation.objects.filter(pk=leads[1].pk).update(search_key="yttrium")
    Site.objects.filter(pk=sites[1].pk).update(search_key="abeille")
    check_neighbours()
    moved = Project.objects.get(slug="p1")
    moved.lead, moved.site = leads[2], sites[2]
    moved.save()
    Project.objects.filter(slug="p2").update(lead=None, site=None)
    Project.objects.filter(slug="p3").update(lead=leads[1], site=sites[0])
    check_neighbours()
    batch = list(Project.objects.filter(slug__in=["p4", "p5"]))
    for one in batch:
        one.lead, one.site = leads[2], sites[2]
    Project.objects.bulk_update(batch, ["lead", "site"])
    Project.objects.get(slug="p6").delete()
    check_neighbours()


def test_the_stages_beside_a_site_are_those_that_hold_on_any_day():
    live_through_stages()


def test_the_names_beside_a_project_are_those_of_its_lead_and_its_site():
    live_through_names()


@pytest.mark.parametrize(
    ("trigger", "table", "life"),
    [
        ("site_stages_now", "projects_site", live_through_stages),
        ("stage_added_moves_site", "projects_lifestage", live_through_stages),
        ("stage_changed_moves_site", "projects_lifestage", live_through_stages),
        ("stage_gone_moves_site", "projects_lifestage", live_through_stages),
        ("project_neighbours", "projects_project", live_through_names),
        ("organisation_renames_projects", "projects_organisation", live_through_names),
        ("site_renames_projects", "projects_site", live_through_names),
    ],
)
def test_without_any_one_of_the_triggers_these_checks_fail(trigger, table, life):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # so that the table can be altered
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
    with pytest.raises(AssertionError):
        life()


def test_no_program_can_say_otherwise():
    there, lead = site("fosse"), organisation("Zinc")
    LifeStage.objects.create(site=there, stage=Stage.CLEAN_UP, **TOLD)
    mine = project("p", lead=lead, site=there)
    there.stage_bits, there.stage_bits_until = 4095, TODAY
    there.save()
    Site.objects.update(stage_bits_since=TODAY + timedelta(9))
    mine.lead_key, mine.site_key = "zzz", None
    mine.save()
    Project.objects.filter(pk=mine.pk).update(site_key="aaa")
    check_stages()
    check_neighbours()


def test_a_day_that_passes_is_followed_and_leaves_no_entry_in_the_trail():
    begins = TODAY + timedelta(2)
    ahead, still = site("bientot"), site("toujours")
    LifeStage.objects.create(site=ahead, stage=Stage.ACTIVE, end=begins, **TOLD)
    LifeStage.objects.create(site=ahead, stage=Stage.CLOSED, start=begins, **TOLD)
    LifeStage.objects.create(site=still, stage=Stage.ACTIVE, **TOLD)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry")
        before = cursor.fetchone()[0]
        assert Site.objects.follow_stages(begins - timedelta(1)) == 0
        assert Site.objects.follow_stages(begins) == 1
        cursor.execute("SELECT count(*) FROM audit_entry")
        assert cursor.fetchone()[0] == before
    check_stages()


class Beside(threading.Thread):
    """Another connection that does something meanwhile."""

    def __init__(self, act) -> None:
        super().__init__(daemon=True)
        self.act = act
        self.start()

    def run(self) -> None:
        try:
            self.act()
        finally:
            connection.close()

    def waits(self) -> bool:
        self.join(0.7)
        return self.is_alive()


@pytest.mark.django_db(transaction=True)
def test_a_project_that_comes_while_its_neighbours_are_renamed_takes_the_new_names():
    lead, there = organisation("Zinc"), site("fosse")
    subjects = [Subject.objects.create(scheme="PROJET", code=slug, name=slug) for slug in ("p", "q")]

    def come(number: int) -> None:
        told = {"kind": "site", "axis": "industrie", "lead": lead, "site": there, **TOLD}
        Project.objects.create(subject=subjects[number], slug=subjects[number].code, name="x", **told)

    with transaction.atomic():
        Organisation.objects.filter(pk=lead.pk).update(search_key="acier")
        Site.objects.filter(pk=there.pk).update(search_key="gare")
        other = Beside(lambda: come(0))
        assert other.waits()
    other.join()
    check_neighbours()
    with transaction.atomic():
        come(1)
        other = Beside(lambda: Organisation.objects.filter(pk=lead.pk).update(search_key="brique"))
        assert other.waits()
    other.join()
    check_neighbours()


@pytest.mark.django_db(transaction=True)
def test_two_stages_written_at_once_are_both_counted():
    there = site("fosse")

    def write(stage: Stage) -> None:
        LifeStage.objects.create(site=there, stage=stage, **TOLD)

    with transaction.atomic():
        write(Stage.CLEAN_UP)
        other = Beside(lambda: write(Stage.MARKETING))
        assert other.waits()
    other.join()
    check_stages()
    assert Site.objects.get().stage_bits == 1 << Stage.CLEAN_UP | 1 << Stage.MARKETING

"""Fictional cases of implantation: lives that settle, are lost, wait or go on, and weights declared twice."""

from datetime import date, timedelta
from random import Random

from django.utils import timezone

from agglo.figures.vocabulary import Origin
from projects.demo import invented
from projects.demo.batch import Batch
from projects.demo.invented import PREFIX, SOURCE
from projects.demo.sites import TOLD
from projects.models import Prospect, ProspectPassage, Site
from projects.models.prospect_step import PIPELINE, ProspectStage
from projects.weighing import declare

COUNT = 96
FIRST = date(2021, 3, 1)
WEIGHTS = {1: 2, 2: 8, 3: 8, 4: 25, 5: 45, 6: 70, 7: 90, 8: 90, 9: 100}
CLASSES = ["public", "internal", "internal", "restricted", "restricted", "restricted", "nda"]
GOES_ON = 0.82  # from one stage to the next; the rest is lost, or waits


def prospects(batch: Batch, rng: Random, sites: list[Site]) -> None:
    declare(WEIGHTS, SOURCE, "Inventés pour essayer les écrans.", since=FIRST, origin=Origin.DEMO)
    later = WEIGHTS | {4: 30, 5: 50}
    declare(later, SOURCE, "Revus, pour l’exemple.", since=date(2023, 7, 1), origin=Origin.DEMO)
    for number in range(1, COUNT + 1):
        _prospect(batch, number, rng, sites)


def _prospect(batch: Batch, number: int, rng: Random, sites: list[Site]) -> None:
    entered = FIRST + timedelta(days=number * 21 + rng.randrange(15))
    life = list(_life(entered, rng))
    kind = rng.choice(CLASSES)
    low = rng.choice([None, 5, 12, 20, 35, 60])
    giant = number == COUNT
    made = Prospect.objects.create(
        slug=f"{PREFIX}dossier-{number:03d}",
        code_name=f"Dossier fictif {number:03d}",
        name=invented.company_name(number),
        confidentiality=kind,
        announced_on=entered if kind == "public" else None,
        channel=rng.choice(Prospect.Channel.values),
        activity=rng.choice(invented.TRADES),
        site=rng.choice(sites) if number % 3 else None,
        site_words="un terrain inventé",
        jobs_low=120 if giant else low,
        jobs_high=260 if giant else None if low is None else low * rng.choice([1, 2, 3]),
        invest_low=rng.randrange(1, 40) * 250_000,
        area_low=rng.randrange(1, 60) * 500,
        entered_on=entered,
        last_contact_on=min(timezone.localdate(), life[-1][1] + timedelta(days=rng.randrange(160))),
        **TOLD,
    )
    for stage, on in life:
        lost = stage == ProspectStage.LOST
        batch.add(
            ProspectPassage,
            prospect=made,
            stage=stage,
            on=on,
            loss=rng.choice(ProspectPassage.Loss.values) if lost else "",
            reason="inventée" if stage >= ProspectStage.PAUSED else "",
        )


def _life(day: date, rng: Random):
    """Stages until today, a loss, a pause, or the end."""
    today = timezone.localdate()
    for stage in (*PIPELINE, ProspectStage.SETTLED):
        if day > today:
            return
        yield stage, day
        day += timedelta(days=rng.randrange(30, 260))
        if stage < ProspectStage.COMMITTED and rng.random() > GOES_ON:
            if day <= today:
                yield (ProspectStage.LOST if rng.random() < 0.85 else ProspectStage.PAUSED), day
            return

"""Fictional sites with lots, surfaces, stages, owners and occupants."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from agglo.figures.vocabulary import Origin
from agglo.territory.models import Territory
from projects.demo import invented
from projects.demo.batch import Batch
from projects.demo.invented import PREFIX, SOURCE, WORDING
from projects.models import (
    LifeStage,
    Lot,
    LotState,
    Occupancy,
    Organisation,
    Ownership,
    Site,
    Stage,
    Surface,
)
from projects.subjects import own_subject, subject_of

TOLD = {"source": SOURCE, "wording": WORDING, "origin": Origin.DEMO}
START = date(2005, 1, 1)


def companies(rng: Random) -> list[Organisation]:
    return [
        Organisation.objects.create(
            slug=f"{PREFIX}{number:03d}",
            name=invented.company_name(number),
            kind=Organisation.Kind.COMPANY,
            siren=invented.siren(rng),
            **TOLD,
        )
        for number in range(1, invented.COMPANIES + 1)
    ]


def sites(batch: Batch, rng: Random, owners: list[Organisation]) -> list[Site]:
    """Spread over our communes as people are; without communes they stay unplaced."""
    communes = list(Territory.objects.communes_of().with_population().named().without_contour())
    weights = [int(commune.population or 1) for commune in communes]
    found = []
    for number in range(1, invented.SITES + 1):
        commune = rng.choices(communes, weights)[0] if communes else None
        found.append(_site(batch, number, commune, rng, owners))
    return found


def _site(batch: Batch, number: int, commune, rng: Random, owners: list[Organisation]) -> Site:
    slug = f"{PREFIX}site-{number:03d}"
    place = {}
    if commune is not None and commune.latitude is not None:
        place = {
            "latitude": commune.latitude + Decimal(rng.randint(-900, 900)) / 100_000,
            "longitude": commune.longitude + Decimal(rng.randint(-1400, 1400)) / 100_000,
            "position": Site.Position.STATED,
        }
    name = invented.site_name(number)
    site = Site.objects.create(
        slug=slug,
        name=name,
        kind=rng.choice(Site.Kind.values),
        commune=commune,
        subject=subject_of("SITE", slug, name),
        pollution=rng.choice(Site.Pollution.values),
        zoning=rng.choice(["", "U", "AUc", "AUs"]),
        networks=rng.sample(["eau", "électricité", "gaz", "fibre", "embranchement ferré"], 3),
        about="Ce site n’existe pas.",
        published=True,
        **place,
        **TOLD,
    )
    own_subject(site.subject, site.get_absolute_url(), "site fictif")
    area = Decimal(rng.randrange(5_000, 400_000))
    batch.add(Surface, site=site, kind=Surface.Kind.GROUND, square_metres=area, about="le site", **TOLD)
    batch.add(
        Ownership, site=site, nature=Ownership.Nature.LEGAL, owner=rng.choice(owners), start=START, **TOLD
    )
    _stages(batch, site, rng)
    _lots(batch, site, area, rng, owners)
    return site


def _stages(batch: Batch, site: Site, rng: Random) -> None:
    """A run of stages, one after the other, sometimes going back."""
    day = START + timedelta(days=rng.randrange(4000))
    stage = 0
    for step in range(rng.randrange(1, 6)):
        length = timedelta(days=rng.randrange(120, 900))
        batch.add(
            LifeStage,
            site=site,
            stage=stage,
            start=day,
            end=None if step > 3 else day + length,
            reason="inventée",
            **TOLD,
        )
        day += length
        stage = max(0, min(Stage.CONVERTED, stage + rng.choice([1, 1, 2, 3, -1])))
        if day > date(2025, 6, 1):
            break
    batch.add(LifeStage, site=site, stage=stage, start=day, **TOLD)


def _lots(batch: Batch, site: Site, area: Decimal, rng: Random, owners: list[Organisation]) -> None:
    count = rng.randrange(0, 5)
    for number in range(1, count + 1):
        lot = batch.add(
            Lot,
            site=site,
            code=f"lot-{number}",
            name=f"Lot {number}",
            square_metres=area / count,
            outline=invented.plot(site.latitude, site.longitude, area / count, number - 1),
            **TOLD,
        )
        for year in sorted(rng.sample(range(2015, 2026), 2)):
            batch.add(
                LotState,
                lot=lot,
                since=date(year, 1, 1),
                works=rng.choice(LotState.Works.values),
                sale=rng.choice(LotState.Sale.values),
                use=rng.choice(LotState.Use.values),
                **TOLD,
            )
        occupant = rng.choice(owners)
        batch.add(
            Occupancy,
            site=site,
            lot=lot,
            occupant=occupant,
            siret=invented.siret(occupant.siren, rng),
            activity=rng.choice(invented.TRADES),
            start=date(rng.randrange(2010, 2025), 1, 1),
            **TOLD,
        )

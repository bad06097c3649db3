"""Reference populations in the ledger: definitions, the values of the repository's files, sums, overlaps."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.conf import settings
from django.db import models, transaction

from agglo.figures import arithmetic, reading
from agglo.figures.models import Dataset, Observation, Release, Source
from agglo.figures.recording import Recorded, Statement, define_measure, record
from agglo.figures.vocabulary import Dating, Kind, Review, Rhythm, SourceKind, TerritoryRule
from agglo.territory.models import Overlap, Territory
from agglo.territory.reference import rows_of

MUNICIPALE, TOTALE, APART = "population-municipale", "population-totale", "population-comptee-a-part"
OFFICIAL, SUMMED, OLDER = (
    "insee-melodi-populations-reference",
    "agglo-populations-additionnees",
    "dgcl-composition-epci",
)
# The day the package that carries the official values was published: before it, we held nothing.
KNOWN_FROM = datetime(2026, 4, 9, tzinfo=UTC)
LICENCE = "Licence Ouverte 2.0"

DEFINITIONS = {
    MUNICIPALE: (
        "Population municipale",
        "Personnes qui ont leur résidence habituelle dans la commune, y compris en communauté ou sans abri."
        " C’est la population à retenir pour comparer et additionner des communes.",
        "L’année est celle de référence, pas celle de publication\u00a0: la population 2023 paraît fin 2025."
        " D’une année à l’autre l’écart est faible et mêle plusieurs enquêtes\u202f; comparez plutôt"
        " à cinq ans"
        " d’intervalle.",
    ),
    TOTALE: (
        "Population totale",
        "Population municipale augmentée de la population comptée à part.",
        "Ne s’additionne pas d’une commune à l’autre sans compter deux fois certaines"
        " personnes\u00a0: elle sert"
        " aux textes réglementaires, non aux comparaisons.",
    ),
    APART: (
        "Population comptée à part",
        "Personnes dont la résidence habituelle est dans une autre commune mais qui gardent un lien avec"
        " celle-ci\u00a0: étudiants, résidents d’une maison de retraite, par exemple.",
        "Ces personnes sont déjà dans la population municipale d’une autre commune.",
    ),
}


def define() -> None:
    for code, (name, definition, traps) in DEFINITIONS.items():
        define_measure(
            code,
            name=name,
            definition=definition,
            method="Recensement\u00a0: cinq années d’enquêtes, ramenées au 1er janvier de l’année centrale.",
            traps=traps,
            counted_unit="habitants",
            counted_unit_one="habitant",
            kind=Kind.STOCK,
            territory_rule=TerritoryRule.SUM if code == MUNICIPALE else TerritoryRule.NONE,
            producer="Insee",
            rhythm=Rhythm.YEARLY,
            publication_delay=720,
            axis="economie-locale",
        )


def _release(source: tuple, dataset: tuple, edition: str, **release) -> Release:
    code, name, kind, url = source
    who, _ = Source.objects.get_or_create(code=code, defaults={"name": name, "kind": kind, "url": url})
    code, title, url = dataset
    what, _ = Dataset.objects.get_or_create(
        code=code,
        defaults={"source": who, "title": title, "url": url, "licence": LICENCE, "rhythm": Rhythm.YEARLY},
    )
    return Release.objects.get_or_create(
        dataset=what, edition=edition, checksum="", defaults={"licence": LICENCE, **release}
    )[0]


def _statements(name: str, release: Release, **more) -> list[Statement]:
    return [
        Statement(
            measure=row["mesure"],
            subject=(row["niveau"], row["code"]),
            release=release,
            known_from=KNOWN_FROM,
            start=date(int(row["annee"]), 1, 1),
            end=date(int(row["annee"]), 12, 31),
            value=Decimal(row["valeur"]),
            **more,
        )
        for row in rows_of(name)
    ]


@transaction.atomic
def load_populations() -> Recorded:
    """The official values of the files, as two datasets that never mix; then the sums for our EPCI."""
    define()
    official = _release(
        ("insee", "Insee", SourceKind.PRODUCER, "https://www.insee.fr"),
        (OFFICIAL, "Populations de référence", "https://www.insee.fr/fr/statistiques/8680726"),
        "COG 2026",
        published_words="lue dans le paquet decoupage-administratif 6.0.0, du 9 avril 2026",
    )
    older = _release(
        ("dgcl", "DGCL", SourceKind.PRODUCER, "https://www.collectivites-locales.gouv.fr"),
        (OLDER, "Composition des intercommunalités", ""),
        "2024",
        published_words="composition 2024\u202f; l’année de population, 2021, est déduite",
    )
    return record(
        [
            *_statements("populations.csv", official),
            *_statements("populations_epci.csv", older, rank=1, dating=Dating.INFERRED),
        ]
    )


@transaction.atomic
def add_up_communes() -> Recorded:
    """The population of our EPCI as the sum of its communes, for each year that all of them have.

    A sum is known from the moment its last addend is. Run again after a refresh: it revises what changed.
    """
    release = _release(
        ("calcul", "Calcul de l’observatoire", SourceKind.COMPUTED, ""),
        (SUMMED, "Populations des communes additionnées", ""),
        "COG 2026",
        published_words="somme des communes membres",
    )
    communes = Territory.objects.communes_of().select_related("subject")
    keys = [(t.kind, t.code) for t in communes]
    by_year: dict[tuple, list[reading.Figure]] = {}
    for figures in reading.series([MUNICIPALE], keys).values():
        for figure in figures:
            by_year.setdefault((figure.start, figure.end), []).append(figure)
    statements = []
    for (start, end), figures in by_year.items():
        if len(figures) != len(keys) or not all(f.has_value for f in figures):
            continue
        statements.append(
            Statement(
                measure=MUNICIPALE,
                subject=("EPCI", settings.EPCI_CODE),
                release=release,
                known_from=max(f.known_from for f in figures),
                start=start,
                end=end,
                value=arithmetic.add_up(figures).value,
            )
        )
    return record(statements)


@transaction.atomic
def measure_overlaps() -> int:
    """What our EPCI and each employment zone share, on the last year known for all communes; rows written."""
    communes = list(Territory.objects.communes_of().with_zone().select_related("subject").without_contour())
    zone_of = {t.code: t.zone_code for t in communes}
    found = reading.series([MUNICIPALE], [(t.kind, t.code) for t in communes])
    by_year: dict[int, dict[str, int]] = {}
    for (_, _, code), figures in found.items():
        for figure in figures:
            if figure.has_value:
                by_year.setdefault(figure.end.year, {})[code] = int(figure.value)
    complete = [year for year, values in by_year.items() if len(values) == len(communes)]
    if not complete:
        return 0
    values = by_year[max(complete)]
    wanted = Territory.objects.filter(kind="ZE2020", subject__code__in=set(zone_of.values()))
    zones = {t.code: t for t in wanted.select_related("subject")}
    sizes = {r["code"]: int(r["communes"]) for r in rows_of("territories.csv") if r["communes"]}
    epci = Territory.objects.coded("EPCI", settings.EPCI_CODE).get()
    held = {o.zone_id: o for o in Overlap.objects.filter(epci=epci, year=max(complete))}
    new, changed = [], []
    for code, zone in zones.items():
        inside = [n for commune, n in values.items() if zone_of[commune] == code]
        said = {
            "communes": len(inside),
            "population": sum(inside),
            "epci_communes": len(values),
            "epci_population": sum(values.values()),
            "zone_communes": sizes.get(code),
        }
        overlap = held.get(zone.pk)
        if overlap is None:
            new.append(Overlap(zone=zone, epci=epci, year=max(complete), **said))
        elif any(getattr(overlap, name) != value for name, value in said.items()):
            for name, value in said.items():
                setattr(overlap, name, value)
            changed.append(overlap)
    Overlap.objects.bulk_create(new)
    if changed:
        Overlap.objects.bulk_update(changed, list(said))
    return len(new) + len(changed)


def population_subquery(column: str, year: int | None) -> models.Subquery:
    """One column of the last municipal population of each territory, as known now."""
    figures = Observation.objects.known_on().filter(
        series__subject=models.OuterRef("pk"),
        series__measure_version__measure__code=MUNICIPALE,
        series__breakdown__key="",
        series__public=True,
        review=Review.APPROVED,
    )
    if year is not None:
        figures = figures.filter(period_end__year=year)
    return models.Subquery(figures.order_by("series__rank", "-period_end").values(column)[:1])

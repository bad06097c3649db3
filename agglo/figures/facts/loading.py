"""Writes the attested facts in the ledger, with their wording and what they leave unknown."""

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from agglo.figures.models import (
    Contradiction,
    Dataset,
    Observation,
    Quotation,
    Release,
    RetainedChoice,
    Source,
)
from agglo.figures.periods import parse_period
from agglo.figures.recording import Recorded, Statement, define_measures, ensure_subject, record
from agglo.figures.vocabulary import Origin, SourceKind

FOLDER = Path(__file__).parent
SEED = "gazette-projets-economiques"
CHOSEN_BY = "Choix d’ouverture du portail, à confirmer par la collectivité"
SUBJECTS = {
    ("PLAN", "bridgestone-bethune"): (
        "Bridgestone Béthune",
        "plan de sauvegarde de l’emploi",
        "/plans/bridgestone-bethune/",
    ),
    ("SITE", "bridgestone-bethune"): ("Ancien site Bridgestone", "site industriel", ""),
    ("ECOLE", "ep2b"): ("EP2B, école de production de Béthune-Bruay", "école de production", ""),
    ("EPCI", "200072460"): ("Béthune-Bruay, Artois-Lys Romane", "communauté d’agglomération", ""),
    ("FRANCE", "F"): ("France", "pays", ""),
}
# Insee's two editions at hand. Neither file says the day it came out; both were public by these days.
EDITIONS = {"2023-T3": date(2023, 12, 30), "2025-T4": date(2026, 7, 23)}


@transaction.atomic
def load_facts() -> Recorded:
    """Load measures, press statements, contradictions and both editions of the unemployment rates."""
    load_measures()
    for (scheme, code), (name, kind, path) in SUBJECTS.items():
        ensure_subject(scheme, code, name, kind, path)
    said = _press_statements()
    counts = record(statement for _, statement in said)
    rates = record(_unemployment())
    _contradictions(dict(said))
    return Recorded(
        counts.added + rates.added, counts.revised + rates.revised, counts.unchanged + rates.unchanged
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def load_measures() -> None:
    """Define the measures the facts need."""
    define_measures(row | {"decimals": int(row["decimals"])} for row in _rows("measures.csv"))


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _press_statements() -> list[tuple[str, Statement]]:
    releases, known = {}, {}
    for row in _rows("articles.csv"):
        source, _ = Source.objects.get_or_create(
            code=row["source"], defaults={"name": row["source_name"], "kind": SourceKind.PRESS}
        )
        dataset, _ = Dataset.objects.get_or_create(
            code=row["dataset"],
            defaults={"source": source, "title": row["title"], "url": row["url"], "rhythm": "once"},
        )
        releases[row["dataset"]], _ = Release.objects.get_or_create(
            dataset=dataset,
            edition=row["edition"],
            defaults={
                "published_on": row["published_on"] or None,
                "published_words": row["published_words"],
                "url": row["url"],
            },
        )
        known[row["dataset"]] = row["known_from"]
    return [
        (row["key"], _statement(row, releases[row["dataset"]], known[row["dataset"]]))
        for row in _rows("statements.csv")
    ]


def _statement(row: dict[str, str], release: Release, known_from: str) -> Statement:
    quotation, _ = Quotation.objects.get_or_create(
        release=release,
        key=row["key"],
        defaults={
            "wording": row["wording"],
            "value_words": row["value_words"],
            "verbatim": not row["key"].startswith("E"),
            "speaker": row["speaker"],
            "perimeter": row["perimeter"],
            "dating_words": release.published_words,
            "caution": row["caution"],
        },
    )
    return Statement(
        measure=row["measure"],
        subject=(row["scheme"], row["code"]),
        release=release,
        # A source whose date nobody noted is known from the day we received it.
        known_from=_moment(date.fromisoformat(known_from)) if known_from else release.received_at,
        start=date.fromisoformat(row["start"]) if row["start"] else None,
        end=date.fromisoformat(row["end"]) if row["end"] else None,
        value=Decimal(row["value"]),
        value_high=Decimal(row["high"]) if row["high"] else None,
        evidence=int(row["evidence"]),
        qualifier=int(row["qualifier"]),
        dating=int(row["dating"]),
        origin=Origin.ATTESTED if row["dataset"] == SEED else Origin.OTHER_SOURCE,
        quotation=quotation,
        # The seed article is read first where several sources speak of the same thing.
        rank=0 if row["dataset"] == SEED else 1,
    )


def _unemployment() -> Iterator[Statement]:
    source, _ = Source.objects.get_or_create(
        code="insee", defaults={"name": "Insee", "kind": SourceKind.PRODUCER, "url": "https://www.insee.fr/"}
    )
    dataset, _ = Dataset.objects.get_or_create(
        code="insee-chomage-ze",
        defaults={
            "source": source,
            "title": "Taux de chômage localisés par zone d’emploi",
            "url": "https://www.insee.fr/fr/statistiques/1893230",
            "licence": "Licence Ouverte 2.0",
            "rhythm": "quarterly",
            "publication_delay": 90,
        },
    )
    releases = {
        edition: Release.objects.get_or_create(
            dataset=dataset,
            edition=edition,
            defaults={
                "published_words": f"publique au plus tard le {day:%d/%m/%Y}",
                "url": dataset.url,
                "licence": dataset.licence,
            },
        )[0]
        for edition, day in EDITIONS.items()
    }
    for row in _rows("unemployment_rates.csv"):
        kind = "zone d’emploi" if row["niveau"] == "ZE2020" else "pays"
        if row["niveau"] == "ZE2020":
            ensure_subject(row["niveau"], row["code"], row["libelle"], kind)
        start, end = parse_period(row["periode"])
        yield Statement(
            measure="taux-chomage-localise",
            subject=(row["niveau"], row["code"]),
            release=releases[row["edition"]],
            known_from=_moment(EDITIONS[row["edition"]]),
            start=start,
            end=end,
            value=Decimal(row["taux"]),
        )


def _contradictions(statements: dict[str, Statement]) -> None:
    found = {
        row.quotation.key: row
        for row in Observation.objects.filter(
            quotation__in=[s.quotation for s in statements.values()], known_to__isnull=True
        ).select_related("quotation")
    }
    for item in json.loads((FOLDER / "contradictions.json").read_text(encoding="utf-8")):
        subject = ensure_subject(*item["subject"], *SUBJECTS[tuple(item["subject"])])
        question, _ = Contradiction.objects.update_or_create(
            code=item["code"],
            defaults={"subject": subject, "question": item["question"], "explanation": item["explanation"]},
        )
        question.observations.add(*(found[key] for key in item["keys"]))
        # People may have chosen otherwise since: their choice stands.
        if not question.choices.exists():
            RetainedChoice.objects.create(
                contradiction=question,
                observation=found[item["retained"]],
                reason=item["reason"],
                chosen_by=CHOSEN_BY,
                # The question, and so its answer, exists from the day the last account of it was known.
                chosen_at=max(found[key].known_from for key in item["keys"]),
            )

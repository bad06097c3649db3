"""What the portal itself brings to the worklist: sources, runs, figures and contradictions."""

from collections import Counter
from collections.abc import Iterator

from django.urls import reverse

from agglo.accounts.worklist import Item, Pile
from agglo.figures.models import Contest, Contradiction, Observation, RetainedChoice
from agglo.figures.reviewing import WAITING
from agglo.opendata.freshness import Freshness, Standing, freshness_of
from agglo.opendata.models import Run, Status

from .runs.listing import title_of

SHOWN = 20
FEW = 5  # datasets in one state that are listed one by one
MANY = {
    Standing.FAILED: "n’ont pas pu être actualisés",
    Standing.SOURCE_LATE: "attendent une source en retard",
    Standing.NEVER: "n’ont encore jamais été demandés",
}


def items(user) -> Iterator[Item]:
    yield from held_runs()
    yield from sources()
    yield from figures()
    yield from contradictions()
    yield from contests()
    yield from refused()


def held_runs() -> Iterator[Item]:
    for run in Run.objects.held().order_by("id"):
        href = reverse("portal:run", args=[run.pk])
        yield Item(Pile.WAITING, title_of(run.code), f"Réponse retenue. {run.error}", href, "Décider")


def sources() -> Iterator[Item]:
    """Failed and late ones can be asked again from here; never loaded ones wait for a first try, save those
    worked out here, which wait for what they are made of.
    """
    standing = [row for row in freshness_of() if row.state != Standing.NEVER or not row.is_computed]
    for state, pile in (
        (Standing.FAILED, Pile.LATE),
        (Standing.SOURCE_LATE, Pile.LATE),
        (Standing.NEVER, Pile.QUICK),
    ):
        rows = [row for row in standing if row.state == state]
        if len(rows) > FEW:
            yield _together(rows, state, pile)
        else:
            yield from (_asked_again(row, pile) for row in rows)
    for row in standing:
        if row.state in (Standing.SUSPENDED, Standing.PAUSED):
            href = reverse("portal:run_dataset", args=[row.code])
            yield Item(Pile.WAITING, row.declaration.title, row.sentence, href, "Voir")


def _asked_again(row: Freshness, pile: Pile) -> Item:
    why = f"{row.sentence} {row.last_run.error if row.last_run else ''}".strip()
    return Item(
        pile,
        row.declaration.title,
        why,
        reverse("portal:refresh"),
        "Actualiser",
        post=("code", row.code),
        about=reverse("portal:run_dataset", args=[row.code]),
    )


def _together(rows: list[Freshness], state: Standing, pile: Pile) -> Item:
    """Many that fail at once fail for one reason, often the network: one line leads to all of them."""
    reasons = Counter(row.last_run.error for row in rows if row.last_run and row.last_run.error)
    said = [reason for reason, _ in reasons.most_common(1)]
    why = " ".join([f"Par exemple «\u202f{rows[0].title}\u202f».", *said])
    failed = f"?etat={Status.FAILED}" if state == Standing.FAILED else ""
    return Item(
        pile, f"{len(rows)} jeux de données {MANY[state]}", why, reverse("portal:runs") + failed, "Voir"
    )


def figures() -> Iterator[Item]:
    held = Observation.objects.filter(known_to__isnull=True, review__in=WAITING).order_by("known_from")
    for row in held.select_related("series__measure_version", "series__subject")[:SHOWN]:
        what = f"{row.series.measure_version.name}, {row.series.subject.name}"
        why = f"{row.get_review_display().capitalize()}\u00a0: un relecteur doit le valider ou le renvoyer."
        yield Item(Pile.WAITING, what, why, reverse("portal:waiting", args=[row.pk]), "Décider")


def contradictions() -> Iterator[Item]:
    decided = RetainedChoice.objects.filter(superseded_at__isnull=True).values("contradiction")
    for row in Contradiction.objects.exclude(pk__in=decided).select_related("subject"):
        why = f"{row.subject.name}\u00a0: retenir une réponse et dire pourquoi."
        yield Item(
            Pile.WAITING, row.question, why, reverse("portal:contradiction", args=[row.code]), "Choisir"
        )


def contests() -> Iterator[Item]:
    related = ("observation__series__measure_version", "observation__series__subject")
    for row in Contest.objects.open().select_related(*related).order_by("received_at")[:SHOWN]:
        series = row.observation.series
        what = f"{series.measure_version.name}, {series.subject.name}"
        why = f"Contesté le {row.received_at:%d/%m/%Y}\u00a0: un valideur doit répondre en public."
        yield Item(Pile.WAITING, what, why, reverse("portal:contest_one", args=[row.pk]), "Lire")


def refused() -> Iterator[Item]:
    for run in Run.objects.filter(refused__gt=0, pk__in=Run.objects.last_ids())[:SHOWN]:
        many = "s" if run.refused > 1 else ""
        why = f"{run.refused} ligne{many} refusée{many} à l’actualisation n°\u00a0{run.pk}."
        yield Item(
            Pile.QUICK, title_of(run.code), why, reverse("portal:run", args=[run.pk]) + "#refus", "Voir"
        )

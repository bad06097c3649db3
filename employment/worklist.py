"""What plans, agreements and schools bring to the staff’s worklist: what waits for approval, or came back."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from agglo.accounts.worklist import Item, Pile
from agglo.charts.french import date_long
from agglo.figures.vocabulary import Review

from . import entry_list
from .models import FollowUp, HelpedCompany

THREE_YEARS = timedelta(days=3 * 365)


def items(user) -> Iterator[Item]:
    """Of others, what a reviewer may approve; of one’s own, what came back."""
    if user.holds("reviewer"):
        yield from _to_approve(user)
    yield from _to_check()
    mine = FollowUp.objects.filter(review=Review.SENT_BACK, author=user).select_related("plan")
    for row in mine:
        href = reverse("employment:follow_up_change", args=[row.plan.slug, row.pk])
        yield Item(
            Pile.WAITING, f"Point de suivi, {row.plan}", f"Renvoyé\u00a0: {row.note}", href, "Reprendre"
        )
    for one in entry_list.entries(user)["mine"]:
        if one.row.review == Review.SENT_BACK:
            yield Item(Pile.WAITING, one.title, f"Renvoyé\u00a0: {one.row.note}", one.href, "Reprendre")


def _to_approve(user) -> Iterator[Item]:
    rows = FollowUp.objects.filter(review=Review.SUBMITTED).exclude(author=user)
    for row in rows.select_related("plan", "author"):
        href = reverse("employment:follow_up", args=[row.plan.slug, row.pk])
        what = f"Point de suivi, {row.plan}, {row.end:%d/%m/%Y}"
        yield Item(Pile.WAITING, what, f"Saisi par {row.author}\u00a0: à valider.", href, "Lire")
    for one in entry_list.submitted():
        if one.row.author_id != user.pk:
            why = f"{one.owner}, saisi par {one.row.author}\u00a0: à valider."
            yield Item(Pile.WAITING, one.title, why, one.href, "Lire")


def _to_check() -> Iterator[Item]:
    """Companies whose third birthday has come, and that nobody looked up since."""
    today = timezone.localdate()
    born = HelpedCompany.objects.in_force().filter(registered_on__lte=today - THREE_YEARS, closed_on=None)
    waiting = HelpedCompany.objects.waiting().filter(corrects__isnull=False).values("corrects")
    for one in born.exclude(pk__in=waiting).select_related("plan"):
        if one.reached_three(today) and one.active_at_three is None:
            why = f"{one.plan}\u00a0: trois ans le {date_long(one.third_year)}, à vérifier au répertoire."
            href = reverse("employment:entry_correct", args=["entreprises", one.pk])
            yield Item(Pile.QUICK, one.name, why, href, "Vérifier")

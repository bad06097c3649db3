"""What cases of implantation and jobs bring to the staff’s worklist."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from agglo.accounts.worklist import Item, Pile
from projects.dormancy import dormant_since
from projects.models import JobClaim, Prospect

SHOWN = 20


def items(user) -> Iterator[Item]:
    """Cases of this person that have been quiet for too long; observed jobs that nobody was asked about."""
    today = timezone.localdate()
    for case in Prospect.objects.visible_to(user).attested().filter(owner=user).with_stage():
        silent = dormant_since(case.stage, case.last_contact_on, today)
        if silent is not None:
            why = f"Aucun contact depuis {silent}\u00a0jours\u202f; étape\u00a0: {case.stage_words}."
            there = reverse("projects:prospect", args=[case.slug])
            yield Item(Pile.LATE, case.code_name, why, there, "Reprendre contact")
    unasked = JobClaim.objects.attested().observed().unconfirmed().filter(requests__isnull=True)
    for claim in unasked.select_related("pool")[:SHOWN]:
        why = f"{claim.words} emplois constatés, que l’entreprise n’a pas encore confirmés."
        yield Item(Pile.QUICK, claim.pool.name, why, reverse("projects:job_claims"), "Préparer le lien")

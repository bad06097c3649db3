"""The signed link by which a company says whether jobs are there, and what its answer does to the claim."""

from django.core import signing
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from agglo.accounts.attribution import act_as
from agglo.figures.vocabulary import Evidence, Origin, Qualifier
from projects.models import AnswerWithdrawal, ConfirmationAnswer, ConfirmationRequest, JobClaim

SALT = "projects.confirmation"
SOURCE = "Réponse de l’entreprise"
TRIES, EACH = 30, 3600  # from one address, in so many seconds


class NotAsked(ValueError):
    """Only observed jobs that nobody confirmed or contested are asked about."""


class Closed(Exception):
    """The link is true but serves no more."""


class CannotWithdraw(ValueError):
    """Says in French why not; nothing was changed."""


def ask(claim: JobClaim, addressee: str, user=None) -> ConfirmationRequest:
    """One open question a claim: asking again withdraws the one before."""
    if claim.evidence != Evidence.OBSERVED or claim.confirmed_by or claim.contested_on:
        raise NotAsked("On ne demande que pour des emplois constatés, pas encore confirmés ni contestés.")
    with transaction.atomic():
        claim.requests.waiting().update(withdrawn_at=timezone.now())
        return ConfirmationRequest.objects.create(claim=claim, addressee=addressee, by=user)


def withdraw(request: ConfirmationRequest) -> None:
    request.withdrawn_at = timezone.now()
    request.save(update_fields=["withdrawn_at"])


def token_of(request: ConfirmationRequest) -> str:
    """What the address carries: which question, signed; nothing about the company or the jobs."""
    return signing.dumps(request.pk, salt=SALT)


def read(token: str, *, lock: bool = False) -> ConfirmationRequest:
    """Raises signing.BadSignature for a link that we did not write, Closed for one that serves no more."""
    key = signing.loads(token, salt=SALT)
    rows = ConfirmationRequest.objects.select_related("claim__pool", "claim__organisation")
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=key).first()
    if found is None:
        raise signing.BadSignature("unknown request")
    if not found.is_open():
        raise Closed
    return found


def answer(
    token: str, verdict: str, said_by: str, *, number: int | None = None, words: str = ""
) -> ConfirmationAnswer:
    """Keeps the answer, once, and tells the claim; a second answer raises Closed, even at the same time."""
    with act_as(actor="confirmation"):
        request = read(token, lock=True)
        claim, today = request.claim, timezone.localdate()
        given = ConfirmationAnswer.objects.create(
            request=request, verdict=verdict, said_by=said_by, number=number, words=words
        )
        if verdict == ConfirmationAnswer.Verdict.CONFIRMED:
            claim.confirmed_by, claim.confirmed_on = claim.company, today
        else:
            claim.contested_on = today
        claim.save(update_fields=["confirmed_by", "confirmed_on", "contested_on"])
        if verdict == ConfirmationAnswer.Verdict.CORRECTED:
            _corrected(claim, given)
        return given


def _corrected(claim: JobClaim, given: ConfirmationAnswer) -> JobClaim:
    """What the company counts, as a claim of its own, of the day that the first one was about. Everybody
    reads it: nothing that the company wrote freely goes there.
    """
    origin = Origin.DEMO if claim.is_demo else Origin.OTHER_SOURCE
    fields = {
        "organisation": claim.organisation,
        "number": given.number,
        "qualifier": Qualifier.EXACT,
        "transferred": min(claim.transferred, given.number),
        "horizon": claim.horizon,
        "confirmed_by": claim.company,
        "confirmed_on": timezone.localdate(),
        "source": f"{SOURCE}, {claim.organisation}" if claim.organisation else SOURCE,
        "origin": origin,
        "answer": given,
    }
    key = {"pool": claim.pool, "scheme": claim.scheme, "evidence": claim.evidence}
    return JobClaim.objects.create(**key, as_of=claim.as_of, **fields)


@transaction.atomic
def withdraw_answer(pk: int, user, why: str) -> AnswerWithdrawal:
    """The claim stands as before the answer; the answer stays, with who withdrew it and why. The claim that a
    correction made goes: the answer keeps its number. Raises CannotWithdraw.
    """
    given = ConfirmationAnswer.objects.select_for_update(of=("self",)).get(pk=pk)
    if hasattr(given, "withdrawal"):
        raise CannotWithdraw("Cette réponse est déjà retirée.")
    claim = JobClaim.objects.select_for_update().get(pk=given.request.claim_id)
    JobClaim.objects.filter(answer=given).delete()
    claim.confirmed_by, claim.confirmed_on, claim.contested_on = "", None, None
    try:
        with transaction.atomic():
            claim.save(update_fields=["confirmed_by", "confirmed_on", "contested_on"])
    except IntegrityError:
        raise CannotWithdraw(
            "Un autre nombre a été noté depuis, du même jour et du même dispositif\u00a0: il tient déjà lieu"
            " de celui-ci."
        ) from None
    return AnswerWithdrawal.objects.create(answer=given, by=user, why=why)


def too_many(address: str | None) -> bool:
    """Whether this address asked too often; counted in the cache, a window of an hour."""
    key = f"confirmation:{address}"
    cache.add(key, 0, EACH)
    try:
        return cache.incr(key) > TRIES
    except ValueError:
        return False

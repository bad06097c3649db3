"""What a promise that was not kept makes due, as its agreement says; unknown stays unknown. Pure."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from agglo.charts.french import number
from projects.aid_amounts import Sum, euros

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Due:
    """Euros to claim back (None when it cannot be said) and the computation in words."""

    amount: Decimal | None
    why: str


def due(rule: str, found: str, paid: Sum, target: Decimal | None, reached: Decimal | None) -> Due:
    """What to claim for one counterpart; `rule` and `found` are values of Clawback and Found."""
    if found in ("kept", "on_the_way"):
        return Due(Decimal(0), "La contrepartie est tenue ou n’est pas encore à l’échéance.")
    if rule == "none":
        return Due(Decimal(0), "La convention ne prévoit aucun reversement.")
    if found not in ("partly", "broken"):
        return Due(None, "Personne n’a encore pu dire si la contrepartie est tenue.")
    if rule == "unknown":
        return Due(None, "La source ne dit pas ce que la convention prévoit : rien n’est calculé.")
    if not paid.exact:
        return Due(None, f"Le versement n’est pas connu exactement ({paid.words}).")
    if rule == "full":
        return Due(paid.known, f"Tout ce qui a été versé : {euros(paid.known)}.")
    if target is None or reached is None:
        return Due(None, "Le prorata demande la cible et la valeur atteinte.")
    lacking = max(target - reached, Decimal(0))
    amount = (paid.known * lacking / target).quantize(CENT, ROUND_HALF_UP)
    whole, got = number(target, None), number(min(reached, target), None)
    return Due(amount, f"{euros(paid.known)} × ({whole} − {got}) ÷ {whole} = {euros(amount)}.")

"""SIREN and SIRET numbers: nine and fourteen digits that carry their own check. Pure."""

from django.core.exceptions import ValidationError

LA_POSTE = "356000000"
HEAD_OFFICE_OF_LA_POSTE = "35600000000048"


def luhn(digits: str) -> bool:
    """Whether every second digit from the right, doubled, and the others add up to a multiple of ten."""
    total = 0
    for rank, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + rank % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit() and text.strip("0") != ""


def is_siren(text: str) -> bool:
    """
    >>> is_siren("200072460"), is_siren("200072461")
    (True, False)
    """
    return _digits(text, 9) and luhn(text)


def is_siret(text: str) -> bool:
    """La Poste ran out of numbers: the digits of its establishments add up to a multiple of five."""
    if not _digits(text, 14) or not is_siren(text[:9]):
        return False
    if text.startswith(LA_POSTE) and text != HEAD_OFFICE_OF_LA_POSTE:
        return sum(map(int, text)) % 5 == 0
    return luhn(text)


def tidy(text: str) -> str:
    """« 200 072 460 » as people copy it, without its spaces."""
    return "".join(text.split())


def check_siren(text: str) -> None:
    """Raises ValidationError with a sentence that says what to do."""
    if text and not is_siren(text):
        raise ValidationError(
            f"«\u202f{text[:20]}\u202f» n’est pas un SIREN\u00a0: il compte neuf chiffres et sa clé"
            " de contrôle doit tomber"
            " juste. Recopiez-le depuis l’annuaire des entreprises."
        )


def check_siret(text: str) -> None:
    """Raises ValidationError with a sentence that says what to do."""
    if text and not is_siret(text):
        raise ValidationError(
            f"«\u202f{text[:20]}\u202f» n’est pas un SIRET\u00a0: il compte quatorze chiffres,"
            " commence par le SIREN de"
            " l’entreprise et sa clé de contrôle doit tomber juste."
        )

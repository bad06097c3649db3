"""« Tel que connu le »: the date asked for in an address, or a sentence that says why it was not followed."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from agglo.charts.french import date_long

FIELD = "connu_le"


@dataclass(frozen=True, slots=True)
class KnownOn:
    """`day` None means today. `error` is in French, and empty when the date was followed."""

    day: date | None = None
    error: str = ""

    @property
    def words(self) -> str:
        return date_long(self.day or timezone.localdate())

    @property
    def query(self) -> str:
        """What to add to an address so that it says the same."""
        return f"?{FIELD}={self.day.isoformat()}" if self.day else ""


def known_on(request) -> KnownOn:
    """The page always answers: with a date that cannot be followed it shows what is known today, and says
    so.
    """
    text = request.GET.get(FIELD, "").strip()
    if not text:
        return KnownOn()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return KnownOn(
            error=f"«\u202f{text[:20]}\u202f» n’est pas une date\u00a0:"
            " écrivez-la AAAA-MM-JJ, par exemple 2024-01-15."
            " La page montre ce que l’on sait aujourd’hui."
        )
    if day > timezone.localdate():
        return KnownOn(
            error=f"Le {date_long(day)} n’est pas encore venu\u00a0:"
            " la page montre ce que l’on sait aujourd’hui."
        )
    return KnownOn(day)

"""« Tel que connu le »: the date asked for in an address, or a sentence that says why it was not followed."""

from datetime import date

from django.utils import timezone

from agglo.charts.french import date_long

FIELD = "connu_le"


def known_on(request) -> tuple[date | None, str]:
    """The day asked for (None: today), and a sentence, empty when the date was followed."""
    text = request.GET.get(FIELD, "").strip()
    if not text:
        return None, ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None, (
            f"«\u202f{text[:20]}\u202f» n’est pas une date\u00a0: écrivez-la AAAA-MM-JJ,"
            " par exemple 2026-04-15. La page montre ce que l’on sait aujourd’hui."
        )
    if day > timezone.localdate():
        return (
            None,
            f"Le {date_long(day)} n’est pas encore venu\u00a0: la page montre ce que l’on sait aujourd’hui.",
        )
    return day, ""

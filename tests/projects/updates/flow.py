"""An update typed, submitted and decided through its pages."""

from projects.models import Update

ENTRY = "/equipe/mises-a-jour/projets/atelier/"
NEW = "Le terrain est acheté. Les travaux avancent vite."


def typed(**more) -> dict:
    return {"as_of": "2026-02-01", "weather": "sun", "synthesis": NEW, "act": "submit"} | more


def publishing(row: Update) -> dict:
    """What the page of an update sends, as it is now."""
    return {"act": "publish", "version": Update.objects.get(pk=row.pk).version}

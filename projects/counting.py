"""How many records a list holds, in words: invented ones are never added to attested ones."""

from django.db.models import Count, Q, QuerySet

from agglo.charts import french
from agglo.figures.vocabulary import Origin


def counted(rows: QuerySet, one: str, many: str) -> tuple[int, int, str]:
    """(attested, invented, « 5 sites, et 165 inventés pour la démonstration »); one query."""
    demo = Count("pk", filter=Q(origin=Origin.DEMO))
    found = rows.order_by().aggregate(every=Count("pk"), demo=demo)
    attested, invented = found["every"] - found["demo"], found["demo"]
    words = f"{french.number(attested)} {many if attested > 1 else one}"
    if invented:
        words += f", et {french.number(invented)} inventé{'s' if invented > 1 else ''} pour la démonstration"
    return attested, invented, words

"""How many records a list holds, in words: invented ones are never added to attested ones."""

from django.db.models import Count, Q, QuerySet

from agglo.charts import french
from agglo.figures.vocabulary import Origin


def counted(rows: QuerySet, one: str, many: str) -> tuple[int, int, str]:
    """(attested, invented, « 5 sites, et 165 inventés pour la démonstration »); one query."""
    demo = Count("pk", filter=Q(origin=Origin.DEMO))
    found = rows.order_by().aggregate(every=Count("pk"), demo=demo)
    attested, invented = found["every"] - found["demo"], found["demo"]
    return attested, invented, words(attested, invented, one, many)


def words(attested: int, invented: int, one: str, many: str) -> str:
    """
    >>> words(1, 0, "site", "sites"), words(0, 2, "site", "sites")
    ('1 site', '0 site, et 2 inventés pour la démonstration')
    """
    said = f"{french.number(attested)} {many if attested > 1 else one}"
    if invented:
        said += f", et {french.number(invented)} inventé{'s' if invented > 1 else ''} pour la démonstration"
    return said

"""Records are found by the names of their neighbours too: when a neighbour is renamed, their keys follow."""

from collections.abc import Collection, Mapping

from django.apps import apps
from django.db.models import Model

BATCH = 500
# The field of each kind of record that leads to the neighbour whose name its key holds.
BY_SITE = {"project": "site"}
BY_ORGANISATION = {"project": "lead", "commitment": "promiser", "supportcase": "company"}


def site_renamed(keys: Collection[int]) -> int:
    """Writes the keys of the projects of these sites anew; how many were no longer true."""
    return _follow(BY_SITE, keys)


def organisation_renamed(keys: Collection[int]) -> int:
    """The same for all that these organisations lead, promise or are helped with."""
    return _follow(BY_ORGANISATION, keys)


def _follow(fields: Mapping[str, str], keys: Collection[int]) -> int:
    return sum(_written(apps.get_model("projects", name), field, keys) for name, field in fields.items())


def _written(model: type[Model], field: str, keys: Collection[int]) -> int:
    """One query to read them, and one a batch of those that change."""
    neighbours = {"project": ("site", "lead")}.get(model._meta.model_name, (field,))
    wrong = []
    for record in model._base_manager.filter(**{f"{field}__in": keys}).select_related(*neighbours):
        before = record.search_key
        record.fill_search_key()
        if record.search_key != before:
            wrong.append(record)
    model._base_manager.bulk_update(wrong, ["search_key"], batch_size=BATCH)
    return len(wrong)

"""Tables made in one step of a migration may point at each other, and go as they came."""

import pytest
from django.db import connection, models
from django.db.migrations import CreateModel
from django.db.migrations.state import ProjectState

from agglo.created_together import CreateTogether


def _model(name: str, other: str) -> CreateModel:
    points = models.ForeignKey(f"pair.{other}", models.CASCADE, null=True, related_name="+")
    return CreateModel(name, [("id", models.BigAutoField(primary_key=True)), ("other", points)])


def _tables() -> set[str]:
    return {name for name in connection.introspection.table_names() if name.startswith("pair_")}


@pytest.mark.django_db
def test_tables_point_at_each_other_and_go_as_they_came():
    together = CreateTogether(_model("Lock", "Key"), _model("Key", "Lock"))
    before, after = ProjectState(), ProjectState()
    assert not before.apps.get_models()
    after.apps  # noqa: B018 - built already, as between two operations
    together.state_forwards("pair", after)
    with connection.schema_editor() as editor:
        together.database_forwards("pair", editor, before, after)
    assert _tables() == {"pair_lock", "pair_key"}
    with connection.cursor() as cursor:
        keys = connection.introspection.get_relations(cursor, "pair_lock")
        assert keys == {"other_id": ("id", "pair_key")}
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with connection.schema_editor() as editor:
        together.database_backwards("pair", editor, after, before)
    assert _tables() == set()

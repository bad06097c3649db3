"""Migrates a database by the steps that squashed migrations stand for, as a release before them did.

    python -m tests.unsquashed projects.0011_support_and_aid …

goes no further than the steps named, in the rooms named; elsewhere all the way.
"""

import os
import sys

import django
from django.apps import apps
from django.db import connection
from django.db.migrations import executor
from django.db.migrations.loader import MigrationLoader

OURS = ("agglo", "projects", "employment")


class Steps(MigrationLoader):
    """Leaves squashed migrations of ours aside: what waited for one waits for the last of its steps."""

    def load_disk(self) -> None:
        super().load_disk()
        last = {
            key: migration.replaces[-1]
            for key, migration in self.disk_migrations.items()
            if migration.replaces and apps.get_app_config(key[0]).name.split(".")[0] in OURS
        }
        for key in last:
            del self.disk_migrations[key]
        for migration in self.disk_migrations.values():
            migration.dependencies = [last.get(key, key) for key in migration.dependencies]


def main(named: list[str]) -> None:
    django.setup()
    executor.MigrationLoader = Steps
    steps = executor.MigrationExecutor(connection)
    stops = dict(name.split(".") for name in named)
    targets = [(app, stops.get(app, name)) for app, name in steps.loader.graph.leaf_nodes()]
    steps.migrate(targets)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agglo.settings.test")
    main(sys.argv[1:])

"""Puts in the database what memberships must respect."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("membership.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("territory", "0001_initial")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

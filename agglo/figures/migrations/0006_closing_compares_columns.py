"""Compares the columns of an observation directly when it is closed, instead of turning the rows into JSON."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("observation_closing.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("figures", "0005_more_references_by_statement")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

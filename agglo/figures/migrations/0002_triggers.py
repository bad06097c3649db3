"""Puts the ledger's rules in the database itself."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("triggers.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_initial")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

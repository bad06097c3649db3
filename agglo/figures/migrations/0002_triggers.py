"""Puts the ledger's rules in the database itself."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("triggers.sql").read_text()
# As it was until 0006 (observation_closing.sql).
SQL += """
CREATE TRIGGER observation_only_closing BEFORE UPDATE ON figures_observation
    FOR EACH ROW EXECUTE FUNCTION figures_only_closing('known_to', 'review');
"""


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_initial")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]

"""Opening choices are dated as what they choose between: by the day the last account of it was known."""

import django.utils.timezone
from django.db import migrations, models

# The one correction of a table that otherwise only closes its rows: its guard is put aside for it.
SQL = """
ALTER TABLE figures_retainedchoice DISABLE TRIGGER retainedchoice_only_closing;
UPDATE figures_retainedchoice r SET chosen_at = k.known
FROM (SELECT c.contradiction_id, max(o.known_from) AS known
      FROM figures_contradiction_observations c JOIN figures_observation o ON o.id = c.observation_id
      GROUP BY c.contradiction_id) k
WHERE k.contradiction_id = r.contradiction_id AND r.chosen_at > k.known
  AND r.chosen_by_user_id IS NULL AND r.chosen_by LIKE 'Choix d’ouverture du portail%';
ALTER TABLE figures_retainedchoice ENABLE TRIGGER retainedchoice_only_closing;
"""


class Migration(migrations.Migration):
    dependencies = [("figures", "0006_closing_compares_columns")]
    operations = [
        migrations.AlterField(
            model_name="retainedchoice",
            name="chosen_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="choisi le"
            ),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]

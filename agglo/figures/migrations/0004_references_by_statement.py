"""Checks series and release of observations once per statement instead of once per row."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).with_name("references.sql").read_text()
# As it was until 0005 (more_references.sql).
SQL += """
CREATE OR REPLACE FUNCTION figures_known_references() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    orphan record;
BEGIN
    SELECT n.series_id, n.release_id INTO orphan
    FROM (SELECT DISTINCT series_id, release_id FROM new_rows) n
    LEFT JOIN figures_series s ON s.id = n.series_id
    LEFT JOIN figures_release r ON r.id = n.release_id
    WHERE s.id IS NULL OR r.id IS NULL
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Observation sans série (%) ou sans édition (%).', orphan.series_id, orphan.release_id
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER observation_known_references AFTER INSERT ON figures_observation
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION figures_known_references();
"""


class Migration(migrations.Migration):
    dependencies = [("figures", "0003_quotation_value_words_quotation_verbatim")]
    operations = [
        migrations.AlterField(
            model_name="observation",
            name="series",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="observations",
                to="figures.series",
            ),
        ),
        migrations.AlterField(
            model_name="observation",
            name="release",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="figures.release",
            ),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]

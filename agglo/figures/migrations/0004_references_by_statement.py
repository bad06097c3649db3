"""Checks series and release of observations once per statement instead of once per row."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).with_name("references.sql").read_text()


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

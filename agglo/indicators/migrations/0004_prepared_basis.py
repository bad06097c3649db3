"""Tells what a prepared page says from what only renews its stamp; pages made before are made again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0003_prepared_figures"),
    ]

    operations = [
        migrations.RunSQL("DELETE FROM indicators_preparedpage", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="preparedpage",
            name="basis",
            field=models.CharField(default="", max_length=120),
        ),
        migrations.AlterField(
            model_name="preparedpage",
            name="stamp",
            field=models.CharField(max_length=120),
        ),
    ]

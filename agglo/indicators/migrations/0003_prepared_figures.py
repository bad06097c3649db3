"""Keeps cards, charts and columns of axis pages beside their body; pages made before are made again."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0002_prepared_page'),
    ]

    operations = [
        migrations.RunSQL("DELETE FROM indicators_preparedpage", migrations.RunSQL.noop),
        migrations.AddField(
            model_name='preparedpage',
            name='columns',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='preparedpage',
            name='figures',
            field=models.TextField(default=''),
        ),
    ]

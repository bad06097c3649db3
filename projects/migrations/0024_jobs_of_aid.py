"""Jobs of the establishment an aid goes to, as the decision says them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0023_imports_released")]

    operations = [
        migrations.AddField(
            model_name="fundingline",
            name="jobs",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="Tels que la décision les dit\u202f; publiés avec elle. Vide tant qu’on ne les sait pas.",
                null=True,
                verbose_name="emplois de l’établissement aidé",
            ),
        ),
    ]

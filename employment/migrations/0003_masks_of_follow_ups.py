"""A frozen mask says of which follow-up it is, so that several of one date are told apart."""

import django.db.models.deletion
from django.db import migrations, models


def tell(apps, schema_editor):
    """Each mask goes to the follow-up approved last before it was frozen, for that date and source."""
    masks = apps.get_model("employment", "FrozenMask")
    rows = apps.get_model("employment", "FollowUp")
    for mask in masks.objects.all():
        dataset, start, end = mask.release.rsplit(":", 2)
        held = rows.objects.filter(plan=mask.plan_id, dataset=dataset, start=start, end=end)
        mask.follow_up = held.filter(approved_at__lte=mask.at).order_by("approved_at").last()
        mask.save()


class Migration(migrations.Migration):
    dependencies = [("employment", "0002_audit")]

    operations = [
        migrations.AddField(
            "frozenmask",
            "follow_up",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="masks",
                to="employment.followup",
            ),
        ),
        migrations.RunPython(tell, migrations.RunPython.noop),
    ]

"""Held answers are decided on, datasets can stand still; both leave their trace in the audit trail."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agglo.accounts.audit import audited

# Of several answers held for one dataset, the last one waits.
ONE_HELD = """
UPDATE opendata_run r SET status = 'withdrawn', decided_at = now(),
       decision = 'Remplacée par une actualisation plus récente.'
WHERE r.status = 'implausible' AND EXISTS (SELECT 1 FROM opendata_run n WHERE n.code = r.code AND n.id > r.id
      AND n.status IN ('implausible', 'succeeded', 'unchanged'));
UPDATE opendata_run SET decision = 'Abandonnée.' WHERE status = 'withdrawn' AND decision = '';
"""
QUIET = ["heartbeat_at", "lease_until", "sent_at", "steps", "worker"]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_audit_trail"),
        ("opendata", "0002_host_limits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(blank=True, max_length=80, verbose_name="jeu de données")),
                ("producer", models.SlugField(blank=True, max_length=80, verbose_name="producteur")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("staff", "mise en pause par nos services"),
                            ("producer", "suspendu par le producteur"),
                        ],
                        default="staff",
                        max_length=10,
                        verbose_name="nature",
                    ),
                ),
                ("reason", models.TextField(verbose_name="raison")),
                (
                    "notice_url",
                    models.URLField(blank=True, max_length=500, verbose_name="annonce du producteur"),
                ),
                ("since", models.DateField(verbose_name="depuis le")),
                ("until", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="levée le")),
            ],
            options={
                "verbose_name": "pause",
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="run",
            name="decided_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="décidée le"),
        ),
        migrations.AddField(
            model_name="run",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="run",
            name="decision",
            field=models.TextField(blank=True, verbose_name="décision et raison"),
        ),
        migrations.AddField(
            model_name="run",
            name="replays",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replayed_by",
                to="opendata.run",
                verbose_name="relit",
            ),
        ),
        migrations.AddField(
            model_name="run",
            name="sample",
            field=models.JSONField(blank=True, default=list, verbose_name="différences relevées"),
        ),
        migrations.AddField(
            model_name="run",
            name="steps",
            field=models.JSONField(blank=True, default=list, verbose_name="étapes"),
        ),
        migrations.RunSQL(ONE_HELD, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(("decision", ""), _negated=True),
                    _connector="OR",
                ),
                name="withdrawn_run_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at__isnull", True), ("status", "implausible")),
                fields=("code",),
                name="one_held_run_per_dataset",
            ),
        ),
        migrations.AddField(
            model_name="pause",
            name="asked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="pause",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(models.Q(("code", ""), _negated=True), ("producer", "")),
                    models.Q(("code", ""), models.Q(("producer", ""), _negated=True)),
                    _connector="OR",
                ),
                name="pause_names_a_dataset_or_a_producer",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="pause_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="pause_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("code", "producer"),
                name="one_open_pause_per_target",
            ),
        ),
        audited("opendata_run", silent=QUIET),
        audited("opendata_pause"),
    ]

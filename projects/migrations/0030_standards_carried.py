"""Files of standards are compared, written and taken back by a worker; their rows stand apart."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from agglo.accounts.audit import audited

AS_BEFORE = audited("projects_standardimport", secret=("rows",))
# Signs of life of a worker are no acts of anybody.
SILENT = ("done", "total", "worker", "lease_until", "sent_at", "attempt", "cancel_asked")
MOVE = """
INSERT INTO projects_standardcontent (owner_id, rows) SELECT id, rows FROM projects_standardimport;
SET CONSTRAINTS ALL IMMEDIATE;
"""
BACK = """
UPDATE projects_standardimport SET rows = content.rows FROM projects_standardcontent content
WHERE content.owner_id = id;
UPDATE projects_standardimport SET state = 'waiting' WHERE state IN ('reading', 'writing', 'failed');
UPDATE projects_standardimport SET state = 'accepted' WHERE state = 'undoing';
"""
# What waited was compared each time it was looked at: the next round of the sweeper has it compared once.
COMPARE = """
UPDATE projects_standardimport SET state = 'reading', sent_at = '2000-01-01' WHERE state = 'waiting'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0029_changes_that_wait'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(AS_BEFORE.reverse_sql, AS_BEFORE.sql),
        migrations.CreateModel(
            name='ComparedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField(verbose_name='ligne')),
                ('key', models.TextField(blank=True, verbose_name='identifiant')),
                ('label', models.TextField(blank=True, verbose_name='nom')),
                ('verdict', models.CharField(choices=[('changed', 'changée'), ('added', 'ajoutée'), ('refused', 'refusée'), ('unchanged', 'inchangée')], max_length=9, verbose_name='issue')),
                ('differences', models.JSONField(default=list, verbose_name='différences')),
                ('reasons', models.JSONField(default=list, verbose_name='raisons')),
                ('remarks', models.JSONField(default=list, verbose_name='remarques')),
                ('kept_because', models.CharField(blank=True, max_length=300, verbose_name='laissée parce que')),
            ],
            options={
                'verbose_name': 'ligne comparée',
                'ordering': ['line'],
            },
        ),
        migrations.CreateModel(
            name='StandardContent',
            fields=[
                ('owner', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='content', serialize=False, to='projects.standardimport')),
                ('rows', models.JSONField(default=list, verbose_name='lignes lues')),
            ],
            options={
                'verbose_name': 'lignes d’un fichier de standard',
            },
        ),
        migrations.AddField(
            model_name='standardimport',
            name='added',
            field=models.PositiveIntegerField(default=0, verbose_name='ajoutées'),
        ),
        migrations.AddField(
            model_name='standardimport',
            name='attempt',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='tentative'),
        ),
        migrations.AddField(
            model_name='standardimport',
            name='cancel_asked',
            field=models.BooleanField(default=False, verbose_name='arrêt demandé'),
        ),
        migrations.AddField(
            model_name='standardimport',
            name='changed',
            field=models.PositiveIntegerField(default=0, verbose_name='changées'),
        ),
        migrations.AddField(
            model_name='standardimport',
            name='chosen',
            field=models.JSONField(blank=True, null=True, verbose_name='lignes acceptées'),
        ),
        migrations.AddField(
            model_name='standardimport',
            name='compared_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='comparée le'),
        ),
        migrations.AddField(
            model_name='standardimport',
            name='done',
            field=models.PositiveIntegerField(default=0, verbose_name='lignes faites'),
        ),
        migrations.AddField(
            model_name='standardimport',
            name='error',
            field=models.TextField(blank=True, verbose_name='ce qui s’est passé'),
        ),
        migrations.AddField(
            model_name='standardimport',
            name='lease_until',
            field=models.DateTimeField(blank=True, null=True, verbose_name='réservé jusqu’à'),
        ),
        migrations.AddField(
            model_name='standardimport',
            name='publishes',
            field=models.BooleanField(default=False, verbose_name='publie les sites ajoutés'),
        ),
        migrations.AddField(
            model_name='standardimport',
            name='refused',
            field=models.PositiveIntegerField(default=0, verbose_name='refusées'),
        ),
        migrations.AddField(
            model_name='standardimport',
            name='sent_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='message envoyé le'),
        ),
        migrations.AddField(
            model_name='standardimport',
            name='total',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='lignes à faire'),
        ),
        migrations.AddField(
            model_name='standardimport',
            name='unchanged',
            field=models.PositiveIntegerField(default=0, verbose_name='inchangées'),
        ),
        migrations.AddField(
            model_name='standardimport',
            name='worker',
            field=models.CharField(blank=True, max_length=120, verbose_name='ouvrier'),
        ),
        migrations.AlterField(
            model_name='standardimport',
            name='state',
            field=models.CharField(choices=[('reading', 'en cours de comparaison'), ('waiting', 'en attente d’un accord'), ('writing', 'en cours d’écriture'), ('accepted', 'acceptée'), ('undoing', 'en cours d’annulation'), ('undone', 'annulée'), ('abandoned', 'abandonnée'), ('failed', 'en échec')], default='reading', max_length=9, verbose_name='état'),
        ),
        migrations.AddConstraint(
            model_name='standardimport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('error', ''), _negated=True), _connector='OR'), name='failed_standard_import_says_why'),
        ),
        migrations.AddField(
            model_name='comparedrow',
            name='brought',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='compared', to='projects.standardimport'),
        ),
        migrations.AddConstraint(
            model_name='comparedrow',
            constraint=models.UniqueConstraint(fields=('brought', 'line'), name='compared_row_once_a_line'),
        ),
        migrations.AddConstraint(
            model_name='comparedrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'refused'), _negated=True), models.Q(('reasons', []), _negated=True), _connector='OR'), name='refused_compared_row_says_why'),
        ),
        migrations.RunSQL(MOVE, BACK),
        migrations.RemoveField(
            model_name='standardimport',
            name='rows',
        ),
        migrations.RunSQL(COMPARE, migrations.RunSQL.noop),
        audited("projects_standardimport", silent=SILENT),
    ]

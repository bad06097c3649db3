"""Files of many records brought by staff, their rows, and the trail of who decided what."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from agglo.accounts.audit import audited


class Migration(migrations.Migration):

    dependencies = [
        ("projects", "0017_prospect_seeks_a_lot"),
        ("accounts", "0002_audit_trail"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet', models.CharField(blank=True, max_length=12, verbose_name='contenu')),
                ('name', models.CharField(max_length=200, verbose_name='fichier')),
                ('state', models.CharField(choices=[('reading', 'en cours de lecture'), ('ready', 'à relire'), ('applying', 'en cours d’écriture'), ('applied', 'appliqué'), ('undoing', 'en cours d’annulation'), ('undone', 'annulé après coup'), ('cancelled', 'abandonné'), ('failed', 'en échec')], default='reading', max_length=10, verbose_name='état')),
                ('brought_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='apporté le')),
                ('applied_at', models.DateTimeField(blank=True, null=True, verbose_name='appliqué le')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='annulé le')),
                ('columns', models.JSONField(blank=True, default=list, verbose_name='colonnes lues')),
                ('warnings', models.JSONField(blank=True, default=list, verbose_name='avertissements')),
                ('read', models.PositiveIntegerField(default=0, verbose_name='lignes lues')),
                ('added', models.PositiveIntegerField(default=0, verbose_name='ajoutées')),
                ('changed', models.PositiveIntegerField(default=0, verbose_name='modifiées')),
                ('unchanged', models.PositiveIntegerField(default=0, verbose_name='inchangées')),
                ('refused', models.PositiveIntegerField(default=0, verbose_name='refusées')),
                ('kept', models.PositiveIntegerField(default=0, verbose_name='laissées à l’annulation')),
                ('error', models.TextField(blank=True, verbose_name='ce qui s’est passé')),
                ('cancel_asked', models.BooleanField(default=False, verbose_name='arrêt demandé')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='lignes faites')),
                ('total', models.PositiveIntegerField(blank=True, null=True, verbose_name='lignes à faire')),
                ('worker', models.CharField(blank=True, max_length=120, verbose_name='ouvrier')),
                ('lease_until', models.DateTimeField(blank=True, null=True, verbose_name='réservé jusqu’à')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='message envoyé le')),
                ('attempt', models.PositiveSmallIntegerField(default=0, verbose_name='tentative')),
                ('brought_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='apporté par')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'import',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='BulkContent',
            fields=[
                ('owner', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='file', serialize=False, to='projects.import')),
                ('content', models.BinaryField(verbose_name='contenu')),
            ],
            options={
                'verbose_name': 'fichier importé',
            },
        ),
        migrations.CreateModel(
            name='BulkRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField(verbose_name='ligne')),
                ('change', models.CharField(choices=[('added', 'ajoutée'), ('changed', 'modifiée'), ('refused', 'refusée')], max_length=8, verbose_name='changement')),
                ('key', models.CharField(blank=True, max_length=64, verbose_name='repère')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='nom')),
                ('record_id', models.BigIntegerField(blank=True, null=True)),
                ('cells', models.JSONField(default=dict)),
                ('reasons', models.JSONField(default=list)),
                ('given', models.JSONField(default=dict)),
                ('outcome', models.CharField(blank=True, choices=[('', 'pas encore'), ('applied', 'écrite'), ('undone', 'remise comme avant'), ('kept', 'laissée : modifiée depuis')], default='', max_length=8, verbose_name='issue')),
                ('note', models.TextField(blank=True, verbose_name='remarque')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='projects.import')),
            ],
            options={
                'verbose_name': 'ligne d’un import',
                'ordering': ['line'],
            },
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('error', ''), _negated=True), _connector='OR'), name='failed_import_says_why'),
        ),
        migrations.AddIndex(
            model_name='bulkrow',
            index=models.Index(fields=['owner', 'change', 'line'], name='bulk_row_by_change'),
        ),
        migrations.AddConstraint(
            model_name='bulkrow',
            constraint=models.UniqueConstraint(fields=('owner', 'line'), name='bulk_row_once_a_line'),
        ),
        migrations.AddConstraint(
            model_name='bulkrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('change', 'refused'), _negated=True), models.Q(('reasons', []), _negated=True), _connector='OR'), name='refused_bulk_row_says_why'),
        ),
        audited(
            "projects_import",
            silent=["done", "total", "worker", "lease_until", "sent_at", "attempt", "cancel_asked"],
        ),
    ]

"""Where each project stands, kept by the database beside it; indexes that serve long lists; kept views."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agglo.accounts.audit import audited

SQL = (Path(__file__).parent / "gate_now.sql").read_text(encoding="utf-8")
BACK = """
DROP TRIGGER passage_moves_project ON projects_passage; DROP TRIGGER project_gate_now ON projects_project;
DROP FUNCTION projects_passed(); DROP FUNCTION projects_gate_now();
"""
# The trail keeps the passages themselves: where they lead is not a second entry.
UNAUDITED = """
DROP TRIGGER projects_project_audited ON projects_project;
DROP TRIGGER projects_project_not_emptied ON projects_project;
"""

AUDITED_AS_BEFORE = audited("projects_project", silent=["updated_at"]).sql


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_audit_trail'),
        ('figures', '0007_choices_dated'),
        ('projects', '0018_imports'),
        ('territory', '0002_membership_rules'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of', models.CharField(choices=[('sites', 'sites'), ('projets', 'projets')], max_length=8, verbose_name='liste')),
                ('name', models.CharField(max_length=80, verbose_name='nom')),
                ('query', models.CharField(blank=True, max_length=1000, verbose_name='filtres, colonnes et ordre')),
            ],
            options={
                'verbose_name': 'vue gardée',
                'verbose_name_plural': 'vues gardées',
                'ordering': ['name'],
            },
        ),
        migrations.RemoveIndex(
            model_name='project',
            name='project_by_name',
        ),
        migrations.RemoveIndex(
            model_name='site',
            name='site_by_name',
        ),
        migrations.AddField(
            model_name='project',
            name='gate',
            field=models.SmallIntegerField(choices=[(1, 'réflexion'), (2, 'en projet'), (3, 'engagé'), (4, 'en cours'), (5, 'livré'), (8, 'suspendu'), (9, 'abandonné')], editable=False, null=True, verbose_name='étape'),
        ),
        migrations.AddField(
            model_name='project',
            name='gate_on',
            field=models.DateField(editable=False, null=True, verbose_name='étape franchie le'),
        ),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(fields=['published', 'search_key', 'id'], include=('kind', 'axis', 'gate', 'origin'), name='project_in_lists'),
        ),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(fields=['published', 'gate', 'search_key'], name='project_by_gate'),
        ),
        migrations.AddIndex(
            model_name='site',
            index=models.Index(fields=['published', 'search_key', 'id'], include=('kind', 'commune', 'origin'), name='site_in_lists'),
        ),
        migrations.AddField(
            model_name='savedview',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(fields=('owner', 'of', 'name'), name='saved_view_once_a_name'),
        ),
        migrations.RunSQL(SQL, BACK),
        migrations.RunSQL(UNAUDITED, AUDITED_AS_BEFORE),
        audited("projects_project", silent=["updated_at", "gate", "gate_on"]),
        # Every project asks for its last passage once.
        migrations.RunSQL("UPDATE projects_project SET gate = NULL", migrations.RunSQL.noop),
        audited("projects_savedview"),
    ]

"""Stages in force beside their site, names of its lead and site beside a project: counted and sorted in an
index, kept by the database.
"""

from pathlib import Path

from django.db import migrations, models

from agglo.accounts.audit import audited

SQL = "".join(
    (Path(__file__).parent / name).read_text(encoding="utf-8")
    for name in ("stages_now.sql", "sorted_by_neighbours.sql")
)
BACK = """
DROP TRIGGER site_renames_projects ON projects_site;
DROP TRIGGER organisation_renames_projects ON projects_organisation;
DROP TRIGGER project_neighbours ON projects_project;
DROP TRIGGER stage_gone_moves_site ON projects_lifestage;
DROP TRIGGER stage_changed_moves_site ON projects_lifestage;
DROP TRIGGER stage_added_moves_site ON projects_lifestage;
DROP TRIGGER site_stages_now ON projects_site;
DROP FUNCTION projects_neighbour_renamed(), projects_neighbours(), projects_staged(), projects_stages_now();
"""
# The trail keeps stages and names themselves: what is worked out from them is not a second entry.
BEFORE = {"projects_project": ["updated_at", "gate", "gate_on"], "projects_site": ["updated_at"]}
NOW = {
    "projects_project": [*BEFORE["projects_project"], "lead_key", "site_key"],
    "projects_site": ["updated_at", "stage_bits", "stage_bits_since", "stage_bits_until"],
}
FILL = "UPDATE projects_site SET stage_bits = NULL; UPDATE projects_project SET lead_key = NULL"


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_audit_trail'),
        ('figures', '0008_contest'),
        ('projects', '0027_publications_of_aid_and_promises'),
        ('territory', '0002_membership_rules'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='project',
            name='project_in_lists',
        ),
        migrations.RemoveIndex(
            model_name='site',
            name='site_in_lists',
        ),
        migrations.RemoveIndex(
            model_name='site',
            name='site_in_counts',
        ),
        migrations.AddField(
            model_name='project',
            name='lead_key',
            field=models.CharField(editable=False, max_length=200, null=True, verbose_name='clé du porteur'),
        ),
        migrations.AddField(
            model_name='project',
            name='site_key',
            field=models.CharField(editable=False, max_length=200, null=True, verbose_name='clé du site'),
        ),
        migrations.AddField(
            model_name='site',
            name='stage_bits',
            field=models.IntegerField(editable=False, null=True, verbose_name='étapes en cours'),
        ),
        migrations.AddField(
            model_name='site',
            name='stage_bits_since',
            field=models.DateField(editable=False, null=True, verbose_name='vrai depuis le'),
        ),
        migrations.AddField(
            model_name='site',
            name='stage_bits_until',
            field=models.DateField(editable=False, null=True, verbose_name='vrai jusqu’au (exclu)'),
        ),
        *(
            migrations.RunSQL(audited(table, silent=silent).reverse_sql, audited(table, silent=silent).sql)
            for table, silent in BEFORE.items()
        ),
        *(audited(table, silent=silent) for table, silent in NOW.items()),
        migrations.RunSQL(SQL, BACK),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(fields=['published', 'search_key', 'id'], include=('kind', 'axis', 'gate', 'gate_on', 'origin'), name='project_in_lists'),
        ),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(fields=['published', 'lead_key', 'search_key', 'id'], name='project_by_lead'),
        ),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(fields=['published', 'site_key', 'search_key', 'id'], name='project_by_site'),
        ),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(fields=['published', 'id'], include=('kind', 'axis', 'gate', 'origin'), name='project_in_counts'),
        ),
        migrations.AddIndex(
            model_name='site',
            index=models.Index(fields=['published', 'search_key', 'id'], include=('kind', 'commune', 'origin', 'stage_bits', 'stage_bits_since', 'stage_bits_until'), name='site_in_lists'),
        ),
        migrations.AddIndex(
            model_name='site',
            index=models.Index(fields=['published', 'id'], include=('kind', 'commune', 'origin', 'latitude', 'longitude', 'stage_bits', 'stage_bits_since', 'stage_bits_until'), name='site_in_counts'),
        ),
        # Lists of records that are there already are read in these indexes at once.
        migrations.RunSQL("ANALYZE projects_project, projects_site", migrations.RunSQL.noop),
    ]

"""An index of the parts of search keys, and how it is asked for words that few records have."""

from pathlib import Path

import django.contrib.postgres.indexes
import projects.search_parts
from django.db import migrations

SQL = (Path(__file__).parent / "search_parts.sql").read_text(encoding="utf-8")
BACK = "DROP FUNCTION projects_few(text, text[]); DROP FUNCTION projects_parts(text)"

class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_audit_trail'),
        ('figures', '0008_contest'),
        ('projects', '0025_counts_read_in_an_index'),
        ('territory', '0002_membership_rules'),
    ]

    operations = [
        migrations.RunSQL(SQL, BACK),
        migrations.AddIndex(
            model_name='project',
            index=django.contrib.postgres.indexes.GinIndex(projects.search_parts.Parts('search_key'), gin_pending_list_limit=256, name='project_by_parts'),
        ),
        migrations.AddIndex(
            model_name='site',
            index=django.contrib.postgres.indexes.GinIndex(projects.search_parts.Parts('search_key'), gin_pending_list_limit=256, name='site_by_parts'),
        ),
        # Records that are there already have their statistics at once.
        migrations.RunSQL("ANALYZE projects_project, projects_site", migrations.RunSQL.noop),
    ]

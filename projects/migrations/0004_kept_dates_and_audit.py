"""Planned dates and passages are never rewritten; every table of projects is under the audit trail."""

from pathlib import Path

from django.db import migrations

from agglo.accounts.audit import audited

SQL = (Path(__file__).parent / "append_only.sql").read_text(encoding="utf-8")
BACK = """
DROP TRIGGER planned_date_is_kept ON projects_planneddate; DROP TRIGGER passage_is_kept ON projects_passage;
DROP FUNCTION projects_append_only();
"""
TABLES = (
    "project", "partner", "passage", "milestone", "planneddate", "budgetline", "risk", "decision", "bulletin"
)


class Migration(migrations.Migration):

    dependencies = [("projects", "0003_projects"), ("accounts", "0002_audit_trail")]

    operations = [
        migrations.RunSQL(SQL, BACK),
        *(
            audited(f"projects_{table}", silent=["updated_at"] if table == "project" else [])
            for table in TABLES
        ),
    ]

"""Verdicts are never rewritten; commitments and job claims are under the audit trail."""

from django.db import migrations

from agglo.accounts.audit import audited

SQL = """
CREATE TRIGGER verdict_is_kept BEFORE UPDATE ON projects_verdict
    FOR EACH ROW EXECUTE FUNCTION projects_append_only();
"""
TABLES = ("commitment", "verdict", "jobpool", "jobclaim")


class Migration(migrations.Migration):

    dependencies = [("projects", "0005_commitments_and_jobs"), ("accounts", "0002_audit_trail")]

    operations = [
        migrations.RunSQL(SQL, "DROP TRIGGER verdict_is_kept ON projects_verdict;"),
        *(audited(f"projects_{table}") for table in TABLES),
    ]

"""Check digits kept by the database, and the audit trail over every table of sites."""

from pathlib import Path

from django.db import migrations

from agglo.accounts.audit import audited

SQL = (Path(__file__).parent / "check_digits.sql").read_text(encoding="utf-8")
BACK = """
ALTER TABLE projects_occupancy DROP CONSTRAINT occupancy_siret_check_digit;
ALTER TABLE projects_organisation DROP CONSTRAINT organisation_siren_check_digit;
DROP FUNCTION projects_is_siret(text); DROP FUNCTION projects_luhn(text);
"""
TABLES = ("organisation", "site", "lot", "lotstate", "surface", "ownership", "lifestage", "occupancy")


class Migration(migrations.Migration):

    dependencies = [("projects", "0001_initial"), ("accounts", "0002_audit_trail")]

    operations = [
        migrations.RunSQL(SQL, BACK),
        *(audited(f"projects_{table}", silent=["updated_at"] if table == "site" else []) for table in TABLES),
    ]

"""Aid: attested and invented never mix, movements and checks are kept, every table is under the audit trail."""

from pathlib import Path

from django.db import migrations

from agglo.accounts.audit import audited

SQL = (Path(__file__).parent / "aid.sql").read_text(encoding="utf-8")
BACK = """
ALTER TABLE projects_beneficiary DROP CONSTRAINT beneficiary_siret_check_digit;
DROP TRIGGER shares_make_the_whole ON projects_beneficiary; DROP FUNCTION projects_shares_make_the_whole();
DROP TRIGGER movement_stays_on_its_line ON projects_movement;
DROP FUNCTION projects_movement_stays_on_its_line();
DROP TRIGGER counterpart_check_is_kept ON projects_counterpartcheck;
DROP TRIGGER movement_is_kept ON projects_movement;
DROP FUNCTION projects_same_class() CASCADE;
"""
TABLES = ("scheme", "supportcase", "supportact", "fundingline", "beneficiary", "movement", "counterpart")
TABLES += ("counterpartcheck", "undertakinglink")


class Migration(migrations.Migration):

    dependencies = [("projects", "0011_support_and_aid"), ("accounts", "0002_audit_trail")]

    operations = [migrations.RunSQL(SQL, BACK), *(audited(f"projects_{table}") for table in TABLES)]

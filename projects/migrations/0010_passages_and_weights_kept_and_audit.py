"""Passages, weights, openings and answers are never rewritten; openings and weights are never taken away."""

from pathlib import Path

from django.db import migrations

from agglo.accounts.audit import audited

SQL = (Path(__file__).parent / "prospects_kept.sql").read_text(encoding="utf-8")
BACK = """
DROP TRIGGER prospect_passage_is_kept ON projects_prospectpassage;
DROP TRIGGER weight_set_is_kept ON projects_weightset;
DROP TRIGGER weight_is_kept ON projects_weight;
DROP TRIGGER answer_is_kept ON projects_confirmationanswer;
DROP TRIGGER nda_access_is_kept ON projects_ndaaccess;
DROP FUNCTION projects_kept_but_demo();
"""
# An administrator reads the audit trail, and an administrator is no party to the agreements of confidentiality.
SECRET = ["name", "activity", "site_words", "source", "wording"]
SECRET += [f"{what}_{side}" for what in ("jobs", "invest", "area") for side in ("low", "high")]


class Migration(migrations.Migration):

    dependencies = [("projects", "0009_prospects_and_confirmations"), ("accounts", "0002_audit_trail")]

    operations = [
        migrations.RunSQL(SQL, BACK),
        audited("projects_prospect", secret=SECRET, silent=["updated_at"]),
        audited("projects_prospect_readers"),
        audited("projects_prospectpassage", secret=["reason"]),
        audited("projects_ndaaccess"),
        audited("projects_weightset"),
        audited("projects_weight"),
        audited("projects_confirmationrequest"),
        audited("projects_confirmationanswer"),
    ]

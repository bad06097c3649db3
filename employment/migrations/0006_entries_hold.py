"""The rules of entries, and what their reports now say in place of each row."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("employment", "0005_entries_so_far")]

    operations = [
        migrations.RemoveConstraint(
            model_name='actionstate',
            name='action_state_once',
        ),
        migrations.RemoveConstraint(
            model_name='enrolment',
            name='enrolment_once',
        ),
        migrations.RemoveConstraint(
            model_name='exit',
            name='exit_once',
        ),
        migrations.RemoveConstraint(
            model_name='helpedcompany',
            name='company_once_a_plan',
        ),
        migrations.RemoveConstraint(
            model_name='planevent',
            name='plan_event_once',
        ),
        migrations.RemoveConstraint(
            model_name='result',
            name='result_once',
        ),
        migrations.AlterField(
            model_name='actionstate',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='states', to='employment.agreementreport'),
        ),
        migrations.AlterField(
            model_name='enrolment',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enrolments', to='employment.schoolreport'),
        ),
        migrations.AlterField(
            model_name='exit',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exits', to='employment.schoolreport'),
        ),
        migrations.AlterField(
            model_name='result',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='employment.schoolreport'),
        ),
        migrations.RemoveField(
            model_name='actionstate',
            name='as_of',
        ),
        migrations.RemoveField(
            model_name='actionstate',
            name='source',
        ),
        migrations.RemoveField(
            model_name='enrolment',
            name='on',
        ),
        migrations.RemoveField(
            model_name='enrolment',
            name='source',
        ),
        migrations.RemoveField(
            model_name='exit',
            name='source',
        ),
        migrations.RemoveField(
            model_name='result',
            name='source',
        ),
        migrations.AlterModelOptions(
            name='actionstate',
            options={'ordering': ['action', 'pk'], 'verbose_name': 'état d’une action'},
        ),
        migrations.AlterModelOptions(
            name='enrolment',
            options={'verbose_name': 'effectif'},
        ),
        migrations.AddConstraint(
            model_name='helpedcompany',
            constraint=models.UniqueConstraint(condition=models.Q(('review', 3), ('superseded_at__isnull', True)), fields=('plan', 'siren'), name='company_once_a_plan'),
        ),
        migrations.AddConstraint(
            model_name='helpedcompany',
            constraint=models.CheckConstraint(condition=models.Q(('reviewer__isnull', True), models.Q(('reviewer', models.F('author')), _negated=True), _connector='OR'), name='company_is_approved_by_somebody_else'),
        ),
        migrations.AddConstraint(
            model_name='helpedcompany',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', False), ('review', 3)), models.Q(models.Q(('review', 3), _negated=True), ('approved_at__isnull', True)), _connector='OR'), name='company_approved_has_its_date'),
        ),
        migrations.AddConstraint(
            model_name='helpedcompany',
            constraint=models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(models.Q(('reason', 0), _negated=True), models.Q(('reason_words', ''), _negated=True)), _connector='OR'), name='company_correction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='planevent',
            constraint=models.UniqueConstraint(condition=models.Q(('review', 3), ('superseded_at__isnull', True)), fields=('plan', 'kind', 'on'), name='plan_event_once'),
        ),
        migrations.AddConstraint(
            model_name='planevent',
            constraint=models.CheckConstraint(condition=models.Q(('reviewer__isnull', True), models.Q(('reviewer', models.F('author')), _negated=True), _connector='OR'), name='plan_event_is_approved_by_somebody_else'),
        ),
        migrations.AddConstraint(
            model_name='planevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', False), ('review', 3)), models.Q(models.Q(('review', 3), _negated=True), ('approved_at__isnull', True)), _connector='OR'), name='plan_event_approved_has_its_date'),
        ),
        migrations.AddConstraint(
            model_name='planevent',
            constraint=models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(models.Q(('reason', 0), _negated=True), models.Q(('reason_words', ''), _negated=True)), _connector='OR'), name='plan_event_correction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='actionstate',
            constraint=models.UniqueConstraint(fields=('report', 'action'), name='action_state_once'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.UniqueConstraint(fields=('report', 'programme'), name='enrolment_once'),
        ),
        migrations.AddConstraint(
            model_name='exit',
            constraint=models.UniqueConstraint(fields=('report', 'programme', 'year', 'why'), name='exit_once'),
        ),
        migrations.AddConstraint(
            model_name='result',
            constraint=models.UniqueConstraint(fields=('report', 'programme', 'year'), name='result_once'),
        ),
        migrations.AddConstraint(
            model_name='agreementreport',
            constraint=models.UniqueConstraint(condition=models.Q(('review', 3), ('superseded_at__isnull', True)), fields=('agreement', 'as_of', 'source'), name='agreement_report_once'),
        ),
        migrations.AddConstraint(
            model_name='agreementreport',
            constraint=models.CheckConstraint(condition=models.Q(('reviewer__isnull', True), models.Q(('reviewer', models.F('author')), _negated=True), _connector='OR'), name='agreement_report_is_approved_by_somebody_else'),
        ),
        migrations.AddConstraint(
            model_name='agreementreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', False), ('review', 3)), models.Q(models.Q(('review', 3), _negated=True), ('approved_at__isnull', True)), _connector='OR'), name='agreement_report_approved_has_its_date'),
        ),
        migrations.AddConstraint(
            model_name='agreementreport',
            constraint=models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(models.Q(('reason', 0), _negated=True), models.Q(('reason_words', ''), _negated=True)), _connector='OR'), name='agreement_report_correction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='planmeasure',
            constraint=models.UniqueConstraint(condition=models.Q(('review', 3), ('superseded_at__isnull', True)), fields=('plan', 'kind', 'source'), name='plan_measure_once'),
        ),
        migrations.AddConstraint(
            model_name='planmeasure',
            constraint=models.CheckConstraint(condition=models.Q(('reviewer__isnull', True), models.Q(('reviewer', models.F('author')), _negated=True), _connector='OR'), name='plan_measure_is_approved_by_somebody_else'),
        ),
        migrations.AddConstraint(
            model_name='planmeasure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', False), ('review', 3)), models.Q(models.Q(('review', 3), _negated=True), ('approved_at__isnull', True)), _connector='OR'), name='plan_measure_approved_has_its_date'),
        ),
        migrations.AddConstraint(
            model_name='planmeasure',
            constraint=models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(models.Q(('reason', 0), _negated=True), models.Q(('reason_words', ''), _negated=True)), _connector='OR'), name='plan_measure_correction_says_why'),
        ),
        migrations.AddConstraint(
            model_name='schoolreport',
            constraint=models.UniqueConstraint(condition=models.Q(('review', 3), ('superseded_at__isnull', True)), fields=('school', 'as_of', 'source'), name='school_report_once'),
        ),
        migrations.AddConstraint(
            model_name='schoolreport',
            constraint=models.CheckConstraint(condition=models.Q(('reviewer__isnull', True), models.Q(('reviewer', models.F('author')), _negated=True), _connector='OR'), name='school_report_is_approved_by_somebody_else'),
        ),
        migrations.AddConstraint(
            model_name='schoolreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', False), ('review', 3)), models.Q(models.Q(('review', 3), _negated=True), ('approved_at__isnull', True)), _connector='OR'), name='school_report_approved_has_its_date'),
        ),
        migrations.AddConstraint(
            model_name='schoolreport',
            constraint=models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(models.Q(('reason', 0), _negated=True), models.Q(('reason_words', ''), _negated=True)), _connector='OR'), name='school_report_correction_says_why'),
        ),
    
    ]

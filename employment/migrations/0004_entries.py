"""What people enter about plans, agreements and schools is approved by another before it counts."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("employment", "0003_masks_of_follow_ups"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name='AgreementReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('review', models.SmallIntegerField(choices=[(0, 'brouillon'), (1, 'soumis'), (2, 'renvoyé avec une remarque'), (3, 'validé'), (4, 'retiré')], default=0, verbose_name='étape')),
                ('note', models.TextField(blank=True, verbose_name='remarque')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='connu depuis')),
                ('superseded_at', models.DateTimeField(blank=True, null=True, verbose_name='connu jusqu’au')),
                ('reason', models.SmallIntegerField(choices=[(0, 'première connaissance'), (1, 'révision par la source'), (2, 'erreur de saisie'), (3, 'changement de périmètre'), (4, 'changement de définition'), (5, 'retrait par la source')], default=0, verbose_name='raison')),
                ('reason_words', models.TextField(blank=True, verbose_name='raison, en mots')),
                ('as_of', models.DateField(verbose_name='situation au')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
            ],
            options={
                'verbose_name': 'état d’une convention',
                'verbose_name_plural': 'états d’une convention',
                'ordering': ['as_of', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('review', models.SmallIntegerField(choices=[(0, 'brouillon'), (1, 'soumis'), (2, 'renvoyé avec une remarque'), (3, 'validé'), (4, 'retiré')], default=0, verbose_name='étape')),
                ('note', models.TextField(blank=True, verbose_name='remarque')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='connu depuis')),
                ('superseded_at', models.DateTimeField(blank=True, null=True, verbose_name='connu jusqu’au')),
                ('reason', models.SmallIntegerField(choices=[(0, 'première connaissance'), (1, 'révision par la source'), (2, 'erreur de saisie'), (3, 'changement de périmètre'), (4, 'changement de définition'), (5, 'retrait par la source')], default=0, verbose_name='raison')),
                ('reason_words', models.TextField(blank=True, verbose_name='raison, en mots')),
                ('kind', models.CharField(choices=[('internal', 'reclassement interne'), ('voluntary', 'départ volontaire'), ('leave', 'congé de reclassement, de mobilité ou contrat de sécurisation'), ('training', 'formation, validation des acquis'), ('company', 'création ou reprise d’entreprise'), ('mobility', 'mobilité géographique'), ('age', 'préretraite, mesure d’âge'), ('other', 'autre mesure')], max_length=12, verbose_name='mesure')),
                ('words', models.CharField(max_length=300, verbose_name='ce qu’elle prévoit')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
            ],
            options={
                'verbose_name': 'mesure d’un plan',
                'verbose_name_plural': 'mesures d’un plan',
                'ordering': ['kind', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SchoolReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('review', models.SmallIntegerField(choices=[(0, 'brouillon'), (1, 'soumis'), (2, 'renvoyé avec une remarque'), (3, 'validé'), (4, 'retiré')], default=0, verbose_name='étape')),
                ('note', models.TextField(blank=True, verbose_name='remarque')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='connu depuis')),
                ('superseded_at', models.DateTimeField(blank=True, null=True, verbose_name='connu jusqu’au')),
                ('reason', models.SmallIntegerField(choices=[(0, 'première connaissance'), (1, 'révision par la source'), (2, 'erreur de saisie'), (3, 'changement de périmètre'), (4, 'changement de définition'), (5, 'retrait par la source')], default=0, verbose_name='raison')),
                ('reason_words', models.TextField(blank=True, verbose_name='raison, en mots')),
                ('as_of', models.DateField(verbose_name='situation au')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('machines', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='machines de l’atelier')),
                ('orders', models.PositiveIntegerField(blank=True, null=True, verbose_name='commandes de l’année scolaire')),
                ('partners', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='entreprises partenaires')),
            ],
            options={
                'verbose_name': 'relevé d’une école',
                'verbose_name_plural': 'relevés d’une école',
                'ordering': ['as_of', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='actionstate',
            name='companies',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='entreprises aidées'),
        ),
        migrations.AddField(
            model_name='enrolment',
            name='capacity',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='places'),
        ),
        migrations.AddField(
            model_name='helpedcompany',
            name='approved_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='connu depuis'),
        ),
        migrations.AddField(
            model_name='helpedcompany',
            name='author',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='helpedcompany',
            name='corrects',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='employment.helpedcompany'),
        ),
        migrations.AddField(
            model_name='helpedcompany',
            name='created_at',
            field=models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='helpedcompany',
            name='note',
            field=models.TextField(blank=True, verbose_name='remarque'),
        ),
        migrations.AddField(
            model_name='helpedcompany',
            name='reason',
            field=models.SmallIntegerField(choices=[(0, 'première connaissance'), (1, 'révision par la source'), (2, 'erreur de saisie'), (3, 'changement de périmètre'), (4, 'changement de définition'), (5, 'retrait par la source')], default=0, verbose_name='raison'),
        ),
        migrations.AddField(
            model_name='helpedcompany',
            name='reason_words',
            field=models.TextField(blank=True, verbose_name='raison, en mots'),
        ),
        migrations.AddField(
            model_name='helpedcompany',
            name='review',
            field=models.SmallIntegerField(choices=[(0, 'brouillon'), (1, 'soumis'), (2, 'renvoyé avec une remarque'), (3, 'validé'), (4, 'retiré')], default=0, verbose_name='étape'),
        ),
        migrations.AddField(
            model_name='helpedcompany',
            name='reviewer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='helpedcompany',
            name='superseded_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='connu jusqu’au'),
        ),
        migrations.AddField(
            model_name='planevent',
            name='approved_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='connu depuis'),
        ),
        migrations.AddField(
            model_name='planevent',
            name='author',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='planevent',
            name='corrects',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='employment.planevent'),
        ),
        migrations.AddField(
            model_name='planevent',
            name='created_at',
            field=models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='planevent',
            name='note',
            field=models.TextField(blank=True, verbose_name='remarque'),
        ),
        migrations.AddField(
            model_name='planevent',
            name='reason',
            field=models.SmallIntegerField(choices=[(0, 'première connaissance'), (1, 'révision par la source'), (2, 'erreur de saisie'), (3, 'changement de périmètre'), (4, 'changement de définition'), (5, 'retrait par la source')], default=0, verbose_name='raison'),
        ),
        migrations.AddField(
            model_name='planevent',
            name='reason_words',
            field=models.TextField(blank=True, verbose_name='raison, en mots'),
        ),
        migrations.AddField(
            model_name='planevent',
            name='review',
            field=models.SmallIntegerField(choices=[(0, 'brouillon'), (1, 'soumis'), (2, 'renvoyé avec une remarque'), (3, 'validé'), (4, 'retiré')], default=0, verbose_name='étape'),
        ),
        migrations.AddField(
            model_name='planevent',
            name='reviewer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='planevent',
            name='superseded_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='connu jusqu’au'),
        ),
        migrations.AlterField(
            model_name='frozenmask',
            name='plan',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='masks', to='employment.redundancyplan'),
        ),
        migrations.AddField(
            model_name='agreementreport',
            name='agreement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='employment.agreement'),
        ),
        migrations.AddField(
            model_name='agreementreport',
            name='author',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='agreementreport',
            name='corrects',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='employment.agreementreport'),
        ),
        migrations.AddField(
            model_name='agreementreport',
            name='reviewer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='actionstate',
            name='report',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='states', to='employment.agreementreport'),
        ),
        migrations.AddField(
            model_name='planmeasure',
            name='author',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='planmeasure',
            name='corrects',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='employment.planmeasure'),
        ),
        migrations.AddField(
            model_name='planmeasure',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='employment.redundancyplan'),
        ),
        migrations.AddField(
            model_name='planmeasure',
            name='reviewer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='schoolreport',
            name='author',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='schoolreport',
            name='corrects',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='employment.schoolreport'),
        ),
        migrations.AddField(
            model_name='schoolreport',
            name='reviewer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='schoolreport',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='employment.school'),
        ),
        migrations.AddField(
            model_name='enrolment',
            name='report',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='enrolments', to='employment.schoolreport'),
        ),
        migrations.AddField(
            model_name='exit',
            name='report',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='exits', to='employment.schoolreport'),
        ),
        migrations.AddField(
            model_name='frozenmask',
            name='report',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='masks', to='employment.schoolreport'),
        ),
        migrations.AddField(
            model_name='result',
            name='report',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='results', to='employment.schoolreport'),
        ),
    ]

"""Profiles of plans, agreements, schools, programmes and offers; what a register said of a company."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from agglo.accounts.audit import audited


class Migration(migrations.Migration):

    dependencies = [
        ('employment', '0007_kept_since'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='agreement',
            name='communes',
            field=models.JSONField(blank=True, default=list, verbose_name='codes des communes'),
        ),
        migrations.AddField(
            model_name='helpedcompany',
            name='checked_source',
            field=models.CharField(blank=True, max_length=200, verbose_name='répertoire lu'),
        ),
        migrations.AddField(
            model_name='helpedcompany',
            name='checked_state',
            field=models.CharField(blank=True, choices=[('active', 'active'), ('closed', 'cessée'), ('absent', 'introuvable au répertoire')], max_length=8, verbose_name='ce qu’il disait'),
        ),
        migrations.AddField(
            model_name='programme',
            name='opened_on',
            field=models.DateField(blank=True, null=True, verbose_name='ouverte le'),
        ),
        migrations.AlterField(
            model_name='frozenmask',
            name='at',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.CreateModel(
            name='Profile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('review', models.SmallIntegerField(choices=[(0, 'brouillon'), (1, 'soumis'), (2, 'renvoyé avec une remarque'), (3, 'validé'), (4, 'retiré')], default=0, verbose_name='étape')),
                ('note', models.TextField(blank=True, verbose_name='remarque')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='connu depuis')),
                ('superseded_at', models.DateTimeField(blank=True, null=True, verbose_name='connu jusqu’au')),
                ('reason', models.SmallIntegerField(choices=[(0, 'première connaissance'), (1, 'révision par la source'), (2, 'erreur de saisie'), (3, 'changement de périmètre'), (4, 'changement de définition'), (5, 'retrait par la source')], default=0, verbose_name='raison')),
                ('reason_words', models.TextField(blank=True, verbose_name='raison, en mots')),
                ('kind', models.CharField(choices=[('plans', 'plan de sauvegarde de l’emploi'), ('accords', 'convention de revitalisation'), ('etablissements', 'école'), ('formations', 'formation'), ('offres', 'offre annoncée')], max_length=16, verbose_name='sorte')),
                ('about', models.SlugField(blank=True, max_length=64, verbose_name='de quoi')),
                ('slug', models.SlugField(max_length=64, verbose_name='adresse')),
                ('said', models.JSONField(default=dict, verbose_name='ce qui est écrit')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='employment.profile')),
                ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'fiche',
                'ordering': ['kind', 'slug', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('review', 3), ('superseded_at__isnull', True)), fields=('kind', 'about', 'slug'), name='profile_in_force_once'), models.CheckConstraint(condition=models.Q(('reviewer__isnull', True), models.Q(('reviewer', models.F('author')), _negated=True), _connector='OR'), name='profile_is_approved_by_somebody_else'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', False), ('review', 3)), models.Q(models.Q(('review', 3), _negated=True), ('approved_at__isnull', True)), _connector='OR'), name='profile_approved_has_its_date'), models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(models.Q(('reason', 0), _negated=True), models.Q(('reason_words', ''), _negated=True)), _connector='OR'), name='profile_correction_says_why')],
            },
        ),
        audited("employment_profile"),
    ]

"""The accounts, and Django's administration behind their door."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class AccountsConfig(AppConfig):
    name = "agglo.accounts"
    label = "accounts"
    verbose_name = "Comptes"
    default = True


class AdministrationConfig(admin.AdminConfig):
    default_site = "agglo.accounts.administration.AdministrationSite"
    default = False

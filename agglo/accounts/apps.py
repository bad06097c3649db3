"""Application « comptes »."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "agglo.accounts"
    label = "accounts"
    verbose_name = "Comptes"

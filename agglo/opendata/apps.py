from django.apps import AppConfig


class OpendataConfig(AppConfig):
    name = "agglo.opendata"
    label = "opendata"
    verbose_name = "Données officielles"

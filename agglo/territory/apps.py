from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "agglo.territory"
    label = "territory"
    verbose_name = "Territoire"

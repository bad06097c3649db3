from django.apps import AppConfig


class ChartsConfig(AppConfig):
    name = "agglo.charts"
    label = "charts"
    verbose_name = "Graphiques"

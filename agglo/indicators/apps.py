from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "agglo.indicators"
    label = "indicators"
    verbose_name = "Indicateurs"

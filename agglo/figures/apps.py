from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "agglo.figures"
    label = "figures"
    verbose_name = "Chiffres"

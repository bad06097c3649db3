from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "agglo.portal"
    label = "portal"
    verbose_name = "Portail"

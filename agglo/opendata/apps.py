"""At start-up, finds the `connectors` packages and the `duties` modules of installed apps by name, the way
the admin finds `admin.py`.
"""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule


class OpendataConfig(AppConfig):
    name = "agglo.opendata"
    label = "opendata"
    verbose_name = "Données officielles"

    def import_models(self) -> None:
        super().import_models()
        import_module("agglo.opendata.limits")
        import_module("agglo.opendata.told")

    def ready(self) -> None:
        for app in apps.get_app_configs():
            if module_has_submodule(app.module, "connectors"):
                package = import_module(f"{app.name}.connectors")
                for module in iter_modules(package.__path__):
                    import_module(f"{package.__name__}.{module.name}")
            if module_has_submodule(app.module, "duties") and app.name != self.name:
                import_module(f"{app.name}.duties")

"""At start-up, finds the `site_sections` modules of installed apps by name, as the admin does."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Projets"

    def ready(self) -> None:
        for app in apps.get_app_configs():
            if module_has_submodule(app.module, "site_sections"):
                import_module(f"{app.name}.site_sections")

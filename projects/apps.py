"""At start-up, has settings checked, and finds the `site_sections` modules of installed apps by name."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Projets"

    def ready(self) -> None:
        import_module("projects.checks")
        for app in apps.get_app_configs():
            if module_has_submodule(app.module, "site_sections"):
                import_module(f"{app.name}.site_sections")

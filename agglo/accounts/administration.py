"""Django's administration behind our own door: same login, role administrator, second factor shown."""

from django.contrib import admin

from .gates import behind, roles
from .roles import Role


class AdministrationSite(admin.AdminSite):
    site_header = "Administration"
    site_title = "Administration"
    index_title = "Tables de référence et comptes"

    def has_permission(self, request) -> bool:
        return request.user.is_authenticated and request.user.holds(Role.ADMIN) and request.user.is_verified()

    def get_urls(self) -> list:
        return behind(roles(Role.ADMIN), super().get_urls())

"""The administration of accounts: people and their roles, portfolios, the audit trail to read."""

from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from . import second_factor
from .models import AuditEntry, Delegation, User

# Roles replace groups; a second factor is enrolled by its owner and taken away below, never edited.
for model in (Group, StaticDevice, TOTPDevice):
    admin.site.unregister(model)


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """No password here: a new account chooses its own through a link sent by e-mail."""

    list_display = ["name", "email", "role", "delegation", "is_active", "last_login"]
    list_filter = ["role", "is_active", "delegation"]
    list_select_related = ["delegation"]
    search_fields = ["name", "email"]
    fields = ["name", "email", "role", "delegation", "is_active", "created_at", "last_login"]
    readonly_fields = ["created_at", "last_login"]
    actions = ["remove_second_factor"]

    def get_readonly_fields(self, request, obj=None):
        """Nobody shuts themselves out."""
        own = ["role", "is_active"] if obj and obj.pk == request.user.pk else []
        return [*self.readonly_fields, *own]

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def save_model(self, request, obj, form, change) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    @admin.action(description="Retirer le second facteur (téléphone perdu)")
    def remove_second_factor(self, request, queryset: QuerySet[User]) -> None:
        for user in queryset:
            second_factor.remove(user)
        self.message_user(
            request, f"Second facteur retiré pour {len(queryset)} compte(s).", level=messages.SUCCESS
        )


@admin.register(Delegation)
class DelegationAdmin(admin.ModelAdmin):
    list_display = ["name", "axis"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    """To read, to filter, never to change."""

    list_display = ["at", "table_name", "row_id", "action", "user", "actor", "txid"]
    list_filter = ["action", "table_name", ("user", admin.RelatedOnlyFieldListFilter), "at"]
    list_select_related = ["user"]
    search_fields = ["row_id", "table_name"]
    show_full_result_count = False

    def get_queryset(self, request) -> QuerySet[AuditEntry]:
        return super().get_queryset(request).visible_to(request.user)

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

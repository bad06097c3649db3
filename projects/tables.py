"""The tables of the lists."""

import django_tables2 as tables
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from projects.models import Gate, Project, Site

DEMO = mark_safe(' <span class="badge badge--wait">donnée fictive</span>')


def linked(record, words=None) -> str:
    """The name (or `words`) as a link; a demonstration record says that it is one."""
    link = format_html('<a href="{}">{}</a>', record.get_absolute_url(), words or record)
    return format_html("{}{}", link, DEMO) if record.is_demo else link


class SiteTable(tables.Table):
    name = tables.Column("Site", order_by=("search_key",))
    kind = tables.Column("Nature")
    commune = tables.Column("Commune", order_by=("commune__subject__search_key",), empty_values=())
    stages = tables.Column("Étapes en cours", orderable=False, empty_values=())

    class Meta:
        orderable = True
        order_by = "name"
        empty_text = "Aucun site ne répond à ces filtres."

    def render_name(self, record: Site) -> str:
        return linked(record)

    def render_commune(self, record: Site) -> str:
        return record.commune.name if record.commune else "non connue"

    def render_stages(self, record: Site) -> str:
        names = dict.fromkeys(one.get_stage_display() for one in record.stages_now)
        return format_html_join(", ", "{}", ((name,) for name in names)) or "non connues"


class ProjectTable(tables.Table):
    name = tables.Column("Projet", order_by=("search_key",))
    gate = tables.Column("Étape", order_by=("gate", "search_key"), empty_values=())
    axis = tables.Column("Axe")
    lead = tables.Column("Porteur", order_by=("lead__search_key",), empty_values=())
    site = tables.Column("Site", order_by=("site__search_key",), empty_values=())

    class Meta:
        orderable = True
        order_by = "name"
        empty_text = "Aucun projet ne répond à ces filtres."

    def render_name(self, record: Project) -> str:
        return linked(record)

    def render_gate(self, record: Project) -> str:
        return Gate(record.gate).label if record.gate else "non connue"

    def render_lead(self, record: Project) -> str:
        return str(record.lead) if record.lead else "non précisé"

    def render_site(self, record: Project) -> str:
        return linked(record.site) if record.site and record.site.published else "—"

"""The tables of the lists: what each column shows, which ones a reader chose, how a row stacks on a phone."""

from collections.abc import Sequence

import django_tables2 as tables
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime

from agglo.charts.french import date_long
from projects.models import Gate, Project, Site

DEMO = mark_safe(' <span class="badge badge--wait">donnée fictive</span>')

UNPUBLISHED = mark_safe(' <span class="badge badge--wait">pas encore public</span>')


def linked(record, words=None) -> str:
    """The name (or `words`) as a link; a demonstration record says that it is one. One that is not public
    has no page but that of staff.
    """
    if isinstance(record, Project | Site) and not record.published:
        place = f"/equipe/{'projets' if isinstance(record, Project) else 'sites'}/{record.slug}/"
        return format_html('<a href="{}">{}</a>{}', place, words or record, UNPUBLISHED)
    link = format_html('<a href="{}">{}</a>', record.get_absolute_url(), words or record)
    return format_html("{}{}", link, DEMO) if record.is_demo else link


# On a phone each cell of a table that `stacks` stands under the name of its column.
LABELLED = {"data-label": lambda bound_column: bound_column.header}
NUMBER = {"th": {"class": "num"}, "td": {"class": "num", **LABELLED}}


class ChosenColumns(tables.Table):
    """A table whose first column stays and whose others the reader chooses; `usual` when none is chosen."""

    usual: tuple[str, ...] = ()
    stacks = True

    def __init__(self, *args, columns: Sequence[str] = (), **kwargs) -> None:
        _name, *others = self.base_columns
        chosen = [name for name in others if name in columns] or list(self.usual)
        self.offered = [(name, self.base_columns[name].verbose_name, name in chosen) for name in others]
        super().__init__(*args, exclude=[name for name in others if name not in chosen], **kwargs)

    class Meta:
        attrs = {"td": LABELLED}
        order_by = "name"

    def render_updated_at(self, value) -> str:
        return date_long(localtime(value).date())


class SiteTable(ChosenColumns):
    usual = ("kind", "commune", "stages")

    name = tables.Column("Site", order_by=("search_key",))
    kind = tables.Column("Nature")
    commune = tables.Column("Commune", order_by=("commune__subject__search_key",), empty_values=())
    stages = tables.Column("Étapes en cours", orderable=False, empty_values=())
    address = tables.Column("Adresse", empty_values=())
    pollution = tables.Column("Pollution du sol")
    zoning = tables.Column("Zonage", empty_values=())
    source = tables.Column("Source")
    updated_at = tables.Column("Mis à jour le")

    class Meta(ChosenColumns.Meta):
        empty_text = "Aucun site ne répond à ces filtres."

    def render_name(self, record: Site) -> str:
        return linked(record)

    def render_commune(self, record: Site) -> str:
        return record.commune.name if record.commune else "non connue"

    def render_stages(self, record: Site) -> str:
        names = dict.fromkeys(one.get_stage_display() for one in record.stages_now)
        return format_html_join(", ", "{}", ((name,) for name in names)) or "non connues"

    def render_address(self, value: str) -> str:
        return value or "non connue"

    def render_zoning(self, value: str) -> str:
        return value or "non connu"


class ProjectTable(ChosenColumns):
    usual = ("gate", "axis", "lead", "site")

    name = tables.Column("Projet", order_by=("search_key",))
    gate = tables.Column("Étape", order_by=("gate", "search_key"), empty_values=())
    axis = tables.Column("Axe")
    lead = tables.Column("Porteur", order_by=("lead_key",), empty_values=())
    site = tables.Column("Site", order_by=("site_key",), empty_values=())
    kind = tables.Column("Nature")
    gate_on = tables.Column("Étape franchie le", empty_values=())
    source = tables.Column("Source")
    updated_at = tables.Column("Mis à jour le")

    class Meta(ChosenColumns.Meta):
        empty_text = "Aucun projet ne répond à ces filtres."

    def render_name(self, record: Project) -> str:
        return linked(record)

    def render_gate(self, record: Project) -> str:
        return Gate(record.gate).label if record.gate else "non connue"

    def render_lead(self, record: Project) -> str:
        return str(record.lead) if record.lead else "non précisé"

    def render_site(self, record: Project) -> str:
        return linked(record.site) if record.site and record.site.published else "—"

    def render_gate_on(self, value) -> str:
        return date_long(value) if value else "non connue"

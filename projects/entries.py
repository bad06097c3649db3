"""How a record is named among those that entered a count: by its public page, never when it is not public."""

from django.conf import settings

from agglo.opendata.tallies import Entry
from projects.models import Project, Site

EPCI = ("EPCI", settings.EPCI_CODE)


def entry(record: Site | Project, value: str = "") -> Entry:
    if not record.published:
        return Entry("fiche non publiée", value)
    return Entry(record.name, value, record.get_absolute_url())

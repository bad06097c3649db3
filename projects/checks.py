"""What the settings of this room must hold, looked at when the portal starts."""

from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import ValidationError

from projects.identifiers import check_siret


@register
def authority_siret(app_configs=None, **kwargs) -> list[Error]:
    """A SIRET of another body, or with a digit wrong, would stand in every line of the file of grants."""
    siret = settings.EPCI_SIRET
    if not siret:
        return []
    try:
        check_siret(siret)
    except ValidationError as error:
        return [Error(f"EPCI_SIRET : {' '.join(error.messages)}", id="projects.E001")]
    if not siret.startswith(settings.EPCI_CODE):
        return [
            Error(f"EPCI_SIRET ne commence pas par {settings.EPCI_CODE} (EPCI_CODE).", id="projects.E002")
        ]
    return []

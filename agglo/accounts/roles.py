"""The four roles of signed-in people, and what each one holds: stated here and nowhere else."""

from django.db.models import TextChoices


class Role(TextChoices):
    ELECTED = "elected", "Élu"
    STAFF = "staff", "Agent"
    REVIEWER = "reviewer", "Valideur"
    ADMIN = "admin", "Administrateur"


# A view opened to a role is open to whoever holds it: a reviewer does all that staff does, an administrator
# does everything.
HOLDS: dict[str, frozenset[str]] = {
    Role.ELECTED: frozenset({Role.ELECTED}),
    Role.STAFF: frozenset({Role.STAFF}),
    Role.REVIEWER: frozenset({Role.STAFF, Role.REVIEWER}),
    Role.ADMIN: frozenset(Role),
}

# These roles can change what the public reads, or who may: a password alone is not enough.
SECOND_FACTOR_REQUIRED: frozenset[str] = frozenset({Role.REVIEWER, Role.ADMIN})

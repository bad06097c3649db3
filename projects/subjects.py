"""The ledger's rows about our sites and projects: made with them, leading to their pages."""

from agglo.figures.models import Subject
from agglo.figures.recording import ensure_subject


def subject_of(scheme: str, code: str, name: str, kind: str = "site") -> Subject:
    return ensure_subject(scheme, code, name, kind)


def own_subject(subject: Subject, path: str, kind: str) -> None:
    """The ledger's row about a record leads to its page."""
    if (subject.path, subject.kind_label) != (path, kind):
        subject.path, subject.kind_label = path, kind
        subject.save(update_fields=["path", "kind_label"])

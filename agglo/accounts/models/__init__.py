"""Who signs in, and the trail of what was changed."""

from .audit_entry import AuditEntry
from .user import Delegation, User

__all__ = ["AuditEntry", "Delegation", "User"]

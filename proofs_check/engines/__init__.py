"""Search: untrusted engines that turn an author's steps into certificate steps, or say what they lacked."""

from .elaboration import elaborate, elaborate_point

__all__ = ["elaborate", "elaborate_point"]

"""TODO."""

from .page import CONTENT_SECURITY_POLICY, build_page, mount_page

__all__ = [
    "CONTENT_SECURITY_POLICY",
    "build_page",
    "mount_page",
]

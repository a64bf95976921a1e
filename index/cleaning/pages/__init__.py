"""What a web page declares about its article: in JSON-LD, meta tags, microdata, its header, title and footer."""

from .metadata import PageMetadata

__all__ = ["PageMetadata"]

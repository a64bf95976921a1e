"""EPUB books, and newspapers and magazines in this format."""

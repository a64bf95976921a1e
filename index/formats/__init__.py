"""Readers, one for each kind of file: from a path to the articles in it, not checked yet."""

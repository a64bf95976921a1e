"""Retrievers for frameworks, one module each, which imports nothing of the others.

A framework is an optional dependency: `pip install 'ask-the-articles[langchain]'`, `[llamaindex]` or `[haystack]`.
"""

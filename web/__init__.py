"""The same for browsers and scripts: the page and the HTTP API."""

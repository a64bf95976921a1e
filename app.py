"""Ask the Articles: `python app.py` starts the page and the HTTP API on one port."""

from __future__ import annotations

import sys

from web.serve import main

if __name__ == "__main__":
    sys.exit(main())

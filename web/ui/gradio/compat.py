"""What depends on private parts of Gradio, like `offline`, `routes` and `events`. Check each item
when upgrading; all were needed for 6.31.0.

Two more files depend on the markup that Gradio renders: `assets/page.css` and `assets/page.js`, by its class names,
`data-testid` and ARIA roles. The browser tests cover both.
"""

from __future__ import annotations

import re
from pathlib import Path

import gradio as gr

_FRONTEND = Path(gr.__file__).parent / "templates" / "frontend" / "index.html"
_BUNDLE_TAG = re.compile(r'<script type="module"[^<>]*></script>|<link rel="stylesheet"[^<>]*>')


def serve_only_own_files(page: gr.Blocks) -> None:
    """Keep a mounted page from serving any file of this machine.

    6.31.0: file access is checked only if `has_launched` is set, which `launch()` does and `mount_gradio_app` doesn't.
    """
    page.has_launched = True


def bundle_tags() -> str:
    """The HTML tags that load Gradio's scripts and styles, for a shell of our own.

    6.31.0: Gradio's own shell has inline scripts, which our Content-Security-Policy forbids. The file names of its
    bundle contain hashes, so they are read from that shell. `assets/boot.js` sets `window.__gradio_mode__`, which
    it sets inline; the configuration, also inline there, is fetched from `/config` if missing.
    """
    tags = "\n".join(_BUNDLE_TAG.findall(_FRONTEND.read_text(encoding="utf-8")))
    return tags.replace('"./', '"/')  # the page has other paths than "/"

// Gradio's own shell sets this in an inline script: the app has the whole page. It must be set before Gradio loads.
window.__gradio_mode__ = "app";

// Tells Gradio, before it loads, that it has the whole page. Its own shell does this inline.
window.__gradio_mode__ = "app";

// Gradio's own shell sets this in an inline script: the app has the whole page. It must be set before Gradio loads.
window.__gradio_mode__ = "app";
// Gradio expects its parts below the page's address. So the page starts at "/", and chat.js goes back to the conversation.
if (location.pathname !== "/") {
  window.addressAtStart = location.pathname;
  history.replaceState(null, "", "/");
}

// Markers show their source, and sources open their article. One listener for all, because Gradio re-renders panels.

import { enter, place, sourceOf } from "./chat.js";
import "./take.js";

// Gradio's messages about files show their names as HTML. So its scripts see names without it, wherever files come from.
const fileName = Object.getOwnPropertyDescriptor(File.prototype, "name");
Object.defineProperty(File.prototype, "name", {
  ...fileName,
  get() {
    return fileName.get.call(this).replaceAll("<", "\uff1c").replaceAll(">", "\uff1e");
  },
});

const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");

function reveal(target, block) {
  target.scrollIntoView({ behavior: reducedMotion.matches ? "auto" : "smooth", block });
  target.focus({ preventScroll: true });
  target.classList.remove("flash");
  void target.offsetWidth; // restarts the animation
  target.classList.add("flash");
}

async function showSource(id) {
  const source = await sourceOf(id);
  if (!source) return;
  source.closest("details")?.setAttribute("open", "");
  reveal(source, "center");
}

function openArticle(id) {
  const mark = document.getElementById(id);
  const dialog = mark?.closest("dialog");
  if (!dialog) return;
  dialog.setAttribute("aria-labelledby", dialog.id + "-title");
  dialog.querySelector("h2").id = dialog.id + "-title";
  dialog.showModal();
  mark.scrollIntoView({ block: "center" });
  mark.focus({ preventScroll: true });
}

// Enters a question in the Ask tab, for the user to edit or send.
function askAbout(question) {
  document.querySelector('button[role="tab"]')?.click();
  enter(question);
}

document.addEventListener("click", (event) => {
  const askButton = event.target.closest("button.ask-about");
  const marker = event.target.closest("a.marker");
  const openButton = event.target.closest("button.open-article");
  if (marker) {
    event.preventDefault();
    showSource(marker.hash.slice(1));
  } else if (askButton) {
    askAbout(askButton.value);
  } else if (openButton) {
    openArticle(openButton.value);
  } else if (event.target.closest("button.close-article") || event.target.matches("dialog.article-dialog")) {
    event.target.closest("dialog").close(); // a click on the dialog element itself is on its backdrop
  }
});

new MutationObserver(place).observe(document.body, { childList: true, subtree: true });
place();

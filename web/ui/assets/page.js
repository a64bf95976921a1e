// Markers show their source, and sources open their article. One listener for all, because Gradio re-renders panels.

// Gradio's messages about files show their names as HTML. So its scripts see names without it, wherever files come from.
const fileName = Object.getOwnPropertyDescriptor(File.prototype, "name");
Object.defineProperty(File.prototype, "name", {
  ...fileName,
  get() {
    return fileName.get.call(this).replaceAll("<", "\uff1c").replaceAll(">", "\uff1e");
  },
});

let rowCount = 0;
let scrollUntil = 0;
const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");

function reveal(target, block) {
  target.scrollIntoView({ behavior: reducedMotion.matches ? "auto" : "smooth", block });
  target.focus({ preventScroll: true });
  target.classList.remove("flash");
  void target.offsetWidth; // restarts the animation
  target.classList.add("flash");
}

function showSource(id) {
  const source = document.getElementById(id);
  if (!source) return;
  for (const panel of document.querySelectorAll("#sources .sources")) {
    panel.classList.toggle("selected", panel.contains(source));
    panel.classList.toggle("deselected", !panel.contains(source));
  }
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
  const box = document.querySelector("#question textarea");
  if (!box) return;
  if (box.disabled) {
    // An answer is being written, and the box is cleared when it ends.
    const observer = new MutationObserver(() => {
      if (box.disabled) return;
      observer.disconnect();
      setTimeout(() => enter(box, question));
    });
    observer.observe(box, { attributeFilter: ["disabled"] });
  } else {
    enter(box, question);
  }
}

function enter(box, question) {
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, question);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => box.focus(), 50); // once the tab is visible
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

new MutationObserver(() => {
  // Gradio labels each message with its raw HTML, which a screen reader would read instead of the text.
  for (const message of document.querySelectorAll("#chat [data-testid][aria-label]")) {
    message.removeAttribute("aria-label");
  }
  // When a question or an answer is added, scroll the question to the top, so that the answer is read from its start.
  // The text is rendered after its row, so keep scrolling for a second.
  const rows = document.querySelectorAll("#chat .message-row");
  if (rows.length !== rowCount) scrollUntil = performance.now() + 1000;
  rowCount = rows.length;
  const question = [...rows].findLast((row) => row.matches(".user-row"));
  const frame = question?.closest("[role=log]");
  if (frame && performance.now() < scrollUntil) {
    frame.scrollTop += question.getBoundingClientRect().top - frame.getBoundingClientRect().top;
  }
}).observe(document.body, { childList: true, subtree: true });

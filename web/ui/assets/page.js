// Markers lead to their source, and sources open their article. One listener, since Gradio redraws its panels.

let shown = 0;
let settled = 0;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

function reveal(target, block) {
  target.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block });
  target.focus({ preventScroll: true });
  target.classList.remove("flash");
  void target.offsetWidth; // restarts the animation
  target.classList.add("flash");
}

function showSource(id) {
  const source = document.getElementById(id);
  if (!source) return;
  for (const panel of document.querySelectorAll("#sources .sources")) {
    panel.classList.toggle("chosen", panel.contains(source));
    panel.classList.toggle("passed", !panel.contains(source));
  }
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

// Types a question into the box of the Ask tab, for the reader to change or send.
function askAbout(question) {
  document.querySelector('button[role="tab"]')?.click();
  const box = document.querySelector("#question textarea");
  if (!box) return;
  if (box.disabled) {
    // An answer is on its way, and its end empties the box.
    const waiting = new MutationObserver(() => {
      if (box.disabled) return;
      waiting.disconnect();
      setTimeout(() => type(box, question));
    });
    waiting.observe(box, { attributeFilter: ["disabled"] });
  } else {
    type(box, question);
  }
}

function type(box, question) {
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, question);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => box.focus(), 50); // the tab has to be shown first
}

document.addEventListener("click", (event) => {
  const asker = event.target.closest("button.ask-about");
  const marker = event.target.closest("a.marker");
  const opener = event.target.closest("button.open-article");
  if (marker) {
    event.preventDefault();
    showSource(marker.hash.slice(1));
  } else if (asker) {
    askAbout(asker.value);
  } else if (opener) {
    openArticle(opener.value);
  } else if (event.target.closest("button.close-article") || event.target.matches("dialog.article-dialog")) {
    event.target.closest("dialog").close(); // a click on the dialog itself is one on its backdrop
  }
});

new MutationObserver(() => {
  // Gradio names each message by its raw HTML, which a screen reader would read out instead of the words.
  for (const message of document.querySelectorAll("#chat [data-testid][aria-label]")) {
    message.removeAttribute("aria-label");
  }
  // The last question goes to the top when it or its answer comes, so that the answer is read from its start.
  // The text follows its row a moment later, so this holds on for a second.
  const rows = document.querySelectorAll("#chat .message-row");
  if (rows.length !== shown) settled = performance.now() + 1000;
  shown = rows.length;
  const question = [...rows].findLast((row) => row.matches(".user-row"));
  const frame = question?.closest("[role=log]");
  if (frame && performance.now() < settled) {
    frame.scrollTop += question.getBoundingClientRect().top - frame.getBoundingClientRect().top;
  }
}).observe(document.body, { childList: true, subtree: true });

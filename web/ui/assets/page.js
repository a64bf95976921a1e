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

// The label of an item of a list is one text: its first line is the title. Gradio keeps writing to the same text node,
// so that stays where it is, without the details, which get an element of their own.
function splitLabels() {
  for (const span of document.querySelectorAll(":is(#articles, #chosen, #speakers, #feed-list) .wrap label > span")) {
    const text = span.querySelector(".item-title")?.firstChild ?? span.firstChild;
    const end = text?.nodeValue?.indexOf("\n") ?? -1;
    if (end < 0) continue;
    const details = text.nodeValue.slice(end + 1);
    text.nodeValue = text.nodeValue.slice(0, end);
    if (text.parentNode === span) {
      const title = document.createElement("strong");
      title.className = "item-title";
      title.dir = "auto";
      span.replaceChildren(title, document.createTextNode(""));
      title.append(text);
    }
    span.lastChild.nodeValue = details;
  }
}

// Gradio doesn't connect the label of a date picker with its controls.
function nameDatePickers() {
  for (const picker of document.querySelectorAll(".day")) {
    const label = picker.querySelector("[data-testid=block-info]")?.textContent.trim() ?? "";
    picker.querySelector("input.time")?.setAttribute("aria-label", `${label} (YYYY-MM-DD)`);
    picker.querySelector("button.calendar")?.setAttribute("aria-label", `${label}: choose a day`);
  }
}

// Screen readers hear results, counts and notices once they have settled; a counter that runs is left out.
const announced = ["#results li:not(.adding)", "#count", "#speaker-count", "#removed", "#edit-problem", "#merge-line"];
const lastAnnounced = new Map();
let announcing = 0;
function announce() {
  clearTimeout(announcing);
  announcing = setTimeout(() => {
    const news = [];
    for (const selector of announced) {
      const text = [...document.querySelectorAll(selector)].map((node) => node.innerText.trim()).join(". ");
      if (text !== (lastAnnounced.get(selector) ?? "") && text) news.push(text);
      lastAnnounced.set(selector, text);
    }
    if (!news.length) return;
    let announcer = document.getElementById("announcer");
    if (!announcer) {
      announcer = document.createElement("div");
      announcer.id = "announcer";
      announcer.setAttribute("role", "status");
      document.body.append(announcer);
    }
    announcer.textContent = news.join(". ");
  }, 800);
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
  splitLabels();
  nameDatePickers();
  announce();
}).observe(document.body, { childList: true, subtree: true, characterData: true });

new MutationObserver(place).observe(document.body, { childList: true, subtree: true });
place();

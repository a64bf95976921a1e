// The conversation of the Ask tab. The server keeps it and answers; this shows it and sends what is asked.

import { ChatList } from "./chats.js";
import { Filters } from "./filters.js";

const template = document.getElementById("chat-template");
export const texts = JSON.parse(template.dataset.texts);
const desk = template.content.firstElementChild;
const find = (selector) => desk.querySelector(selector);
const chat = find("#chat");
const turns = find("#turns");
const panels = find("#sources");
const noSources = panels.innerHTML;
const form = find("#question");
const box = form.querySelector("textarea");
const note = find("#chat-note");
const suggestions = find("#suggestions"); // moved below the last answer
const MAX_PANELS = 30; // of earlier answers, kept so that their markers work at once
const RETRY_MILLISECONDS = 2000;

let current = null; // the id of the conversation; null before its first question is kept
let opened = 0; // counts the conversations that were opened: what belongs to an earlier one isn't shown
let replaces = null; // the number of the question that is being edited
let draft = ""; // what was in the box before
let writing = 0; // the number of answers that are being written
let first = null; // settled once the first question has its conversation

export const fill = (text, value) => text.replace("{}", value);

// Gradio makes the place of the chat, and may make it again. The chat itself stays the same.
export function place() {
  const frame = document.getElementById("ask-place");
  if (!frame || frame.contains(desk)) return;
  const isFirst = !desk.isConnected;
  frame.replaceChildren(desk);
  if (isFirst) start();
}

export async function request(path, method = "GET", body = undefined) {
  const response = await fetch(`/page/${path}`, {
    method,
    headers: body ? { "Content-Type": "application/json" } : {},
    body: body && JSON.stringify(body),
  });
  if (response.ok) return response;
  const problem = await response.json().catch(() => null);
  const error = new Error(problem?.error?.message ?? response.statusText);
  error.status = response.status;
  throw error;
}

export function say(text, label = "", action = null) {
  note.querySelector("[role=status]").textContent = text;
  const button = note.querySelector("button");
  button.hidden = !action;
  button.textContent = label;
  button.onclick = action;
}

export function attempt(action) {
  return action().catch((error) => say(fill(texts.failed, error.message)));
}

// Opening

function start() {
  box.focus();
  if (window.addressAtStart) history.replaceState(null, "", window.addressAtStart);
  const id = idInAddress();
  if (id) open(id, false);
  else startNew(false);
  addEventListener("popstate", () => (idInAddress() ? open(idInAddress(), false) : startNew(false)));
  document.addEventListener("visibilitychange", refresh);
}

const idInAddress = () => /^\/c\/([\w-]+)$/.exec(location.pathname)?.[1] ?? null;

function show(id, title, push) {
  current = id;
  find("#chat-title").textContent = title;
  const path = id ? `/c/${id}` : "/";
  if (push && location.pathname !== path) history.pushState(null, "", path);
}

function clear() {
  opened += 1;
  writing = 0;
  first = null;
  turns.replaceChildren();
  panels.innerHTML = noSources;
  find("#earlier").hidden = true;
  stopEditing();
  busy();
}

export function startNew(push = true) {
  clear();
  show(null, texts.newTitle, push);
  say("");
  box.placeholder = texts.first;
  filters.set({});
  find("#empty-chat").hidden = false;
  suggest();
  box.focus();
}

export async function open(id, push = true) {
  try {
    const conversation = await (await request(`conversations/${id}`)).json();
    clear();
    show(id, conversation.title, push);
    say("");
    filters.set(conversation.where, conversation.titles);
    find("#empty-chat").hidden = true;
    box.placeholder = texts.next;
    conversation.shown.forEach((turn) => showTurn(turn));
    earlier(conversation.shown);
    scrollTo(turns.lastElementChild);
    conversation.shown.filter((turn) => turn.is_waiting).forEach((turn) => follow(turn.number));
    suggest();
    box.focus();
  } catch (error) {
    if (error.status === undefined) throw error; // the app can't be reached
    if (!current || current === id) startNew(push);
    if (!push) history.replaceState(null, "", current ? `/c/${current}` : "/");
    say(error.message);
  }
}

// What another tab asked meanwhile is shown when this one is looked at again.
async function refresh() {
  if (document.hidden || !current || writing || replaces !== null) return;
  const conversation = await (await request(`conversations/${current}`)).json().catch(() => null);
  if (conversation && conversation.id === current && conversation.turns !== lastNumber()) {
    await open(current, false);
  }
}

const lastNumber = () => numberOf(turns.lastElementChild);
const numberOf = (section) => Number(section?.id.slice("turn-".length) ?? 0);

function earlier(shown) {
  find("#earlier").hidden = !shown.length || shown[0].number === 1;
}

async function showEarlier() {
  const first = turns.firstElementChild;
  const { shown } = await (await request(`conversations/${current}?before=${numberOf(first)}`)).json();
  const before = first.getBoundingClientRect().top;
  shown.forEach((turn) => first.insertAdjacentHTML("beforebegin", turn.html));
  chat.scrollTop += first.getBoundingClientRect().top - before;
  earlier(shown);
}

// Asking

async function ask(question, replaced = null) {
  const at = opened;
  suggestions.replaceChildren();
  say("");
  if (replaced !== null) removeFrom(replaced);
  writing += 1;
  busy();
  try {
    await first; // a question that follows before the conversation of the first is known
    if (at !== opened) return;
    const answered = send(question, replaced, at);
    if (!current) first = answered.catch(() => null);
    await (await answered)();
    if (replaced !== null && at === opened) say(fill(texts.replaced, replaced), texts.undo, () => attempt(undoEdit));
  } catch (error) {
    if (at !== opened) return;
    if (error.isCut) reconnect(at);
    else refused(question, error);
  } finally {
    if (at === opened) written();
  }
}

// Sends a question; returns what reads its answer. By then, the conversation is known.
async function send(question, replaced, at) {
  const mode = desk.querySelector("#mode input:checked")?.value ?? "quotes";
  const where = filters.where;
  const body = { question, mode, where, ...(current && { conversation: current }), ...(replaced && { replaces: replaced }) };
  const response = await request("ask", "POST", body);
  if (!current && at === opened) show(response.headers.get("Conversation"), question, true);
  return () => read(response, at);
}

function refused(question, error) {
  if (!box.value) box.value = question;
  if (error.status === 404) {
    show(null, texts.newTitle, true);
    turns.replaceChildren();
    say(texts.gone);
  } else {
    say(error.status ? fill(texts.failed, error.message) : texts.unreachable);
  }
}

async function follow(number) {
  const at = opened;
  writing += 1;
  busy();
  try {
    await read(await request(`conversations/${current}/turns/${number}/steps`), at);
  } catch {
    if (at === opened) reconnect(at);
  } finally {
    if (at === opened) written();
  }
}

function written() {
  writing -= 1;
  busy();
  if (writing) return;
  suggest();
  if (document.activeElement === document.body || form.contains(document.activeElement)) box.focus();
}

// The lines of an answer as it is written.
async function read(response, at) {
  const lines = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let last = null;
  try {
    for (;;) {
      const { done, value } = await lines.read();
      if (done) break;
      const parts = (rest + value).split("\n");
      rest = parts.pop();
      for (const line of parts) {
        last = JSON.parse(line);
        if (at === opened) showStep(last);
      }
    }
  } catch {
    last = null;
  }
  if (!last || last.turn.is_waiting) throw Object.assign(new Error("cut"), { isCut: true });
}

function showStep(step) {
  const isNew = !document.getElementById(`turn-${step.turn.number}`);
  find("#chat-title").textContent = step.conversation.title;
  find("#empty-chat").hidden = true;
  box.placeholder = texts.next;
  showTurn(step.turn);
  if (isNew) scrollTo(turns.lastElementChild);
}

function showTurn(turn) {
  const shown = document.getElementById(`turn-${turn.number}`);
  if (shown) shown.outerHTML = turn.html;
  else turns.insertAdjacentHTML("beforeend", turn.html);
  if (turn.sources) showPanel(turn.number, turn.sources);
}

async function reconnect(at) {
  while (at === opened) {
    say(texts.reconnecting);
    await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
    if (at !== opened) return;
    try {
      return current ? await open(current, false) : startNew(false);
    } catch {
      // not yet
    }
  }
}

function busy() {
  form.querySelector(".submit-button").hidden = writing > 0;
  form.querySelector(".stop-button").hidden = !writing;
}

// When a question is added, it is scrolled to the top, so that its answer is read from its start.
function scrollTo(section) {
  if (section) chat.scrollTop += section.getBoundingClientRect().top - chat.getBoundingClientRect().top;
}

// Sources

const panelOf = (number) => panels.querySelector(`:scope > [data-turn="${number}"]`);

function showPanel(number, html) {
  const parsed = document.createElement("template");
  parsed.innerHTML = html;
  const panel = parsed.content.firstElementChild;
  panel.dataset.turn = number;
  panelOf(number)?.remove();
  if (!panels.querySelector("[data-turn]")) panels.replaceChildren();
  panels.append(panel);
  if (panels.children.length > MAX_PANELS) panels.firstElementChild.remove();
  select(panel);
}

function select(panel) {
  for (const other of panels.children) other.classList.toggle("deselected", other !== panel);
}

// The card of a source, which may belong to an answer of long ago.
export async function sourceOf(id) {
  const number = /^source-(\d+)-/.exec(id)?.[1];
  if (number && !panelOf(number) && current) {
    const turn = await (await request(`conversations/${current}/turns/${number}`)).json();
    showPanel(number, turn.sources);
  }
  const source = document.getElementById(id);
  const panel = source?.closest("#sources > [data-turn]");
  if (panel) select(panel);
  return source;
}

// Editing

function edit(number) {
  if (replaces === null) draft = box.value;
  replaces = number;
  enter(document.getElementById(`question-${number}`).textContent);
  say(fill(texts.editing, number), texts.cancel, () => {
    stopEditing();
    enter(draft);
  });
}

function stopEditing() {
  if (replaces === null) return;
  replaces = null;
  say("");
}

function removeFrom(number) {
  for (const section of [...turns.children]) {
    if (numberOf(section) < number) continue;
    panelOf(numberOf(section))?.remove();
    section.remove();
  }
}

async function undoEdit() {
  await request(`conversations/${current}/undo`, "POST");
  await open(current, false);
}

// Enters a question, for the user to edit or send.
export function enter(question) {
  box.value = question;
  setTimeout(() => box.focus(), 50); // once the tab is visible
}

// Suggestions

async function suggest() {
  const at = opened;
  const number = lastNumber();
  suggestions.replaceChildren();
  const of = current && number ? `?conversation=${current}&number=${number}` : "";
  const found = await request(`suggestions${of}`).then((response) => response.json(), () => null);
  if (!found || at !== opened || number !== lastNumber() || writing) return;
  (turns.lastElementChild ?? find("#empty-chat")).append(suggestions);
  for (const question of found.questions) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "suggestion";
    button.textContent = question;
    button.onclick = () => {
      box.focus();
      ask(question);
    };
    suggestions.append(button);
  }
  if (found.is_empty) {
    say(texts.empty, texts.openLibrary, () => [...document.querySelectorAll('button[role="tab"]')].at(-1).click());
  }
}

// Events

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const question = box.value;
  const replaced = replaces;
  if (!question.trim()) return;
  stopEditing();
  box.value = "";
  box.focus();
  ask(question, replaced);
});
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
form.querySelector(".stop-button").addEventListener("click", () => {
  box.focus();
  if (current) attempt(() => request(`conversations/${current}/stop`, "POST"));
});
find("#new-chat").addEventListener("click", () => startNew());
find("#earlier").addEventListener("click", () => attempt(showEarlier));
turns.addEventListener("click", (event) => {
  const button = event.target.closest("button.edit-question, button.ask-again");
  if (!button) return;
  const number = Number(button.value);
  if (button.matches(".edit-question")) edit(number);
  else ask(document.getElementById(`question-${number}`).textContent, number);
});

const filters = new Filters(desk, { texts, request, attempt });
new ChatList(desk, {
  current: () => current,
  onRenamed: (id, title) => id === current && (find("#chat-title").textContent = title),
  onDeleted: (id) => id === current && startNew(),
});

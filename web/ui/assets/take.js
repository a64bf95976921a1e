// Takes answers, quotes and conversations elsewhere: to the clipboard, into files, onto paper.

const status = document.getElementById("take-status");
const dialog = document.getElementById("take-dialog");
const texts = JSON.parse(status.dataset.texts);
const SHOWN_MILLISECONDS = 4000;
let hiding = 0;

const conversation = () => /^\/c\/([\w-]+)$/.exec(location.pathname)?.[1] ?? null;

// Says it where it is seen, and a screen reader reads it.
function say(text) {
  clearTimeout(hiding);
  status.textContent = "";
  requestAnimationFrame(() => {
    status.textContent = text;
    status.classList.add("shown");
    hiding = setTimeout(() => {
      status.classList.remove("shown");
      status.textContent = "";
    }, SHOWN_MILLISECONDS);
  });
}

async function get(path) {
  const response = await fetch(path);
  if (response.ok) return response;
  const problem = await response.json().catch(() => null);
  throw new Error(problem?.error?.message ?? response.statusText);
}

// Copies plain text, and rich text beside it if there is one.
async function copy(text, html, done) {
  if (!(await viaClipboard(text, html)) && !viaEvent(text, html)) {
    dialog.querySelector("textarea").value = text;
    dialog.showModal();
    dialog.querySelector("textarea").select();
    return;
  }
  say(done);
}

async function viaClipboard(text, html) {
  try {
    const parts = { "text/plain": new Blob([text], { type: "text/plain" }) };
    if (html) parts["text/html"] = new Blob([html], { type: "text/html" });
    await navigator.clipboard.write([new ClipboardItem(parts)]);
    return true;
  } catch {
    return false; // not allowed, or not there: browsers have it only for safe addresses
  }
}

function viaEvent(text, html) {
  let isCopied = false;
  const fill = (event) => {
    event.clipboardData.setData("text/plain", text);
    if (html) event.clipboardData.setData("text/html", html);
    event.preventDefault();
    event.stopImmediatePropagation();
    isCopied = true;
  };
  document.addEventListener("copy", fill, true);
  const isDone = document.execCommand("copy");
  document.removeEventListener("copy", fill, true);
  return isDone && isCopied;
}

async function copyFrom(path, kind) {
  const copied = await (await get(path)).json();
  if (kind === "html") await copy(copied.text, copied.html, texts.copied);
  else await copy(kind === "md" ? copied.markdown : copied.text, "", texts.copied);
}

function copyAnswer(value) {
  const [number, kind] = value.split(":");
  return copyFrom(`/page/conversations/${conversation()}/turns/${number}/copy`, kind);
}

function copyQuote(value) {
  const [, id, start, end, kind] = /^(\d+):(\d+)-(\d+):(\w+)$/.exec(value);
  return copyFrom(`/page/quotes/${id}?start=${start}&end=${end}`, kind);
}

async function save(kind) {
  if (!conversation()) return say(texts.nothing);
  const response = await get(`/page/conversations/${conversation()}/export?format=${kind}`);
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("Content-Disposition"))?.[1];
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = decodeURIComponent(name ?? "export");
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return say(texts.exported);
}

function print() {
  if (conversation()) window.open(`/page/conversations/${conversation()}/print`, "_blank", "noopener");
  else say(texts.nothing);
}

document.addEventListener("click", async (event) => {
  const menu = document.querySelector("#export-menu[open]");
  if (menu && !event.target.closest("#export-menu")) menu.open = false;
  const button = event.target.closest("button");
  if (!button) return;
  try {
    if (button.matches(".copy-answer")) await copyAnswer(button.value);
    else if (button.matches(".copy-quote")) await copyQuote(button.value);
    else if (button.matches(".copy-link")) await copy(new URL(button.value, location.origin).href, "", texts.linkCopied);
    else if (button.matches(".export")) await save(button.value);
    else if (button.matches(".print")) print();
    else return;
    if (menu) menu.open = false;
  } catch (error) {
    say(texts.failed.replace("{}", error.message));
  }
});

document.addEventListener("keydown", (event) => {
  const menu = document.querySelector("#export-menu[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

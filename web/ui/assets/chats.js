// The list of conversations: search, open, rename, delete and undo.

import { attempt, fill, open, request, say, texts } from "./chat.js";

export class ChatList {
  constructor(desk, { current, onRenamed, onDeleted }) {
    this.current = current;
    this.onRenamed = onRenamed;
    this.onDeleted = onDeleted;
    this.frame = desk.querySelector("#chats");
    this.list = desk.querySelector("#chat-list");
    this.toggle = desk.querySelector("#show-chats");
    this.search = desk.querySelector("#find-chat");
    this.toggle.addEventListener("click", () => this.show(this.frame.hidden));
    this.search.addEventListener("input", () => attempt(() => this.fill()));
    this.frame.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.target.matches("li input")) {
        this.show(false);
        this.toggle.focus();
      }
    });
  }

  show(isShown) {
    this.frame.hidden = !isShown;
    this.toggle.setAttribute("aria-expanded", String(isShown));
    if (!isShown) return;
    this.search.value = "";
    attempt(() => this.fill());
    this.search.focus();
  }

  async fill() {
    const wanted = this.search.value;
    const found = await (await request(`conversations?matching=${encodeURIComponent(wanted)}`)).json();
    if (wanted !== this.search.value) return; // typed on meanwhile
    this.list.replaceChildren(...found.map((conversation) => this.item(conversation)));
    if (!found.length) this.list.append(Object.assign(document.createElement("li"), { textContent: texts.noChats }));
  }

  item(conversation) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `/c/${conversation.id}`;
    link.dir = "auto";
    link.textContent = conversation.title;
    if (conversation.id === this.current()) link.setAttribute("aria-current", "page");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab or window
      event.preventDefault();
      this.show(false);
      attempt(() => open(conversation.id));
    });
    item.append(
      link,
      this.button(texts.rename, texts.renameNamed, conversation, () => this.edit(item, link, conversation)),
      this.button(texts.delete, texts.deleteNamed, conversation, () => attempt(() => this.remove(conversation))),
    );
    return item;
  }

  button(label, name, conversation, onClick) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = label;
    button.setAttribute("aria-label", fill(name, conversation.title));
    button.addEventListener("click", onClick);
    return button;
  }

  edit(item, link, conversation) {
    const input = document.createElement("input");
    input.value = conversation.title;
    input.setAttribute("aria-label", texts.newName);
    let isEnded = false;
    const end = (isKept) => {
      if (isEnded) return;
      isEnded = true;
      const title = input.value.trim();
      input.replaceWith(link);
      if (isKept && title && title !== conversation.title) attempt(() => this.rename(conversation, title));
      item.querySelector("button").focus();
    };
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) end(true);
      if (event.key === "Escape") end(false);
    });
    input.addEventListener("blur", () => end(true));
    link.replaceWith(input);
    input.select();
  }

  async rename(conversation, title) {
    const renamed = await (await request(`conversations/${conversation.id}`, "PATCH", { title })).json();
    this.onRenamed(renamed.id, renamed.title);
    await this.fill();
  }

  async remove(conversation) {
    const wasOpen = conversation.id === this.current();
    await request(`conversations/${conversation.id}`, "DELETE");
    this.onDeleted(conversation.id);
    say(fill(texts.deleted, conversation.title), texts.undo, () =>
      attempt(async () => {
        await request(`conversations/${conversation.id}/restore`, "POST");
        say("");
        if (wasOpen) await open(conversation.id);
        if (!this.frame.hidden) await this.fill();
      }),
    );
    await this.fill();
    this.search.focus();
  }
}

// The filter over the question box: which articles a question is asked of, as chips that can be removed.

const LISTS = { outlet: "publishers", author: "authors", collection: "collections", article: "article_ids" };

export class Filters {
  constructor(desk, { texts, request, attempt }) {
    this.texts = texts;
    this.request = request;
    this.attempt = attempt;
    this.where = {};
    this.titles = new Map(); // of articles, by id
    this.chips = desk.querySelector("#chips");
    this.form = desk.querySelector("#filter");
    this.toggle = desk.querySelector("#show-filter");
    this.toggle.addEventListener("click", () => this.show(this.form.hidden));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.add();
    });
    this.form.addEventListener("keydown", (event) => event.key === "Escape" && this.show(false));
  }

  set(where, titles = {}) {
    this.where = where;
    for (const [id, title] of Object.entries(titles)) this.titles.set(Number(id), title);
    this.draw();
  }

  show(isShown) {
    this.form.hidden = !isShown;
    this.toggle.setAttribute("aria-expanded", String(isShown));
    if (!isShown) return this.toggle.focus();
    this.form.querySelector("input").focus();
    this.attempt(() => this.offer());
  }

  // What can be chosen, as the library has it now.
  async offer() {
    const choices = await (await this.request("filters")).json();
    for (const [id, title] of Object.entries(choices.articles)) this.titles.set(Number(id), title);
    const options = { ...choices, articles: Object.values(choices.articles) };
    for (const [name, values] of Object.entries(options)) {
      const list = this.form.querySelector(`#choices-${name}`);
      list.replaceChildren(...values.map((value) => Object.assign(document.createElement("option"), { value })));
    }
  }

  add() {
    const where = structuredClone(this.where);
    for (const input of this.form.querySelectorAll("input")) {
      const value = input.value.trim();
      if (!value) continue;
      const field = LISTS[input.name];
      if (!field) where[input.name] = value;
      else if (field !== "article_ids") where[field] = [...new Set([...(where[field] ?? []), value])];
      else {
        const ids = [...this.titles].filter(([, title]) => title === value).map(([id]) => id);
        if (!ids.length) {
          input.setCustomValidity(this.texts.noSuchArticle);
          input.reportValidity();
          input.oninput = () => input.setCustomValidity("");
          return;
        }
        where[field] = [...new Set([...(where[field] ?? []), ...ids])];
      }
    }
    this.form.reset();
    this.where = where;
    this.draw();
    this.show(false);
  }

  draw() {
    this.chips.replaceChildren();
    for (const [kind, field] of Object.entries(LISTS)) {
      for (const value of this.where[field] ?? []) {
        const shown = field === "article_ids" ? (this.titles.get(value) ?? `#${value}`) : value;
        this.chip(this.texts[kind], shown, () => {
          this.where[field] = this.where[field].filter((other) => other !== value);
          if (!this.where[field].length) delete this.where[field];
        });
      }
    }
    for (const field of ["since", "until"]) {
      if (this.where[field]) this.chip(this.texts[field], this.where[field], () => delete this.where[field]);
    }
  }

  chip(label, value, remove) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip";
    button.dir = "auto";
    button.textContent = `${label}: ${value} ×`;
    button.setAttribute("aria-label", this.texts.removeFilter.replace("{}", `${label}: ${value}`));
    button.addEventListener("click", () => {
      remove();
      this.draw();
      this.toggle.focus();
    });
    item.append(button);
    this.chips.append(item);
  }
}

// Names while typing, for inputs with data-suggest: a list box under the field (WAI-ARIA combobox). Without this script the page 名称提示 does the same.
"use strict";
const NAMES = { field: "字段", organisation: "机构", indicator: "指标", title: "标题" };
const WAIT = 120; // ms of silence before asking

function attach(input, number) {
  const field = input.dataset.suggest; // asked within this field; its names replace the whole value
  const list = document.createElement("ul");
  let shown = [], active = -1, timer = 0, asked = null;

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function mark(next) {
    if (active >= 0) list.children[active].setAttribute("aria-selected", "false");
    active = (next + shown.length) % shown.length;
    const item = list.children[active];
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", item.id);
  }
  function choose(one) {
    input.value = field ? one.text : one.query;
    close();
    if (one.what === "field") input.focus();
    else input.form.requestSubmit();
  }
  function show(found) {
    shown = found;
    active = -1;
    list.replaceChildren(...found.map((one, n) => {
      const item = document.createElement("li"), kind = document.createElement("span");
      item.id = `${list.id}-${n}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.textContent = one.text;
      kind.textContent = NAMES[one.what] + (one.count ? ` ${one.count}` : "");
      item.append(kind);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(one); });
      return item;
    }));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  }
  async function ask() {
    asked?.abort();
    asked = new AbortController();
    if (!input.value.trim()) return close();
    try {
      const answer = await fetch("/api/v1/complete?" + new URLSearchParams({ q: field + input.value }), { signal: asked.signal });
      if (answer.ok && document.activeElement === input) show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") close(); // offline: the field goes on without names
    }
  }

  list.id = `names-${number}`;
  list.className = "names";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "名称提示");
  input.after(list);
  input.removeAttribute("list");
  input.autocomplete = "off";
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) input.setAttribute(name, value);

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("compositionend", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") mark(active + 1);
    else if (event.key === "ArrowUp") mark(active < 0 ? shown.length - 1 : active - 1);
    else if (event.key === "Enter" && active >= 0) choose(shown[active]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}
document.querySelectorAll("input[data-suggest]").forEach(attach);

// Questions and windows over the page, on the browser's own <dialog>: it keeps the focus and closes on Escape.

import { h, icon, iconButton } from "./dom.js";

export function openDialog({ title, body, actions = [], kind = "", testid = "dialog", titleDir = "auto" }) {
  const close = (value) => {
    dialog.returnValue = value ?? "";
    dialog.close(value ?? "");
  };
  const dialog = h(
    "dialog",
    { class: `dialog ${kind}`, testid, "aria-label": title ?? "پنجره" },
    title ? h("h2", { dir: titleDir }, title) : null,
    h("div", { class: "dialog-body" }, body),
    actions.length
      ? h(
          "div",
          { class: "dialog-actions" },
          actions.map((action) => actionButton(action, close)),
        )
      : null,
  );
  dialog.addEventListener("click", (event) => event.target === dialog && close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input:not([type=checkbox])")) return;
    event.preventDefault();
    dialog.querySelector(".dialog-actions .primary")?.click();
  });
  const closed = new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, close, closed };
}

function actionButton({ label, value, primary = false, danger = false, run, testid }, close) {
  const kind = primary ? "primary" : danger ? "danger" : "plain";
  const onclick = async () => {
    if (run && (await run()) === false) return;
    close(value ?? label);
  };
  return h("button", { type: "button", class: `button ${kind}`, testid, onclick, autofocus: primary }, label);
}

export function showAlert(text, title = null) {
  return openDialog({
    title,
    kind: "alert",
    testid: "alert",
    body: h("p", { dir: "auto", class: "pre-line", testid: "alert-text" }, text),
    actions: [{ label: "باشه", primary: true, testid: "alert-ok" }],
  }).closed;
}

export async function askYesNo({ title, text, yes = "بله", danger = false, ltr = false, testid = "yes" }) {
  const answer = await openDialog({
    title,
    kind: "alert",
    testid: "question",
    body: h("p", { dir: ltr ? "ltr" : "auto", class: "pre-line" }, text),
    actions: [
      { label: "انصراف", value: "no" },
      { label: yes, value: "yes", primary: !danger, danger, testid },
    ],
  }).closed;
  return answer === "yes";
}

// One labelled input; `fields` of a form are read back by `values`.
export function field(name, label, props = {}) {
  const { options, ...rest } = props;
  const control = options
    ? h(
        "select",
        { name, ...rest },
        options.map(([value, text]) => h("option", { value }, text)),
      )
    : h("input", { name, type: "text", autocomplete: "off", ...rest });
  if (options && rest.value !== undefined) control.value = rest.value;
  return h("label", { class: "field" }, h("span", {}, label), control);
}

export function check(name, label, props = {}) {
  return h(
    "label",
    { class: "check" },
    h("input", { type: "checkbox", name, ...props }),
    h("span", {}, label),
  );
}

export function values(form) {
  const all = {};
  for (const control of form.querySelectorAll("input[name], select[name], textarea[name]")) {
    all[control.name] = control.type === "checkbox" ? control.checked : control.value.trim();
  }
  return all;
}

// A small menu at a point of the screen: context menus and the attachment menu.
export function openMenu(items, { x, y }) {
  const { dialog, close } = openDialog({ kind: "menu", testid: "menu", body: [] });
  const list = h(
    "div",
    { class: "menu-items", role: "menu" },
    items.map((item) =>
      h(
        "button",
        {
          type: "button",
          role: "menuitem",
          class: item.danger ? "danger" : null,
          testid: item.testid,
          onclick: () => {
            close();
            item.run();
          },
        },
        icon(item.icon),
        h("span", {}, item.label),
      ),
    ),
  );
  dialog.querySelector(".dialog-body").append(list);
  list.addEventListener("keydown", (event) => moveFocus(event, [...list.children]));
  const { offsetWidth: width, offsetHeight: height } = dialog;
  dialog.style.left = `${Math.max(8, Math.min(x - width, innerWidth - width - 8))}px`;
  dialog.style.top = `${Math.max(8, Math.min(y, innerHeight - height - 8))}px`;
  list.firstElementChild?.focus();
}

export function moveFocus(event, items) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !items.length) return;
  event.preventDefault();
  const at = items.indexOf(document.activeElement);
  items[(at + step + items.length) % items.length].focus();
}

export function lightbox(url, name) {
  const { dialog, close } = openDialog({
    kind: "lightbox",
    testid: "lightbox",
    body: [
      h("img", { src: url, alt: "عکس در اندازه کامل" }),
      h(
        "div",
        { class: "lightbox-tools" },
        h(
          "a",
          { class: "icon-button", href: url, download: name, "aria-label": "دریافت", title: "دریافت" },
          icon("download"),
        ),
        iconButton("close", "بستن", () => close(), { testid: "lightbox-close" }),
      ),
    ],
  });
  dialog.querySelector("img").addEventListener("click", () => close());
}

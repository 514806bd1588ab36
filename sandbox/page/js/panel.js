// The side panel: what the bot calls, what goes wrong on purpose, what time it is, and the limits.

import { mountCalls } from "./calls.js";
import { confirmReset } from "./chat.js";
import { h, iconButton } from "./dom.js";
import { mountFaults } from "./faults.js";
import { mountLimits } from "./limits.js";
import { emit, on } from "./store.js";
import { mountTime } from "./time.js";

const TABS = [
  ["calls", "فراخوانی‌ها", mountCalls],
  ["faults", "خطاها", mountFaults],
  ["clock", "ساعت", mountTime],
  ["limits", "محدودیت‌ها", mountLimits],
];
const WIDE = matchMedia("(min-width: 1180px)");

let app;

export function mountPanel(root) {
  app = document.getElementById("app");
  const tabs = TABS.map(([key, title]) =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${key}`,
        testid: `tab-${key}`,
        "aria-controls": `panel-${key}`,
        onclick: () => choose(key),
      },
      title,
    ),
  );
  const pages = TABS.map(([key, , mount]) => {
    const page = h("section", {
      role: "tabpanel",
      id: `panel-${key}`,
      testid: `panel-${key}`,
      "aria-labelledby": `tab-${key}`,
    });
    mount(page);
    return page;
  });
  const choose = (key) => {
    TABS.forEach(([one], at) => {
      tabs[at].setAttribute("aria-selected", String(one === key));
      tabs[at].tabIndex = one === key ? 0 : -1;
      pages[at].hidden = one !== key;
    });
    emit("tab", key);
  };
  const list = h("div", { role: "tablist", class: "tabs" }, tabs);
  list.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: 1, ArrowRight: -1 }[event.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    next.focus();
    next.click();
  });
  root.append(
    h(
      "header",
      { class: "bar" },
      h("strong", { class: "grow" }, "ابزارها"),
      iconButton("trash", "پاک‌کردن همه‌چیز", confirmReset, { testid: "reset" }),
      iconButton("close", "بستن ابزارها", () => show(false), { testid: "panel-close" }),
    ),
    list,
    ...pages,
  );
  choose("calls");
  on("toggle-panel", () => show(app.dataset.panel !== "open"));
  document.getElementById("scrim").addEventListener("click", () => show(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !WIDE.matches && !document.querySelector("dialog[open]")) show(false);
  });
  show(WIDE.matches);
}

function show(open) {
  app.dataset.panel = open ? "open" : "closed";
  document.getElementById("panel").inert = !open;
}

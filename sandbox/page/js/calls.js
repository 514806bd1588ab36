// The bot's calls, newest first. Reading them is how one sees what a tap really did.

import { fullName } from "./avatar.js";
import { check } from "./dialogs.js";
import { copyText, eachFrame, h, iconButton } from "./dom.js";
import { number, timeWithSeconds } from "./format.js";
import { on, state } from "./store.js";
import { showError, showToast } from "./toasts.js";

const SHOWN = 200;
const POLLS = new Set(["getupdates"]);

let list;
let method;
let onlyThis;
let withPolls;
let counter;
const opened = new Set();

export function mountCalls(page) {
  const again = eachFrame(draw);
  method = h("input", {
    type: "search",
    placeholder: "نام متد",
    dir: "ltr",
    list: "methods",
    "aria-label": "صافی متد",
    testid: "calls-filter",
    oninput: again,
  });
  const only = check("only", "فقط این شخص", { onchange: again });
  const polls = check("polls", "با getUpdates", { onchange: again });
  onlyThis = only.querySelector("input");
  withPolls = polls.querySelector("input");
  counter = h("small", { class: "grow" });
  list = h("div", { class: "calls", testid: "calls" });
  page.append(
    h(
      "div",
      { class: "filters" },
      method,
      h("datalist", { id: "methods" }),
      h("div", { class: "line" }, only, polls, counter),
    ),
    list,
  );
  for (const topic of ["calls", "current", "reset"]) on(topic, again);
}

function matching() {
  const part = method.value.trim().toLowerCase();
  return state.calls.filter((call) => {
    const name = call.method.toLowerCase();
    if (part && !name.includes(part)) return false;
    if (!withPolls.checked && !part && POLLS.has(name)) return false;
    return !onlyThis.checked || call.user_id === state.current;
  });
}

function draw() {
  const calls = matching();
  counter.textContent = `${number(calls.length)} فراخوانی`;
  const names = [...new Set(state.calls.map((call) => call.method))].sort();
  document.getElementById("methods").replaceChildren(...names.map((value) => h("option", { value })));
  const have = new Map([...list.querySelectorAll("details")].map((node) => [node.dataset.seq, node]));
  const shown = calls.slice(-SHOWN).reverse();
  const nodes = shown.map((call) => have.get(String(call.seq)) ?? callView(call));
  if (!nodes.length) nodes.push(h("p", { class: "nothing" }, "هنوز فراخوانی‌ای نیست."));
  list.replaceChildren(...nodes);
}

function callView(call) {
  const user = state.users.get(call.user_id);
  const body = h("div", { class: "call-body" });
  const details = h(
    "details",
    {
      class: "call",
      testid: "call",
      data: { seq: String(call.seq), method: call.method },
      open: opened.has(call.seq),
      ontoggle: () => {
        if (!details.open) return opened.delete(call.seq);
        opened.add(call.seq);
        fill(body, call);
      },
    },
    h(
      "summary",
      {},
      h("b", { class: `status s${String(call.status)[0]}`, dir: "ltr" }, String(call.status)),
      h("code", { dir: "ltr" }, call.method),
      h("small", { class: "grow", dir: "auto" }, user ? fullName(user) : ""),
      h("time", {}, timeWithSeconds(call.at)),
    ),
    body,
  );
  return details;
}

function fill(body, call) {
  if (body.childElementCount) return;
  body.append(...block("پارامترها", call.params), ...block("پاسخ", call.response));
}

function block(title, value) {
  const text = typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? "—");
  const copy = () => copyText(text).then(() => showToast("کپی شد"), showError);
  return [h("h3", {}, title, iconButton("copy", `کپی ${title}`, copy)), h("pre", { dir: "ltr" }, text)];
}

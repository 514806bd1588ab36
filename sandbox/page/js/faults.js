// Things that go wrong on purpose, for the bot to live with.

import { api } from "./api.js";
import { check, field, values } from "./dialogs.js";
import { h, icon } from "./dom.js";
import { latinDigits, number } from "./format.js";
import { emit, on, state } from "./store.js";
import { showError, showToast } from "./toasts.js";

const KINDS = [
  ["error", "پاسخ خطا"],
  ["timeout", "بی‌پاسخ (انجام نشده)"],
  ["lost_answer", "انجام شد، پاسخ گم شد"],
  ["reset", "قطع اتصال"],
  ["slow", "پاسخ کُند"],
  ["html", "صفحه HTML به‌جای JSON"],
  ["truncated", "JSON ناقص"],
  ["outage", "قطع کامل"],
  ["webhook_duplicate", "وب‌هوک: تکراری"],
  ["webhook_reorder", "وب‌هوک: جابه‌جا"],
  ["webhook_bad_secret", "وب‌هوک: رمز نادرست"],
  ["webhook_drop_after", "وب‌هوک: قطع پس از انجام"],
  ["webhook_late", "وب‌هوک: دیر"],
];
const METHODS = [
  "*",
  "getUpdates",
  "sendMessage",
  "editMessageText",
  "editMessageReplyMarkup",
  "answerCallbackQuery",
  "deleteMessage",
  "sendPhoto",
  "sendDocument",
  "sendChatAction",
  "getFile",
];
const CODES = ["400", "401", "403", "404", "409", "429", "500", "502", "503"];
const NUMBERS = ["code", "times", "seconds", "retry_after", "probability"];
const BLANK = { "*": "همه متدها" };

const digits = (placeholder) => ({ dir: "ltr", inputmode: "decimal", placeholder });

export function mountFaults(page) {
  const kind = field("kind", "چه بشود؟", { options: KINDS, testid: "fault-kind" });
  const form = h(
    "form",
    { class: "form", onsubmit: add },
    h(
      "div",
      { class: "pair" },
      field("method", "متد", {
        options: METHODS.map((name) => [name, BLANK[name] ?? name]),
        testid: "fault-method",
      }),
      kind,
    ),
    h(
      "div",
      { class: "trio" },
      field("code", "کد", { ...digits("500"), list: "codes", testid: "fault-code" }),
      field("times", "چند بار", { ...digits("∞"), value: "1", testid: "fault-times" }),
      field("seconds", "ثانیه", digits("—")),
    ),
    h(
      "div",
      { class: "trio" },
      field("retry_after", "retry_after", digits("—")),
      field("probability", "احتمال", digits("1")),
      field("contains", "متن دارد", { dir: "auto", placeholder: "—" }),
    ),
    check("mine", "فقط برای این شخص"),
    h(
      "datalist",
      { id: "codes" },
      CODES.map((value) => h("option", { value })),
    ),
    h("button", { type: "submit", class: "button primary", testid: "fault-add" }, "افزودن خطا"),
  );
  const list = h("div", { class: "faults", testid: "faults" });
  page.append(form, list);
  const codes = form.querySelector("[name=code]");
  const kinds = kind.querySelector("select");
  const limit = () => {
    codes.disabled = !["error", "html"].includes(kinds.value);
  };
  kinds.addEventListener("change", limit);
  limit();
  const again = () => draw(list);
  for (const topic of ["faults", "people", "reset"]) on(topic, again);
  again();
}

async function add(event) {
  event.preventDefault();
  const given = values(event.currentTarget);
  const fault = { method: given.method, kind: given.kind };
  if (given.contains) fault.contains = given.contains;
  for (const name of NUMBERS) if (given[name]) fault[name] = Number(latinDigits(given[name]));
  if (["error", "html"].includes(given.kind)) fault.code ??= 500;
  else delete fault.code;
  if (given.mine && state.current !== null) fault.user_id = state.current;
  try {
    // What is armed now comes as an event: asking for it could answer later than the call that it strikes.
    await api.addFault(fault);
    showToast("خطا فعال شد");
  } catch (error) {
    showError(error);
  }
}

export async function refreshFaults() {
  state.faults = await api.faults();
  emit("faults");
}

function draw(list) {
  list.replaceChildren(
    h(
      "div",
      { class: "line" },
      h("h3", { class: "grow" }, `خطاهای فعال (${number(state.faults.length)})`),
      state.faults.length
        ? h(
            "button",
            { type: "button", class: "button danger small", testid: "faults-clear", onclick: clear },
            icon("trash"),
            "همه پاک شود",
          )
        : null,
    ),
    ...state.faults.map(view),
  );
  if (!state.faults.length) list.append(h("p", { class: "nothing" }, "همه‌چیز سالم است."));
}

function view(fault) {
  const left = fault.times;
  const user = state.users.get(fault.user_id);
  const facts = [
    left ? `${number(left)} بار` : null,
    fault.seconds ? `${number(fault.seconds)} ثانیه` : null,
    fault.probability && fault.probability < 1 ? `احتمال ${number(fault.probability)}` : null,
    fault.contains ? `«${fault.contains}»` : null,
    user ? `برای ${user.first_name}` : null,
  ].filter(Boolean);
  return h(
    "div",
    { class: "fault", testid: "fault" },
    h("b", { class: "status s5", dir: "ltr" }, String(fault.code ?? "⚡")),
    h(
      "span",
      { class: "card-lines" },
      h("strong", {}, KINDS.find(([key]) => key === fault.kind)?.[1] ?? fault.kind),
      h(
        "small",
        {},
        h("code", { dir: "ltr" }, fault.method ?? "*"),
        facts.length ? ` · ${facts.join(" · ")}` : "",
      ),
    ),
  );
}

async function clear() {
  try {
    await api.clearFaults();
  } catch (error) {
    showError(error);
  }
}

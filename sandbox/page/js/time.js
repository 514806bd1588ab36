// The sandbox's own clock: days can pass in a second.

import { api } from "./api.js";
import { field } from "./dialogs.js";
import { h } from "./dom.js";
import { asDate, fromWallClock, longDay, timeWithSeconds, toWallClock } from "./format.js";
import { emit, on, state } from "./store.js";
import { showError } from "./toasts.js";

const HOUR = 3600;
const STEPS = [
  ["۵ دقیقه", 300],
  ["۱ ساعت", HOUR],
  ["۶ ساعت", 6 * HOUR],
  ["۱ روز", 24 * HOUR],
  ["۱ هفته", 168 * HOUR],
  ["۳۰ روز", 720 * HOUR],
];
const RATES = [
  ["ایستاده", 0],
  ["عادی", 1],
  ["۶۰ برابر", 60],
  ["۱۰۰۰ برابر", 1000],
];
const POLL_MS = 1000;

let face;
let date;
let wanted;
let preview;

export function mountTime(page) {
  face = h("strong", { class: "clock-face", testid: "clock-time" });
  date = h("span", { class: "clock-date", testid: "clock-date" });
  const choice = field("moment", "روز و ساعت (به وقت تهران، میلادی)", {
    type: "datetime-local",
    step: "1",
    dir: "ltr",
    testid: "clock-set-value",
  });
  wanted = choice.querySelector("input");
  preview = h("small", {});
  wanted.addEventListener("input", sayPreview);
  page.append(
    h("div", { class: "clock-card" }, face, date),
    h("h3", {}, "جلو بردن"),
    h(
      "div",
      { class: "grid" },
      STEPS.map(([label, seconds]) =>
        h(
          "button",
          {
            type: "button",
            class: "button plain",
            testid: `advance-${seconds}`,
            onclick: () => change({ advance_s: seconds }),
          },
          `+ ${label}`,
        ),
      ),
    ),
    h("h3", {}, "تنظیم"),
    h(
      "div",
      { class: "form" },
      choice,
      preview,
      h(
        "button",
        { type: "button", class: "button primary", testid: "clock-set", onclick: set },
        "تنظیم ساعت",
      ),
    ),
    h("h3", {}, "سرعت"),
    h(
      "div",
      { class: "grid" },
      RATES.map(([label, rate]) =>
        h("button", { type: "button", class: "button plain", onclick: () => change({ rate }) }, label),
      ),
    ),
  );
  on("clock", draw);
  on("tab", (key) => key === "clock" && read());
  setInterval(() => {
    if (!page.hidden && document.visibilityState === "visible" && page.offsetParent) read();
  }, POLL_MS);
}

function draw() {
  face.textContent = timeWithSeconds(state.now);
  date.textContent = longDay(state.now);
  if (!wanted.value) wanted.value = toWallClock(state.now);
  sayPreview();
}

function sayPreview() {
  const moment = wanted.value ? fromWallClock(wanted.value) : null;
  preview.textContent =
    moment && !Number.isNaN(moment.getTime()) ? `${longDay(moment)}، ${timeWithSeconds(moment)}` : "";
}

export async function read() {
  try {
    state.now = (await api.clock()).now;
    emit("clock");
  } catch {
    // The server is away for a moment; the connection banner already says so.
  }
}

async function change(what) {
  try {
    state.now = (await api.setClock(what)).now;
    wanted.value = toWallClock(state.now);
    emit("clock");
  } catch (error) {
    showError(error);
  }
}

function set() {
  const moment = fromWallClock(wanted.value);
  if (Number.isNaN(moment.getTime())) return;
  change({ now: typeof state.now === "number" ? asDate(moment).getTime() / 1000 : moment.toISOString() });
}

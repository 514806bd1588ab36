// Rate limits and slowness, off until switched on.

import { api } from "./api.js";
import { field, values } from "./dialogs.js";
import { h } from "./dom.js";
import { latinDigits, number } from "./format.js";
import { on } from "./store.js";
import { showError, showToast } from "./toasts.js";

const FIELDS = [
  ["per_second", "پیام در ثانیه (در همه گفتگوها)", "30"],
  ["per_chat_per_second", "پیام در ثانیه در هر گفتگو", "1"],
  ["per_group_per_minute", "پیام در دقیقه در هر گروه", "20"],
  ["latency_ms", "تأخیر هر پاسخ (هزارم ثانیه)", "150"],
  ["callback_ttl_s", "مهلت پاسخ به هر دکمه (ثانیه)", "60"],
];

const USUAL_TTL = "60";

export function mountLimits(page) {
  const form = h(
    "form",
    {
      class: "form",
      onsubmit: (event) => {
        event.preventDefault();
        apply(form, values(form));
      },
    },
    FIELDS.map(([name, label, usual]) =>
      field(name, label, {
        dir: "ltr",
        inputmode: "decimal",
        placeholder: `خاموش (مثلاً ${number(Number(usual))})`,
        testid: `limit-${name}`,
      }),
    ),
    h(
      "div",
      { class: "pair" },
      h("button", { type: "submit", class: "button primary", testid: "limits-apply" }, "اعمال"),
      h("button", { type: "button", class: "button plain", onclick: () => like(form) }, "مثل تلگرام"),
    ),
    h(
      "button",
      {
        type: "button",
        class: "button plain",
        testid: "limits-off",
        onclick: () => {
          form.reset();
          apply(form, { callback_ttl_s: USUAL_TTL });
        },
      },
      "خاموش کردن همه",
    ),
  );
  on("tab", (key) => key === "limits" && show(form));
  page.append(
    h("p", { class: "hint" }, "با این عددها سرور مثل پیام‌رسان واقعی به ربات «۴۲۹» می‌گوید."),
    form,
  );
}

function like(form) {
  for (const [name, , usual] of FIELDS)
    form.querySelector(`[name=${name}]`).value = name === "latency_ms" ? "" : usual;
}

const show = (form) => api.readLimits().then((limits) => fill(form, limits), showError);

function fill(form, limits) {
  for (const [name] of FIELDS) form.querySelector(`[name=${name}]`).value = limits[name] ?? "";
}

async function apply(form, given) {
  const limits = Object.fromEntries(
    FIELDS.map(([name]) => [name, given[name] ? Number(latinDigits(given[name])) : null]),
  );
  try {
    fill(form, await api.limits(limits));
    showToast("محدودیت‌ها اعمال شد");
  } catch (error) {
    showError(error);
  }
}

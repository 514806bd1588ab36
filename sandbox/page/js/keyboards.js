// Inline keyboards under a message and the reply keyboard under the composer.

import { api } from "./api.js";
import { askYesNo, openMenu } from "./dialogs.js";
import { copyText, h, icon, onLongPress } from "./dom.js";
import { openLink } from "./links.js";
import { askLocation, askPhone } from "./share.js";
import { chatOf, endTap, startTap, state } from "./store.js";
import { showError, showToast } from "./toasts.js";

// Telegram's own clients give up on an unanswered tap after a while too.
const LONGEST_SPIN_MS = 30_000;

const tapKey = (message, row, column) => `${message.message_id}:${row}:${column}`;

export function inlineKeyboard(userId, message) {
  if (!message.buttons?.length) return null;
  return h(
    "div",
    { class: "inline-keyboard", testid: "inline-keyboard" },
    message.buttons.map((row, at) =>
      h(
        "div",
        { class: "inline-row", style: { "--columns": String(row.length) } },
        row.map((button, column) => inlineButton(userId, message, button, tapKey(message, at, column))),
      ),
    ),
  );
}

function inlineButton(userId, message, button, key) {
  const isLink = Boolean(button.url);
  const node = h(
    "button",
    {
      type: "button",
      class: "inline-button",
      dir: "auto",
      testid: "inline-button",
      title: isLink ? button.url : null,
      data: { key, label: button.label },
      "aria-busy": chatOf(userId).waiting.has(key) ? "true" : null,
      onclick: () => (isLink ? openLink(button.url) : tap(userId, message, button, key)),
    },
    h("span", {}, button.label),
    isLink ? icon("link") : null,
    h("i", { class: "spinner", "aria-hidden": "true" }),
  );
  if (!isLink) onLongPress(node, (point) => tapMenu(point, userId, message, button, key));
  return node;
}

async function tap(userId, message, button, key, more = {}) {
  if (chatOf(userId).waiting.has(key)) return;
  startTap(userId, key, ["sending"]);
  try {
    const answer = await api.tap(userId, message.message_id, button.data, more);
    startTap(userId, key, answer.callback_query_ids);
    setTimeout(() => endTap(userId, key), LONGEST_SPIN_MS);
  } catch (error) {
    endTap(userId, key);
    showError(error);
  }
}

function tapMenu(point, userId, message, button, key) {
  const twice = { times: 2, concurrent: true };
  openMenu(
    [
      { icon: "twice", label: "دو بار هم‌زمان", run: () => tap(userId, message, button, key, twice) },
      {
        icon: "copy",
        label: "کپی داده دکمه",
        run: () => copyText(button.data).then(() => showToast("کپی شد"), showError),
      },
    ],
    point,
  );
}

export function markWaiting(container, userId) {
  const waiting = chatOf(userId).waiting;
  for (const button of container.querySelectorAll(".inline-button")) {
    button.toggleAttribute("aria-busy", waiting.has(button.dataset.key));
    if (button.hasAttribute("aria-busy")) button.setAttribute("aria-busy", "true");
  }
}

const REQUEST_ICONS = { contact: "person", location: "pin" };

export function replyKeyboardView(userId, keyboard) {
  const rows = keyboard.rows.map((row) =>
    h(
      "div",
      { class: "reply-row", style: { "--columns": String(row.length) } },
      row.map((button) =>
        h(
          "button",
          {
            type: "button",
            class: "reply-button",
            dir: "auto",
            testid: "reply-button",
            data: { label: button.label },
            onclick: () => press(userId, button).catch(showError),
          },
          button.request ? icon(REQUEST_ICONS[button.request] ?? "forward") : null,
          h("span", {}, button.label),
        ),
      ),
    ),
  );
  return h(
    "div",
    { class: `reply-keyboard ${keyboard.resize ? "" : "tall"}`, testid: "reply-keyboard" },
    rows,
  );
}

async function press(userId, button) {
  if (button.request === "contact") return shareOwnContact(userId, button);
  if (button.request === "location") return askLocation(userId);
  return api.press(userId, button.label);
}

async function shareOwnContact(userId, button) {
  const user = state.users.get(userId);
  if (!user?.phone) return askPhone(userId);
  const agreed = await askYesNo({
    title: "ارسال شماره",
    text: `شماره \u2066${user.phone}\u2069 برای ربات فرستاده شود؟`,
    yes: "ارسال",
    testid: "share-contact",
  });
  if (agreed) await api.press(userId, button.label);
}

// The conversation of one person with the bot.

import { api } from "./api.js";
import { avatar } from "./avatar.js";
import { makeChatHeader } from "./chat_header.js";
import { askYesNo, openMenu, showAlert } from "./dialogs.js";
import { copyText, h, iconButton } from "./dom.js";
import { dayKey, dayTitle, number } from "./format.js";
import { markWaiting } from "./keyboards.js";
import { messageView } from "./message.js";
import { chatOf, emit, markRead, messagesOf, on, putChat, state } from "./store.js";
import { showError, showToast } from "./toasts.js";

const NEAR_BOTTOM_PX = 120;
const LEAVING_MS = 260;
const PAGE = 150;

let log;
let scroller;
let toBottom;
let unseen = 0;
// How many of the newest messages are drawn; older ones come on demand.
let shown = PAGE;

export function mountChat(root, composer) {
  log = h("div", { class: "log", role: "log", "aria-label": "پیام‌ها", testid: "log" });
  scroller = h("div", { class: "scroller", tabindex: "-1" }, log);
  toBottom = iconButton("down", "رفتن به آخرین پیام", () => scrollDown(true), {
    class: "icon-button to-bottom",
    testid: "to-bottom",
    hidden: true,
  });
  scroller.addEventListener("scroll", watchScroll, { passive: true });
  new ResizeObserver(() => wasAtBottom && scrollDown()).observe(scroller);
  root.append(makeChatHeader(), h("div", { class: "stage" }, scroller, toBottom), composer);
  new ResizeObserver(() =>
    document.body.style.setProperty("--composer-height", `${composer.offsetHeight}px`),
  ).observe(composer);
  on("current", openChat);
  on("chat", ({ userId }) => userId === state.current && drawAll());
  on("live", drawAll);
  on("message", takeMessage);
  on("deleted", takeDeletion);
  on("taps", ({ userId }) => userId === state.current && markWaiting(log, userId));
  on("toast", takeToast);
  drawAll();
}

let wasAtBottom = true;

function watchScroll() {
  wasAtBottom = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_BOTTOM_PX;
  toBottom.hidden = wasAtBottom;
  if (wasAtBottom) {
    unseen = 0;
    toBottom.querySelector(".badge")?.remove();
  }
}

function scrollDown(smooth = false) {
  scroller.scrollTo({ top: scroller.scrollHeight, behavior: smooth ? "smooth" : "instant" });
}

async function openChat() {
  shown = PAGE;
  drawAll();
  const userId = state.current;
  if (userId === null) return;
  try {
    putChat(userId, await api.chat(userId));
  } catch (error) {
    showError(error);
  }
}

function drawAll() {
  const userId = state.current;
  unseen = 0;
  log.replaceChildren();
  if (userId === null) {
    log.append(h("p", { class: "empty-hint" }, "برای شروع، یک نفر را از فهرست انتخاب کنید."));
    return;
  }
  fill(userId);
  scrollDown();
  wasAtBottom = true;
  toBottom.hidden = true;
  if (document.visibilityState === "visible") markRead(userId);
}

function fill(userId) {
  const messages = messagesOf(userId);
  const older =
    messages.length > shown
      ? h(
          "button",
          { type: "button", class: "chip older", testid: "older", onclick: showOlder },
          "پیام‌های پیشین",
        )
      : [];
  log.replaceChildren(...[older].flat(), ...messages.slice(-shown).map(view));
  arrange();
}

function showOlder() {
  const fromBottom = scroller.scrollHeight - scroller.scrollTop;
  shown += PAGE;
  fill(state.current);
  scroller.scrollTop = scroller.scrollHeight - fromBottom;
}

const view = (message) => messageView(state.current, message, { onmenu: messageMenu, onquote: goTo });

function goTo(messageId) {
  const target = log.querySelector(`[data-message-id="${messageId}"]`);
  target?.scrollIntoView({ block: "center", behavior: "smooth" });
  target?.classList.add("flash");
  setTimeout(() => target?.classList.remove("flash"), 1200);
}

// Day titles between the days, and the tail on the last bubble of each row of bubbles from one side.
function arrange() {
  const userId = state.current;
  const messages = chatOf(userId).messages;
  log.querySelectorAll(".day, .start-card").forEach((node) => node.remove());
  const views = [...log.querySelectorAll(".message:not(.leaving)")];
  let before = null;
  for (const [index, node] of views.entries()) {
    const message = messages.get(Number(node.dataset.messageId));
    const next = messages.get(Number(views[index + 1]?.dataset.messageId));
    if (!before || dayKey(before.date) !== dayKey(message.date)) {
      node.before(h("div", { class: "day" }, h("span", {}, dayTitle(message.date, state.now))));
    }
    node.classList.toggle(
      "last",
      !next || next.from_bot !== message.from_bot || dayKey(next.date) !== dayKey(message.date),
    );
    before = message;
  }
  if (!views.length && chatOf(userId).loaded) log.append(startCard(userId));
}

function startCard(userId) {
  const name = state.bot?.first_name ?? "ربات";
  return h(
    "div",
    { class: "start-card", testid: "start-card" },
    avatar("bot", name),
    h("strong", { dir: "auto" }, name),
    h("p", {}, "هنوز پیامی نیست. مثل هر ربات دیگری با «شروع» آغاز می‌شود."),
    h(
      "button",
      {
        type: "button",
        class: "button primary",
        testid: "start",
        onclick: () => api.message(userId, "/start").catch(showError),
      },
      "شروع",
    ),
  );
}

function takeMessage({ userId, message, edited }) {
  if (userId !== state.current || !chatOf(userId).loaded) return;
  const old = log.querySelector(`[data-message-id="${message.message_id}"]`);
  const fresh = view(message);
  const follow = wasAtBottom || (!old && !message.from_bot);
  if (old) old.replaceWith(fresh);
  else log.append(fresh);
  if (state.live) fresh.classList.add(old ? (edited ? "flash" : "quiet") : "entering");
  arrange();
  if (follow) scrollDown(state.live && !old);
  else if (!old) countUnseen();
  if (document.visibilityState === "visible") markRead(userId);
}

function countUnseen() {
  unseen += 1;
  toBottom.querySelector(".badge")?.remove();
  toBottom.append(h("span", { class: "badge" }, number(unseen)));
  toBottom.hidden = false;
}

function takeDeletion({ userId, messageId }) {
  if (userId !== state.current) return;
  const node = log.querySelector(`[data-message-id="${messageId}"]`);
  if (!node) return;
  node.style.setProperty("--height", `${node.offsetHeight}px`);
  node.classList.add("leaving");
  setTimeout(() => node.remove(), LEAVING_MS);
  arrange();
}

function takeToast({ user_id: userId, text, alert }) {
  if (userId !== state.current || !text) return;
  if (alert) showAlert(text, state.bot?.first_name ?? "ربات");
  else showToast(text, { fromBot: true });
}

function messageMenu(message, point) {
  const text = message.text ?? message.caption;
  const mine = !message.from_bot;
  openMenu(
    [
      { icon: "reply", label: "پاسخ", testid: "menu-reply", run: () => emit("reply-to", message) },
      text
        ? {
            icon: "copy",
            label: "کپی متن",
            run: () => copyText(text).then(() => showToast("کپی شد"), showError),
          }
        : null,
      mine && text
        ? { icon: "edit", label: "ویرایش", testid: "menu-edit", run: () => emit("edit", message) }
        : null,
    ].filter(Boolean),
    point,
  );
}

export async function confirmReset() {
  const sure = await askYesNo({
    title: "همه‌چیز پاک شود؟",
    danger: true,
    yes: "پاک شود",
    testid: "reset-yes",
    text: "همه افراد، گفتگوها، فراخوانی‌ها و خطاها از میز آزمایش پاک می‌شوند. داده‌های خود ربات دست نمی‌خورد.",
  });
  if (sure) await api.reset().catch(showError);
}

// The bar over a conversation: who is played, whether the bot is typing, and what can be done with the chat.

import { api } from "./api.js";
import { avatar, fullName } from "./avatar.js";
import { openMenu } from "./dialogs.js";
import { copyText, h, iconButton } from "./dom.js";
import { about } from "./people.js";
import { emit, on, state } from "./store.js";
import { showError, showToast } from "./toasts.js";

const TYPING_MS = 5000;

let header;
let typingTimer = null;

export function makeChatHeader() {
  header = h("header", { class: "bar chat-bar" });
  on("people", drawHeader);
  on("current", () => setTyping(false));
  on("typing", takeTyping);
  on("message", ({ userId, message, edited }) => {
    if (userId === state.current && message.from_bot && !edited) setTyping(false);
  });
  drawHeader();
  return header;
}

function drawHeader() {
  const user = state.users.get(state.current);
  document.title = user ? `${fullName(user)} · میز آزمایش` : "میز آزمایش بُنَک";
  if (!user) {
    header.replaceChildren(h("strong", { class: "grow" }, "میز آزمایش"), toolsButton());
    return;
  }
  header.replaceChildren(
    iconButton(
      "back",
      "بازگشت به فهرست",
      () => {
        location.hash = "";
      },
      { class: "icon-button only-phone", testid: "back" },
    ),
    avatar(user.id, fullName(user)),
    h(
      "div",
      { class: "grow who" },
      h("strong", { dir: "auto", testid: "chat-title" }, fullName(user)),
      typingTimer
        ? h("small", { class: "typing", testid: "typing" }, "ربات در حال نوشتن", h("i"), h("i"), h("i"))
        : h("small", {}, h("bdi", {}, `${about(user)} · گفتگو با ${state.bot?.first_name ?? "ربات"}`)),
    ),
    iconButton("more", "کارهای گفتگو", chatMenu, { testid: "chat-menu" }),
    toolsButton(),
  );
}

function toolsButton() {
  return iconButton("tools", "ابزارها: فراخوانی‌ها، خطاها، ساعت", () => emit("toggle-panel"), {
    testid: "panel-toggle",
  });
}

function chatMenu(event) {
  const box = event.currentTarget.getBoundingClientRect();
  const user = state.users.get(state.current);
  const change = user.blocked ? api.unblock : api.block;
  openMenu(
    [
      {
        icon: "send",
        label: "فرستادن ‎/start",
        testid: "menu-start",
        run: () => api.message(user.id, "/start").catch(showError),
      },
      {
        icon: "copy",
        label: "کپی شناسه",
        run: () => copyText(String(user.id)).then(() => showToast("کپی شد"), showError),
      },
      {
        icon: "ban",
        label: user.blocked ? "رفع مسدودی ربات" : "مسدود کردن ربات",
        danger: !user.blocked,
        testid: "menu-block",
        run: () =>
          change(user.id).then(() => {
            user.blocked = !user.blocked;
            emit("people");
            emit("blocked");
          }, showError),
      },
    ],
    { x: box.right, y: box.bottom + 4 },
  );
}

function takeTyping({ user_id: userId }) {
  if (userId === state.current) setTyping(true);
}

function setTyping(typing) {
  clearTimeout(typingTimer);
  typingTimer = typing ? setTimeout(() => setTyping(false), TYPING_MS) : null;
  drawHeader();
}

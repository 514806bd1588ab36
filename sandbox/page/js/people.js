// The list of everybody who can be played, by role, with search and unread counts.

import { api } from "./api.js";
import { avatar, fullName } from "./avatar.js";
import { field, moveFocus, openDialog, values } from "./dialogs.js";
import { eachFrame, h, icon, iconButton } from "./dom.js";
import { latinDigits, listTime, number } from "./format.js";
import { summary } from "./message.js";
import { lastMessage, on, putUsers, state, unread } from "./store.js";
import { showError } from "./toasts.js";

const ROLES = [
  ["customer", "مشتری‌ها", "مشتری"],
  ["manager", "مدیر", "مدیر"],
  ["finance", "مالی", "مالی"],
  ["warehouse", "انبار", "انبار"],
  ["visitor", "ویزیتورها", "ویزیتور"],
  ["support", "پشتیبانی", "پشتیبان"],
  ["stranger", "ناشناس‌ها", "ناشناس"],
];
const NAMES = ["نیلوفر کاظمی", "سامان رستگار", "الهام یزدانی", "بابک سلیمی", "مهسا فرهادی", "آرش نیک‌پور"];

let wanted = "";
let onlyRole = null;
let list;
let chips;

export function roleOf(user) {
  const role = String(user.role ?? "").toLowerCase();
  return ROLES.some(([key]) => key === role) ? role : role ? "support" : "stranger";
}

export function roleWord(user) {
  return ROLES.find(([key]) => key === roleOf(user))[2];
}

export function customerName(user) {
  return typeof user.customer === "object" ? (user.customer?.name ?? "") : String(user.customer ?? "");
}

export function mountPeople(root) {
  const search = h("input", {
    type: "search",
    placeholder: "جستجوی نام، شماره یا مرکز",
    "aria-label": "جستجو در افراد",
    testid: "people-search",
    dir: "auto",
    oninput: (event) => {
      wanted = event.target.value;
      render();
    },
  });
  chips = h("div", { class: "chips", role: "group", "aria-label": "نقش" });
  list = h("nav", { class: "people-list", "aria-label": "فهرست افراد", testid: "people-list" });
  list.addEventListener("keydown", (event) => moveFocus(event, [...list.querySelectorAll("a")]));
  root.append(
    h(
      "header",
      { class: "bar" },
      h("div", { class: "search" }, icon("search"), search),
      iconButton("plus", "افزودن شخص تازه", askStranger, {
        class: "icon-button accent",
        testid: "add-stranger",
      }),
    ),
    chips,
    list,
  );
  const soon = eachFrame(render);
  for (const topic of ["people", "current", "reset", "clock"]) on(topic, soon);
  render();
}

function fold(text) {
  return latinDigits(String(text))
    .toLowerCase()
    .replace(/ي/g, "ی")
    .replace(/ك/g, "ک")
    .replace(/[\u200c\s]+/g, " ");
}

function matches(user) {
  const said = [fullName(user), user.username, user.phone, customerName(user), user.id]
    .map((one) => fold(one ?? ""))
    .join(" ");
  return fold(wanted)
    .trim()
    .split(" ")
    .every((word) => said.includes(word));
}

function render() {
  const focused = document.activeElement?.dataset?.userId;
  const users = [...state.users.values()].filter(matches);
  const groups = ROLES.map(([key, title]) => [
    key,
    title,
    users.filter((user) => roleOf(user) === key),
  ]).filter(([, , members]) => members.length);
  if (!groups.some(([key]) => key === onlyRole)) onlyRole = null;
  chips.replaceChildren(
    ...[[null, "همه", users], ...groups].map(([key, title, members]) =>
      h(
        "button",
        {
          type: "button",
          class: `chip ${key === onlyRole ? "on" : ""}`,
          "aria-pressed": String(key === onlyRole),
          testid: `role-${key ?? "all"}`,
          onclick: () => {
            onlyRole = key;
            render();
          },
        },
        title,
        h("small", {}, number(members.length)),
      ),
    ),
  );
  const shown = groups.filter(([key]) => onlyRole === null || key === onlyRole);
  list.replaceChildren(
    ...shown.map(([key, title, members]) =>
      h(
        "section",
        { testid: `group-${key}` },
        h("h2", {}, title),
        members.map(withActivity).sort(byActivity).map(item),
      ),
    ),
  );
  if (!shown.length)
    list.append(
      h("p", { class: "nothing" }, state.users.size ? "کسی پیدا نشد." : "هنوز کسی نیست. با + یک نفر بسازید."),
    );
  if (focused) list.querySelector(`[data-user-id="${CSS.escape(focused)}"]`)?.focus();
}

const withActivity = (user) => ({ user, last: lastMessage(user.id), waiting: unread(user.id) });

function byActivity(one, other) {
  return (
    (other.last?.date ?? 0) - (one.last?.date ?? 0) ||
    fullName(one.user).localeCompare(fullName(other.user), "fa")
  );
}

function item({ user, last, waiting }) {
  const name = fullName(user);
  const chosen = user.id === state.current;
  return h(
    "a",
    {
      href: `#user=${user.id}`,
      class: `person ${chosen ? "chosen" : ""}`,
      testid: `people-item-${user.id}`,
      data: { userId: user.id },
      "aria-current": chosen ? "true" : null,
    },
    avatar(user.id, name),
    h(
      "span",
      { class: "person-lines" },
      h(
        "span",
        { class: "line" },
        h("strong", { dir: "auto" }, name),
        last ? h("time", {}, listTime(last.date, state.now)) : null,
      ),
      h("span", { class: "line about" }, h("bdi", {}, about(user))),
      last
        ? h(
            "span",
            { class: "line" },
            h(
              "span",
              { class: "preview" },
              last.from_bot ? null : h("b", {}, "شما: "),
              h("bdi", { dir: "auto" }, summary(last)),
            ),
            waiting && !chosen
              ? h(
                  "span",
                  { class: "badge", testid: "unread", "aria-label": `${number(waiting)} نخوانده` },
                  number(waiting),
                )
              : null,
          )
        : null,
    ),
  );
}

export function about(user) {
  return [roleWord(user), customerName(user)].filter(Boolean).join(" · ");
}

async function askStranger() {
  const [first, last] = NAMES[state.users.size % NAMES.length].split(" ");
  const phone = `98912${String(5550000 + ((state.users.size * 7919) % 99999))}`;
  const form = h(
    "div",
    { class: "form" },
    h(
      "div",
      { class: "pair" },
      field("first_name", "نام", { value: first, dir: "auto", autofocus: true }),
      field("last_name", "نام خانوادگی", { value: last, dir: "auto" }),
    ),
    field("phone", "شماره موبایل", { value: phone, dir: "ltr", inputmode: "tel" }),
    h(
      "div",
      { class: "pair" },
      field("username", "نام کاربری (اختیاری)", { dir: "ltr" }),
      field("language_code", "زبان", {
        options: [
          ["fa", "فارسی"],
          ["en", "انگلیسی"],
        ],
      }),
    ),
  );
  const add = async () => {
    const given = Object.entries(values(form)).filter(([, value]) => value);
    try {
      const user = await api.addUser(Object.fromEntries(given));
      putUsers([user]);
      location.hash = `user=${user.id}`;
    } catch (error) {
      showError(error);
      return false;
    }
  };
  openDialog({
    title: "یک نفر تازه",
    body: form,
    testid: "stranger-dialog",
    actions: [{ label: "انصراف" }, { label: "ساختن", primary: true, run: add, testid: "stranger-create" }],
  });
}

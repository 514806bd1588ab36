// Windows for what is sent besides text: phone numbers, contacts, places, pictures and files.

import { api } from "./api.js";
import { avatar, fullName } from "./avatar.js";
import { check, field, openDialog, values } from "./dialogs.js";
import { h, icon } from "./dom.js";
import { fileSize, latinDigits } from "./format.js";
import { state } from "./store.js";
import { showError } from "./toasts.js";

const PLACES = [
  ["تهران، سعادت‌آباد", 35.7797, 51.38],
  ["تهران، بازار", 35.6755, 51.4215],
  ["کرج", 35.84, 50.9391],
  ["مشهد", 36.2605, 59.6168],
  ["اصفهان", 32.6546, 51.668],
  ["شیراز", 29.5918, 52.5837],
  ["تبریز", 38.08, 46.2919],
  ["قم", 34.6416, 50.8746],
  ["اهواز", 31.3183, 48.6706],
  ["رشت", 37.2808, 49.5832],
  ["کرمان", 30.2839, 57.0834],
  ["یزد", 31.8974, 54.3569],
];

const ltr = { dir: "ltr", inputmode: "decimal" };

async function sent(request) {
  try {
    await request;
    return true;
  } catch (error) {
    showError(error);
    return false;
  }
}

async function ask(title, form, send, testid) {
  let done = false;
  const run = async () => (done = await send(values(form)));
  await openDialog({
    title,
    body: form,
    testid: `${testid}-dialog`,
    actions: [
      { label: "انصراف", value: "no" },
      { label: "ارسال", value: "sent", primary: true, run, testid: `${testid}-send` },
    ],
  }).closed;
  return done;
}

export function askPhone(userId) {
  const form = h(
    "div",
    { class: "form" },
    h("p", {}, "این شخص هنوز شماره ندارد. شماره‌ای که فرستاده شود، شماره خود او به حساب می‌آید."),
    field("phone", "شماره موبایل", {
      ...ltr,
      inputmode: "tel",
      placeholder: "989121234567",
      autofocus: true,
    }),
  );
  return ask(
    "ارسال شماره من",
    form,
    ({ phone }) => sent(api.contact(userId, { phone_number: latinDigits(phone), own: true })),
    "phone",
  );
}

export function askLocation(userId) {
  const latitude = field("latitude", "عرض جغرافیایی", { ...ltr, value: String(PLACES[0][1]) });
  const longitude = field("longitude", "طول جغرافیایی", { ...ltr, value: String(PLACES[0][2]) });
  const chips = PLACES.map(([name, north, east]) =>
    h(
      "button",
      {
        type: "button",
        class: "chip",
        testid: "place",
        onclick: (event) => {
          latitude.querySelector("input").value = String(north);
          longitude.querySelector("input").value = String(east);
          for (const chip of event.currentTarget.parentElement.children)
            chip.classList.toggle("on", chip === event.currentTarget);
        },
      },
      name,
    ),
  );
  chips[0].classList.add("on");
  const form = h(
    "div",
    { class: "form" },
    h("div", { class: "chips wrap" }, chips),
    h("div", { class: "pair" }, latitude, longitude),
    h(
      "div",
      { class: "pair" },
      field("accuracy", "دقت (متر)", { ...ltr, placeholder: "—" }),
      field("live", "زنده (ثانیه)", { ...ltr, placeholder: "—" }),
    ),
    check("forwarded", "فوروارد از پیام دیگری است"),
  );
  return ask("ارسال موقعیت", form, (given) => sendLocation(userId, given), "location");
}

function sendLocation(userId, given) {
  const point = { latitude: decimal(given.latitude), longitude: decimal(given.longitude) };
  if (!Number.isFinite(point.latitude) || !Number.isFinite(point.longitude)) {
    return sent(Promise.reject(new Error("طول و عرض باید عدد باشند.")));
  }
  if (given.accuracy) point.horizontal_accuracy = decimal(given.accuracy);
  if (given.live) point.live_period = decimal(given.live);
  if (given.forwarded) point.forwarded = true;
  return sent(api.location(userId, point));
}

const decimal = (text) => Number.parseFloat(latinDigits(text).replace("٫", "."));

// A card of somebody else: its user id is not the sender's, and the bot has to notice that.
export function askContact(userId) {
  const others = [...state.users.values()].filter((user) => user.id !== userId && user.phone);
  const name = field("name", "نام", { value: "" });
  const phone = field("phone", "شماره", { ...ltr, inputmode: "tel" });
  const list = h(
    "div",
    { class: "pick-list" },
    others.map((user) =>
      h(
        "button",
        {
          type: "button",
          class: "pick",
          onclick: () => {
            name.querySelector("input").value = fullName(user);
            phone.querySelector("input").value = user.phone;
          },
        },
        avatar(user.id, fullName(user)),
        h("span", { dir: "auto" }, fullName(user)),
        h("small", { dir: "ltr" }, user.phone),
      ),
    ),
  );
  const own = check("own", "شماره خودم است (مثل دکمه «ارسال شماره»)");
  const form = h(
    "div",
    { class: "form" },
    h("div", { class: "pair" }, name, phone),
    own,
    others.length ? list : null,
  );
  return ask(
    "ارسال کارت مخاطب",
    form,
    (given) =>
      sent(
        api.contact(userId, {
          phone_number: latinDigits(given.phone),
          own: given.own,
          ...(given.name ? { first_name: given.name } : {}),
        }),
      ),
    "contact",
  );
}

const ACCEPT = { photo: "image/*", document: "", voice: "audio/*" };

export function pickFile(userId, kind) {
  const input = h("input", { type: "file", accept: ACCEPT[kind], multiple: kind !== "voice" });
  input.addEventListener("change", () => askCaption(userId, kind, [...input.files]));
  input.click();
}

export async function askCaption(userId, kind, files) {
  if (!files.length) return;
  const pictures = kind === "photo" && files.every((file) => file.type.startsWith("image/"));
  const urls = pictures ? files.map((file) => URL.createObjectURL(file)) : [];
  const shown = pictures
    ? h(
        "div",
        { class: "previews" },
        urls.map((url) => h("img", { src: url, alt: "پیش‌نمایش عکس" })),
      )
    : h(
        "ul",
        { class: "files" },
        files.map((file) =>
          h("li", {}, icon("file"), h("bdi", {}, file.name), h("small", {}, fileSize(file.size))),
        ),
      );
  const form = h(
    "div",
    { class: "form" },
    shown,
    field("caption", "توضیح", { dir: "auto", autofocus: true }),
    pictures ? check("as_file", "به‌صورت فایل (بدون فشرده‌سازی)") : null,
  );
  await ask(
    pictures ? "ارسال عکس" : "ارسال فایل",
    form,
    ({ caption, as_file: asFile }) =>
      sendFiles(
        userId,
        asFile || !pictures ? (kind === "voice" ? "voice" : "document") : "photo",
        files,
        caption,
      ),
    "file",
  );
  urls.forEach((url) => URL.revokeObjectURL(url));
}

async function sendFiles(userId, kind, files, caption) {
  for (const [at, file] of files.entries()) {
    if (!(await sent(api.upload(kind, userId, file, at === 0 ? caption : "")))) return false;
  }
  return true;
}

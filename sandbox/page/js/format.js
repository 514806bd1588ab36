// Persian digits, Jalali dates and Tehran time, whatever the clock and language of the machine.

const ZONE = { timeZone: "Asia/Tehran" };
const TIME = new Intl.DateTimeFormat("fa-IR", {
  ...ZONE,
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const SECONDS = new Intl.DateTimeFormat("fa-IR", {
  ...ZONE,
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});
const DAY = new Intl.DateTimeFormat("fa-IR-u-ca-persian", {
  ...ZONE,
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
});
const SHORT = new Intl.DateTimeFormat("fa-IR-u-ca-persian", { ...ZONE, day: "numeric", month: "numeric" });
const KEY = new Intl.DateTimeFormat("en-CA", { ...ZONE, year: "numeric", month: "2-digit", day: "2-digit" });
const NUMBER = new Intl.NumberFormat("fa-IR");
const DECIMAL = new Intl.NumberFormat("fa-IR", { maximumFractionDigits: 1 });

export const number = (value) => NUMBER.format(value);

// Accepts what the server may send: seconds since 1970, or an ISO text.
export function asDate(value) {
  if (typeof value === "number") return new Date(value * 1000);
  return new Date(value);
}

export const time = (value) => TIME.format(asDate(value));
export const timeWithSeconds = (value) => SECONDS.format(asDate(value));
export const dayKey = (value) => KEY.format(asDate(value));

export function day(value) {
  const parts = Object.fromEntries(DAY.formatToParts(asDate(value)).map((part) => [part.type, part.value]));
  return { ...parts, short: `${parts.weekday} ${parts.day} ${parts.month}` };
}

export function longDay(value) {
  const { short, year } = day(value);
  return `${short} ${year}`;
}

export function dayTitle(value, now) {
  const key = dayKey(value);
  if (key === dayKey(now)) return "امروز";
  if (key === dayKey(asDate(now).getTime() / 1000 - 86400)) return "دیروز";
  const then = day(value);
  return then.year === day(now).year ? then.short : `${then.short} ${then.year}`;
}

export function listTime(value, now) {
  return dayKey(value) === dayKey(now) ? time(value) : SHORT.format(asDate(value));
}

export function fileSize(bytes) {
  if (!bytes) return "";
  if (bytes < 1024) return `${number(bytes)} بایت`;
  if (bytes < 1024 * 1024) return `${DECIMAL.format(bytes / 1024)} کیلوبایت`;
  return `${DECIMAL.format(bytes / 1024 / 1024)} مگابایت`;
}

const LATIN = /[۰-۹٠-٩]/g;

export function latinDigits(text) {
  return text.replace(LATIN, (digit) => String(digit.codePointAt(0) & 0xf));
}

// What `input type=datetime-local` wants, in Tehran's wall clock (UTC+03:30 without summer time).
const OFFSET_MS = 3.5 * 3600 * 1000;
export const toWallClock = (value) =>
  new Date(asDate(value).getTime() + OFFSET_MS).toISOString().slice(0, 19);
export const fromWallClock = (text) => new Date(new Date(`${text}Z`).getTime() - OFFSET_MS);

const HIDDEN = /[\u0000-\u001f\u007f-\u009f]+/g;

// One line without control characters, for previews and titles.
export const oneLine = (text) => text.replace(HIDDEN, " ").trim();

// A round picture of initials whose colour belongs to the person for good.

import { h } from "./dom.js";

const HUES = 8;

function colour(key) {
  let sum = 7;
  for (const letter of String(key)) sum = (sum * 31 + letter.codePointAt(0)) >>> 0;
  return sum % HUES;
}

// Titles say little about who it is, and marks that only steer the direction of text say nothing.
const TITLES = /^(دکتر|آقای|خانم|مهندس|داروخانه|سالن|فروشگاه)\s+/;
const LETTER = /[\p{L}\p{N}]/u;

export function initials(name) {
  const words = name
    .replace(TITLES, "")
    .split(/[\s\u200c]+/)
    .map((word) => [...word].find((one) => LETTER.test(one)));
  const letters = words.filter(Boolean).slice(0, 2);
  // Persian letters would join into one shape; a narrow gap keeps them apart.
  return letters.join("\u200c") || "؟";
}

export function avatar(key, name) {
  return h("span", { class: `avatar hue-${colour(key)}`, "aria-hidden": "true" }, initials(name));
}

export function fullName(user) {
  return [user.first_name, user.last_name].filter(Boolean).join(" ") || `شماره ${user.id}`;
}

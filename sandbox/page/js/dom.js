// Everything on the page is built from nodes by `h`: text becomes text nodes and nothing is ever parsed
// as HTML, so names and messages cannot smuggle markup in.

export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(node, name, value);
  node.append(...children.flat(Infinity).filter(isShown).flatMap(visible));
  if (props.dir === "auto" && node.textContent) node.dir = directionOf(node.textContent);
  return node;
}

function setProp(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "class") node.className = value;
  else if (name === "testid") node.dataset.testid = value;
  else if (name === "data") Object.assign(node.dataset, value);
  else if (name === "style") for (const [key, one] of Object.entries(value)) node.style.setProperty(key, one);
  else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "value" || name === "checked") node[name] = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

function isShown(child) {
  return child !== null && child !== undefined && child !== false;
}

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

// The first letter decides, as in messengers. A browser's own "auto" would also count signs such as 🆕, which
// Unicode holds for Latin, and turn a Persian message around.
function directionOf(text) {
  const letter = text.match(/\p{L}/u)?.[0];
  return letter ? (RIGHT_TO_LEFT.test(letter) ? "rtl" : "ltr") : "auto";
}

// The marks that turn the direction of everything behind them around are shown as a sign instead of obeyed:
// a name must not rearrange what stands beside it, or itself.
const OVERRIDES = /([\u202d\u202e])/;

function visible(child) {
  if (typeof child !== "string" || !OVERRIDES.test(child)) return [child];
  return child
    .split(OVERRIDES)
    .map((part) =>
      OVERRIDES.test(part)
        ? h("span", { class: "override", title: `U+${part.codePointAt(0).toString(16).toUpperCase()}` }, "⇄")
        : part,
    );
}

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  back: "M5 12h14M13 6l6 6-6 6",
  ban: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5.7 5.7l12.6 12.6",
  check: "M5 12.5l4.5 4.5L19 7.5",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.5V12l3 2",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h10v11H9zM15 9V4H5v11h4",
  down: "M6 9.5l6 6 6-6",
  download: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  edit: "M4 20l1-4.5L16 4.5l3.5 3.5-11 11zM13.5 7l3.5 3.5",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  forward: "M13 6l6 6-6 6M19 12H9a5 5 0 0 0-5 5v2",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-2.5 4 3.5M15.5 9.5h.01",
  keyboard: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M18 10h.01M8 14h8",
  link: "M9 15l6-6M10.5 6.5l2-2a4.2 4.2 0 0 1 6 6l-2 2M13.5 17.5l-2 2a4.2 4.2 0 0 1-6-6l2-2",
  mic: "M12 3a3 3 0 0 0-3 3v6a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM5 11.5a7 7 0 0 0 14 0M12 18.5V22",
  more: "M12 5.5h.01M12 12h.01M12 18.5h.01",
  paperclip:
    "M20 11.5l-8.3 8.3a5.3 5.3 0 0 1-7.5-7.5L12.7 3.8a3.5 3.5 0 0 1 5 5l-8.3 8.3a1.8 1.8 0 0 1-2.5-2.5l7.7-7.7",
  people:
    "M9 11.5a3.7 3.7 0 1 0 0-7.5 3.7 3.7 0 0 0 0 7.5zM2.5 20c0-3.5 2.8-5.8 6.5-5.8s6.5 2.3 6.5 5.8M16 4.3a3.6 3.6 0 0 1 0 7M18 14.7c2.2.8 3.5 2.7 3.5 5.3",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c0-3.8 3.3-6.3 7.5-6.3s7.5 2.5 7.5 6.3",
  pin: "M12 21.5s7-6.3 7-11.5a7 7 0 0 0-14 0c0 5.2 7 11.5 7 11.5zM12 12.5a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2z",
  plus: "M12 5v14M5 12h14",
  reply: "M10 6L4 12l6 6M4 12h9a7 7 0 0 1 7 7",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L20.5 20.5",
  send: "M20.5 3.5L3 10.5l7 3 3 7zM10 13.5l4-4",
  tools:
    "M4 7h9M19 7h1M4 17h1M11 17h9M16 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM8 14.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5.5M13.5 11v5.5",
  twice: "M5 12.5l3.5 3.5L15 9M11 15.5l1 1 7-7.5",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, onclick, props = {}) {
  return h(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...props },
    icon(name),
  );
}

export function copyText(text) {
  return navigator.clipboard?.writeText(text) ?? Promise.reject(new Error("no clipboard"));
}

const LONG_PRESS_MS = 500;

// A right click, the menu key, or a finger that stays: `run` gets the point of the screen.
export function onLongPress(node, run) {
  let timer = null;
  const stop = () => clearTimeout(timer);
  node.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    stop();
    run({ x: event.clientX, y: event.clientY });
  });
  node.addEventListener(
    "touchstart",
    ({ touches: [touch] }) => {
      stop();
      timer = setTimeout(() => run({ x: touch.clientX, y: touch.clientY }), LONG_PRESS_MS);
    },
    { passive: true },
  );
  for (const name of ["touchend", "touchmove", "touchcancel"])
    node.addEventListener(name, stop, { passive: true });
}

// Runs `work` once in the next frame however often it is asked for.
export function eachFrame(work) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      work();
    });
  };
}

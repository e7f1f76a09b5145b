// What every page shares. Pages are whole without it; it makes them quicker and says aloud what changed.

const say = (words) => {
  const announcer = document.getElementById("announcer");
  if (!announcer || !words) return;
  announcer.textContent = "";
  requestAnimationFrame(() => {
    announcer.textContent = words;
  });
};

// A change in place is announced by what replaced the old part.
document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt.closest("[data-say]") ?? event.detail.elt.querySelector("[data-say]");
  say(part?.dataset.say);
  if (event.detail.target?.id === "results") say(document.querySelector("#results h2")?.textContent.trim());
  begin(event.detail.elt);
});

// What was pressed is replaced by its successor, and the focus goes with it; after "more", to the first new one.
const successor = (element) => {
  const { id } = element;
  const href = element.getAttribute("href");
  const already = document.querySelectorAll(".ideas > li").length;
  if (id) return () => document.getElementById(id);
  if (element.closest("#pager")) return () => document.querySelectorAll(".ideas > li")[already]?.querySelector("h3 a");
  return () => [...document.querySelectorAll("a[href]")].find((link) => link.getAttribute("href") === href);
};
let next = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  const active = document.activeElement;
  next = active && event.detail.target?.contains(active) ? successor(active) : null;
});
document.addEventListener("htmx:afterSwap", () => {
  const found = next?.();
  found?.focus();
  if (found?.matches(":focus-visible")) found.scrollIntoView({ block: "nearest" });
  next = null;
});

const unreachable = () => {
  const messages = document.getElementById("messages");
  const words = document.getElementById("unreachable");
  if (messages && words) messages.replaceChildren(words.content.cloneNode(true));
};
document.addEventListener("htmx:sendError", unreachable);
document.addEventListener("htmx:timeout", unreachable);

// A text's length is told near its end, never before.
const NEAR_THE_END = 0.8;
const count = (field) => {
  const counter = document.querySelector(`[data-counts="${field.id}"]`);
  if (!counter) return;
  const left = Number(field.dataset.max) - [...field.value.trim()].length;
  counter.hidden = left > field.dataset.max * (1 - NEAR_THE_END);
  counter.textContent = `${Math.abs(left)} ${left < 0 ? counter.dataset.over : counter.dataset.left}`;
  counter.classList.toggle("is-over", left < 0);
};
document.addEventListener("input", (event) => {
  if (event.target.dataset?.max) count(event.target);
});

// One press is one act, also on a slow line.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

document.addEventListener("click", (event) => {
  const share = event.target.closest("[data-share]");
  if (share && navigator.share) {
    event.preventDefault();
    navigator.share({ title: share.dataset.share, url: share.href }).catch(() => {});
  }
  const print = event.target.closest("[data-print]");
  if (print) window.print();
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

const begin = (root) => {
  for (const field of root.querySelectorAll("[data-max]")) count(field);
  for (const button of root.querySelectorAll("[data-print]")) button.hidden = false;
};
begin(document);
document.getElementById("error-summary")?.focus();

// el makes an element. Text goes in as text, whatever it is.
function el(tag, attributes, ...children) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined && value !== false) e.setAttribute(name, value);
  }
  e.append(...children.filter((c) => c !== null && c !== undefined && c !== ""));
  return e;
}

function svg(tag, attributes, ...children) {
  const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes || {})) e.setAttribute(name, value);
  e.append(...children);
  return e;
}

// link makes a link that acts inside of the page; to is where it would lead.
function link(attributes, text, act) {
  const a = el("a", {href: "#", ...attributes}, text);
  a.addEventListener("click", (e) => {
    e.preventDefault();
    e.stopPropagation();
    act();
  });
  return a;
}

function bytes(n) {
  return n === 1 ? "1 byte" : n + " bytes";
}

function steps(n) {
  return n === 1 ? "1 step" : n + " steps";
}

// short is a number in at most four characters.
function short(n) {
  for (const unit of ["", "k", "M", "G", "T"]) {
    if (n < 1000) return (unit && n < 10 ? n.toFixed(1) : String(Math.floor(n))) + unit;
    n /= 1000;
  }
  return "lots";
}

function span(range) {
  return range[0] + " to " + range[1];
}

function total(ranges) {
  return (ranges || []).reduce((sum, r) => sum + r[1] - r[0], 0);
}

function inside(ranges, at) {
  return ranges.some((r) => r[0] <= at && at < r[1]);
}

// lastUpTo is the number of the last entry of a sorted list that is at most x,
// or -1. value tells what an entry is.
function lastUpTo(list, x, value = (v) => v) {
  let low = -1, high = list.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (value(list[middle]) <= x) low = middle;
    else high = middle;
  }
  return low;
}

// soon calls act before the next frame is drawn, once however often it is
// asked to.
function soon(act) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; act(); });
  };
}

// tone says how a status is to look: as done, as not now, or as refused.
function tone(step) {
  if (step.kind === "start") return "later";
  switch (step.status) {
    case "OK": return "ok";
    case "SHOULD_WAIT":
    case "TIMED_OUT": return "later";
    case "unsupported": return "none";
  }
  return "bad";
}

const toneMarks = {ok: "\u2713", later: "\u2026", bad: "\u2715", none: "\u2013"};

function answerOf(step) {
  return step.kind === "start" ? "blocked" : step.got;
}

function callOf(step) {
  return (step.actor ? step.actor + ": " : "") + (step.kind === "finish" ? step.call + " returns" : step.call);
}

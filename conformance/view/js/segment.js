// Cells are for bytes that can be told apart; more than this many in a row are
// bars. Of many segments only those around where something happens are drawn.
const mostCells = 48;
const mostSegments = 12;
const mostBars = 6;

// A cell is at least this wide, and a digit of a tick at most. Ticks stand at
// the left edge of their cells, the last one of a segment at its right end.
const leastCell = 24;
const tickDigit = 7;

// messageAt is the number of the message that holds a position.
function messageAt(direction, at) {
  return Math.max(0, lastUpTo(direction.transcript, at, (m) => m.at));
}

// charAt is the character for the byte at a position, or "" where it is not
// told.
function charAt(direction, at) {
  const m = direction.transcript[messageAt(direction, at)];
  return m.chars ? m.chars[at - m.at] || "" : "";
}

// beginning has the first few characters of a range, if they are told.
function beginning(direction, range) {
  let text = "";
  for (let at = range[0]; at < Math.min(range[1], range[0] + 10); at++) text += charAt(direction, at);
  if (text === "") return "";
  return (range[1] - range[0] > text.length ? text.slice(0, 9) + "\u2026" : text) + " ";
}

// ticks are the positions of a segment of cells that are written above it, far
// enough from each other to be read.
function ticks(range, all, end) {
  const need = Math.ceil((String(range[1]).length * tickDigit + 5) / leastCell);
  const last = end && range[1] - range[0] >= 2 * need ? range[1] : null;
  const list = new Set([range[0]]);
  for (let at = range[0] + need, before = range[0]; at <= range[1] - (last === null ? need : 2 * need); at++) {
    if ((all || at % 5 === 0) && at - before >= need) {
      list.add(at);
      before = at;
    }
  }
  return {list, last};
}

// segment draws the bytes of a range, with a label under them. Its options:
// cells for a cell each; all for a tick at each; end for one at the end; caret
// and caretEnd for where the writer stands; and how it is marked.
function segment(direction, range, kind, o) {
  const classes = ["mx-seg", "mx-" + kind];
  if (o.next) classes.push("mx-next");
  if (o.moved) classes.push("mx-moved");
  if (o.ends) classes.push("mx-ends");
  const box = el("div", {class: "mx-cells", "aria-hidden": "true"});
  const tick = (at, more) => el("i", {class: "mx-tick" + (more || "")}, String(at));
  if (o.cells) {
    const t = ticks(range, o.all, o.end);
    for (let at = range[0]; at < range[1]; at++) {
      const cell = el("span", {class: "mx-cell"});
      if (t.list.has(at)) cell.append(tick(at));
      if (o.caret === at) cell.append(el("i", {class: "mx-caret"}));
      cell.append(charAt(direction, at));
      box.append(cell);
    }
    if (t.last !== null) box.lastChild.append(tick(t.last, " mx-tick-end"));
  } else {
    const bar = el("span", {class: "mx-cell mx-bar"}, tick(range[0]), beginning(direction, range), el("small", {}, bytes(range[1] - range[0])));
    if (o.end) bar.append(tick(range[1], " mx-tick-end"));
    if (o.caret === range[0]) bar.append(el("i", {class: "mx-caret"}));
    bar.style.minWidth = Math.max(96, 2 * String(range[1]).length * tickDigit + 24) + "px";
    box.append(bar);
    box.classList.add("mx-barred");
  }
  if (o.caretEnd) box.lastChild.append(el("i", {class: "mx-caret mx-caret-end"}));
  const e = el("div", {class: classes.join(" "), "data-from": range[0], "data-to": range[1]}, box, el("div", {class: "mx-label"}, ...o.label));
  if (!o.cells) e.style.flexGrow = String(Math.max(1, Math.log2(range[1] - range[0])));
  return e;
}

// cutUp splits a range where its bytes are of different kinds.
function cutUp(from, to, edges, kindOf) {
  const cuts = [from, to, ...edges.filter((at) => from < at && at < to)].sort((x, y) => x - y);
  const parts = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    if (cuts[i] === cuts[i + 1]) continue;
    const kind = kindOf(cuts[i]), last = parts[parts.length - 1];
    if (last && last.kind === kind) last.range[1] = cuts[i + 1];
    else parts.push({kind, range: [cuts[i], cuts[i + 1]]});
  }
  return parts;
}

// pieces are ranges, of datagrams each one for itself: the last n of them.
function pieces(direction, ranges, n) {
  if (!direction.datagram) return ranges.slice(-n);
  const out = [];
  for (let i = ranges.length - 1; i >= 0 && out.length < n; i--) {
    const r = ranges[i];
    for (let m = messageAt(direction, r[1] - 1); m >= 0 && out.length < n; m--) {
      const message = direction.transcript[m];
      if (message.at + message.length <= r[0]) break;
      out.unshift([Math.max(r[0], message.at), Math.min(r[1], message.at + message.length)]);
    }
  }
  return out;
}

// row is a row of the picture with its title. before and after are how many
// bytes are not drawn.
function row(name, title, note, segments, empty, before, after) {
  const bar = el("div", {class: "mx-tape"}, ...segments);
  if (before > 0) bar.prepend(el("span", {class: "mx-more"}, "\u2026 " + bytes(before) + " before"));
  if (after > 0) bar.append(el("span", {class: "mx-more"}, "\u2026 " + bytes(after) + " after"));
  if (segments.length === 0) bar.append(el("span", {class: "mx-empty"}, empty));
  return el("div", {class: "mx-row mx-row-" + name},
    el("div", {class: "mx-row-title"}, el("b", {}, title), " ", el("span", {}, note)), bar);
}

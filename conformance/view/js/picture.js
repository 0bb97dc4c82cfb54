// Cells are for bytes that can be told apart; more than this many in a row are
// a bar. Of more segments than this only those where something happens are drawn.
const mostCells = 48;
const mostSegments = 24;

// glyphAt is the character for the byte at a position of a way, or none.
function glyphAt(way, at) {
  let low = 0, high = way.tape.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (way.tape[middle].at <= at) low = middle;
    else high = middle;
  }
  const m = way.tape[low];
  return m.glyphs ? m.glyphs[at - m.at] : "";
}

// segment draws the bytes of a range, with a label under them.
function segment(way, range, kind, o) {
  const classes = ["mx-seg", "mx-" + kind];
  if (o.next) classes.push("mx-next");
  if (o.moved) classes.push("mx-moved");
  if (o.ends) classes.push("mx-ends");
  const length = range[1] - range[0];
  const box = el("div", {class: "mx-cells", "aria-hidden": "true"});
  if (o.cells) {
    for (let at = range[0]; at < range[1]; at++) {
      const cell = el("span", {class: "mx-cell"});
      if (at === range[0] || o.all || at % 5 === 0) cell.append(el("i", {class: "mx-tick"}, String(at)));
      if (o.caret === at) cell.append(el("i", {class: "mx-caret"}));
      cell.append(glyphAt(way, at));
      if (at === range[1] - 1) {
        if (o.last) cell.append(el("i", {class: "mx-tick mx-tick-end"}, String(range[1])));
        if (o.caretEnd) cell.append(el("i", {class: "mx-caret mx-caret-end"}));
      }
      box.append(cell);
    }
  } else {
    const bar = el("span", {class: "mx-cell mx-bar"}, bytes(length));
    bar.prepend(el("i", {class: "mx-tick"}, String(range[0])));
    if (o.last) bar.append(el("i", {class: "mx-tick mx-tick-end"}, String(range[1])));
    if (o.caret === range[0]) bar.append(el("i", {class: "mx-caret"}));
    if (o.caretEnd) bar.append(el("i", {class: "mx-caret mx-caret-end"}));
    box.append(bar);
  }
  const e = el("div", {class: classes.join(" "), "data-from": range[0], "data-to": range[1]}, box, el("div", {class: "mx-label"}, ...o.label));
  if (!o.cells) e.style.flexGrow = String(Math.max(1, Math.log2(length)));
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

// tapeRow is what the writer means to send, and how far it has come.
function tapeRow(run, k, way, state) {
  const w = run.ways[way];
  const next = nextWrite(run, k, way);
  const lost = rangesOf(state.lost);
  const pending = state.pending ? [state.pending.range] : [];
  const edges = [...lost, ...pending, ...(next ? [next] : [])].flat();
  edges.push(state.offered);
  const end = total((w.tape || []).map((m) => [m.at, m.at + m.length]));
  const segments = [];
  for (const m of w.tape || []) {
    const parts = cutUp(m.at, m.at + m.length, edges, (at) => {
      const outlined = next && next[0] <= at && at < next[1] ? " next" : "";
      if (at >= state.offered) return "future" + outlined;
      if (inside(lost, at)) return "lost";
      if (inside(pending, at)) return "pending" + outlined;
      return m.unaccounted ? "unaccounted" : "accepted";
    });
    parts.forEach((p, i) => {
      const [kind, outlined] = p.kind.split(" ");
      segments.push(segment(w, p.range, kind, {
        next: outlined, cells: end <= mostCells, all: end <= 16, caret: k > 0 ? state.offset : null,
        caretEnd: p.range[1] === end && state.offset === end,
        last: i === parts.length - 1, ends: i === parts.length - 1,
        label: tapeLabel(kind, outlined, p.range, state),
      }));
    });
  }
  return segments;
}

function tapeLabel(kind, outlined, range, state) {
  const where = el("b", {}, span(range));
  if (kind === "lost") {
    const s = state.lost.find((s) => s.range[0] <= range[0] && range[1] <= s.range[1]);
    return [el("strong", {class: "mx-lost-label"}, "LOST ", span(range)), " ", el("code", {}, s.text)];
  }
  if (outlined) return ["next write ", where];
  switch (kind) {
    case "accepted": return ["accepted ", where];
    case "pending": return ["not accepted ", where];
    case "unaccounted": return ["no write reported ", where];
  }
  return ["not yet offered"];
}

// bufferRow is what waits in the socket, and how much room there is.
function bufferRow(run, way, state, step) {
  const w = run.ways[way];
  const waiting = state.waiting || [];
  const n = total(waiting);
  const moved = step && step.write && step.write.way === way ? step.write : null;
  const segments = pieces(w, waiting).map((r, i, all) => segment(w, r, "waiting", {
    cells: n <= mostCells, all: n <= 16, last: i === all.length - 1 || all[i + 1][0] !== r[1], ends: w.datagram,
    moved: moved && moved.taken > 0 && moved.range[0] < r[1] && r[1] <= moved.range[0] + moved.taken,
    label: ["waiting ", el("b", {}, span(r))],
  }));
  const free = w.capacity ? Math.max(0, w.capacity - n) : 0;
  if (w.capacity && free > 0) {
    const box = el("div", {class: "mx-cells", "aria-hidden": "true"});
    if (w.capacity <= mostCells) {
      for (let i = 0; i < free; i++) box.append(el("span", {class: "mx-cell"}));
    } else {
      box.append(el("span", {class: "mx-cell mx-bar"}, "room"));
    }
    const e = el("div", {class: "mx-seg mx-free"}, box, el("div", {class: "mx-label"}, bytes(free) + " free"));
    if (w.capacity > mostCells) e.style.flexGrow = "6";
    segments.push(e);
  }
  return segments;
}

// pieces are ranges, of datagrams each one for itself.
function pieces(way, ranges) {
  if (!way.datagram) return ranges;
  const out = [];
  for (const r of ranges) {
    for (const m of way.tape) {
      const from = Math.max(r[0], m.at), to = Math.min(r[1], m.at + m.length);
      if (from < to) out.push([from, to]);
    }
  }
  return out;
}

// arrivedRow is what the reader got, and what was thrown away on the way.
function arrivedRow(run, way, state, step) {
  const w = run.ways[way];
  const dropped = rangesOf(state.dropped);
  const all = [
    ...pieces(w, state.arrived || []).map((r) => ({r, kind: "arrived"})),
    ...pieces(w, dropped).map((r) => ({r, kind: "dropped"})),
  ];
  if (w.datagram) all.sort((x, y) => x.r[0] - y.r[0]); // a cut one beside its rest
  const n = total(all.map((p) => p.r));
  const moved = (step && step.read && step.read.way === way && step.read.ranges) || [];
  return all.map(({r, kind}, i) => {
    const gap = i > 0 && !w.datagram && all[i - 1].r[1] !== r[0];
    const e = segment(w, r, kind, {
      cells: n <= mostCells, all: n <= 16, last: i === all.length - 1 || all[i + 1].r[0] !== r[1],
      ends: w.datagram && w.tape.some((m) => m.at + m.length === r[1]),
      moved: kind === "arrived" && inside(moved, r[1] - 1),
      label: kind === "arrived" ? ["arrived ", el("b", {}, span(r))] : ["thrown away ", el("b", {}, span(r))],
    });
    if (gap) e.classList.add("mx-gap");
    return e;
  });
}

// row is a row of the picture with its title. Of many segments it shows those
// around the number focus.
function row(name, title, note, segments, focus, empty) {
  let from = 0, to = segments.length;
  if (to > mostSegments) {
    from = Math.min(Math.max(0, focus - mostSegments / 2), to - mostSegments);
    to = from + mostSegments;
  }
  const bar = el("div", {class: "mx-tape"}, ...segments.slice(from, to));
  if (from > 0) bar.prepend(el("span", {class: "mx-more"}, "\u2026 " + from + " more before"));
  if (to < segments.length) bar.append(el("span", {class: "mx-more"}, "\u2026 " + (segments.length - to) + " more after"));
  if (segments.length === 0) bar.append(el("span", {class: "mx-empty"}, empty));
  return el("div", {class: "mx-row mx-row-" + name},
    el("div", {class: "mx-row-title"}, el("b", {}, title), " ", el("span", {}, note)), bar);
}

// move says what a step carried from one row to the next.
function move(kind, active, text) {
  return el("div", {class: "mx-move" + (active ? " mx-active mx-move-" + active : ""), "data-move": kind}, text);
}

function writeMove(step, way) {
  const t = step && step.write && step.write.way === way ? step.write : null;
  if (!t) return move("write", "", "");
  if (t.refused) return move("write", "bad", "write " + (t.text || bytes(t.asked)) + ": " + step.status + ", nothing taken");
  if (step.status !== "OK") return move("write", "later", "write of " + bytes(t.asked) + ": " + step.status + ", none accepted");
  return move("write", t.taken < t.asked ? "short" : "ok", "write of " + bytes(t.asked) + ": " + t.taken + " accepted");
}

function readMove(step, way) {
  const t = step && step.read && step.read.way === way ? step.read : null;
  if (!t) return move("read", "", "");
  if (step.status !== "OK") return move("read", "later", "read: " + step.status);
  return move("read", "ok", (t.peeked ? "peek at " : "read: ") + bytes(t.count) + (t.text ? " " + t.text : ""));
}

// receivedNote says how much of what was sent has come.
function receivedNote(state) {
  if (!state.offered) return "0 bytes";
  const lost = total(rangesOf(state.lost)), dropped = total(rangesOf(state.dropped));
  return total(state.arrived) + " of " + bytes(state.offered) + (lost ? ", " + lost + " lost" : "") + (dropped ? ", " + dropped + " thrown away" : "");
}

// picture draws one direction after the first k steps.
function picture(run, frames, k, way) {
  const w = run.ways[way], frame = frames[k], state = frame.ways[way], step = frame.step;
  const from = run.objects[w.from].name, to = run.objects[w.to].name;
  const n = total(state.waiting);
  const room = w.capacity ? n + " of " + w.capacity + " bytes" : bytes(n) + ", room unknown";
  const end = (w.tape || []).length ? w.tape[w.tape.length - 1].at + w.tape[w.tape.length - 1].length : 0;
  const tape = tapeRow(run, k, way, state), arrived = arrivedRow(run, way, state, step);
  const e = el("figure", {class: "mx-way", "data-way": way, "aria-label": "bytes from " + from + " to " + to},
    el("figcaption", {class: "mx-way-title"}, from, el("span", {class: "mx-arrow", "aria-label": "to"}, " \u2192 "), to,
      el("span", {class: "mx-mode"}, w.datagram ? "datagrams" : "stream"),
      state.ended ? el("span", {class: "mx-ended"}, "ended: " + state.ended) : null),
    row("tape", from + " sends", end ? bytes(end) + (state.accepted ? ", " + state.accepted + " accepted" : "") : "",
      tape, tape.findIndex((s) => Number(s.dataset.to) >= state.offset), "nothing"),
    writeMove(step, way),
    row("buffer", "buffer", room, bufferRow(run, way, state, step), 0, "empty"),
    readMove(step, way),
    row("arrived", to + " received", receivedNote(state), arrived, arrived.length, "nothing yet"));
  // So that the longest row fits, if it can.
  const longest = Math.max(8, ...[end, w.capacity || 0].filter((n) => n <= mostCells));
  e.style.setProperty("--mx-many", String(longest));
  return e;
}

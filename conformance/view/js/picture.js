// around are the messages to draw of a direction whose writer stands at a
// position: as many as can have a cell for each byte, or else a few as bars.
function around(d, offset) {
  const list = d.transcript, most = (n) => Math.min(n, list.length);
  if (list.length === 0) return {from: 0, to: 0, cells: true};
  let from = messageAt(d, offset), to = from + 1, cells = list[from].length;
  while (to - from < most(mostSegments)) {
    const earlier = from > 0 ? list[from - 1].length : Infinity, later = to < list.length ? list[to].length : Infinity;
    if (cells + Math.min(earlier, later) > mostCells) break;
    if (earlier <= later) { from--; cells += earlier; } else { to++; cells += later; }
  }
  if (cells <= mostCells && to - from >= most(3)) return {from, to, cells: true};
  from = Math.max(0, messageAt(d, offset) - mostBars / 2);
  return {from, to: Math.min(list.length, from + mostBars), cells: false};
}

// sentRow is what the writer means to send, and how far it has come.
function sentRow(history, k, number, state) {
  const d = history.run.directions[number], list = d.transcript || [];
  const title = history.run.objects[d.from].name + " sends";
  if (list.length === 0) return row("sent", title, "", [], "nothing", 0, 0);
  const next = history.nextWrite(number, k);
  const shown = around(d, state.offset);
  const first = list[shown.from].at, last = list[shown.to - 1], lastEnd = last.at + last.length;
  const end = list[list.length - 1].at + list[list.length - 1].length;
  const lost = history.lostIn(number, state, first, lastEnd), lostRanges = lost.map((s) => s.range);
  const pending = state.pending ? [state.pending.range] : [];
  const edges = [...lostRanges, ...pending, ...(next ? [next] : [])].flat();
  edges.push(state.offered);
  const segments = [];
  for (const m of list.slice(shown.from, shown.to)) {
    const parts = cutUp(m.at, m.at + m.length, edges, (at) => {
      const outlined = next && next[0] <= at && at < next[1] ? " next" : "";
      if (at >= state.offered) return "future" + outlined;
      if (inside(lostRanges, at)) return "lost";
      if (inside(pending, at)) return "pending" + outlined;
      return m.unaccounted ? "unaccounted" : "accepted";
    });
    parts.forEach((p, i) => {
      const [kind, outlined] = p.kind.split(" ");
      segments.push(segment(d, p.range, kind, {
        next: outlined, cells: shown.cells, all: lastEnd - first <= 16, caret: k > 0 ? state.offset : null,
        caretEnd: k > 0 && p.range[1] === lastEnd && state.offset === lastEnd,
        end: i === parts.length - 1, ends: i === parts.length - 1,
        label: sentLabel(kind, outlined, p.range, lost),
      }));
    });
  }
  return row("sent", title, bytes(end) + (state.accepted ? ", " + state.accepted + " accepted" : ""), segments, "", first, end - lastEnd);
}

function sentLabel(kind, outlined, range, lost) {
  const where = el("b", {}, span(range));
  if (kind === "lost") {
    const s = lost.find((s) => s.range[0] <= range[0] && range[1] <= s.range[1]);
    return [el("strong", {class: "mx-lost-label"}, "LOST ", span(range)), " ", el("code", {}, s ? s.text : "")];
  }
  if (outlined) return ["next write ", where];
  switch (kind) {
    case "accepted": return ["accepted ", where];
    case "pending": return ["not accepted ", where];
    case "unaccounted": return ["no write reported ", where];
  }
  return ["not yet offered"];
}

// fewer leaves the last of a list of pieces that there is room for.
function fewer(list, rangeOf) {
  const cells = total(list.map(rangeOf)) <= mostCells;
  return {cells, shown: cells ? list : list.slice(-mostBars)};
}

// bufferRow is what waits in the socket, and how much room there is.
function bufferRow(d, number, state, step) {
  const waiting = state.waiting || [], n = total(waiting);
  const room = d.capacity ? n + " of " + d.capacity + " bytes" : bytes(n) + ", room unknown";
  const moved = step && step.write && step.write.direction === number ? step.write : null;
  const {shown, cells} = fewer(pieces(d, waiting, mostSegments), (r) => r);
  const segments = shown.map((r, i, all) => segment(d, r, "waiting", {
    cells, all: total(shown) <= 16, end: i === all.length - 1 || all[i + 1][0] !== r[1], ends: d.datagram,
    moved: moved && moved.taken > 0 && moved.range[0] < r[1] && r[1] <= moved.range[0] + moved.taken,
    label: ["waiting ", el("b", {}, span(r))],
  }));
  const free = d.capacity ? Math.max(0, d.capacity - n) : 0;
  if (free > 0) {
    const box = el("div", {class: "mx-cells", "aria-hidden": "true"});
    if (cells && d.capacity <= mostCells) {
      for (let i = 0; i < free; i++) box.append(el("span", {class: "mx-cell"}));
    } else {
      box.append(el("span", {class: "mx-cell mx-bar"}, "room"));
      box.classList.add("mx-barred");
    }
    segments.push(el("div", {class: "mx-seg mx-free"}, box, el("div", {class: "mx-label"}, bytes(free) + " free")));
  }
  return row("buffer", "buffer", room, segments, "empty", n - total(shown), 0);
}

// arrivedRow is what the reader got, and what was thrown away on the way.
function arrivedRow(history, number, state, step) {
  const d = history.run.directions[number];
  const some = (name, kind) => pieces(d, history.last(number, name, state, mostSegments), mostSegments).map((r) => ({r, kind}));
  let all = [...some("arrived", "arrived"), ...some("dropped", "dropped")];
  if (d.datagram) all.sort((x, y) => x.r[0] - y.r[0]); // a cut one beside its rest
  const few = fewer(all.slice(-mostSegments), (p) => p.r);
  all = few.shown;
  const n = total(all.map((p) => p.r));
  const moved = (step && step.read && step.read.direction === number && step.read.ranges) || [];
  const segments = all.map(({r, kind}, i) => {
    const e = segment(d, r, kind, {
      cells: few.cells, all: n <= 16, end: i === all.length - 1 || all[i + 1].r[0] !== r[1], ends: d.datagram,
      moved: kind === "arrived" && inside(moved, r[1] - 1),
      label: kind === "arrived" ? ["arrived ", el("b", {}, span(r))] : ["thrown away ", el("b", {}, span(r))],
    });
    if (i > 0 && !d.datagram && all[i - 1].r[1] !== r[0]) e.classList.add("mx-gap");
    return e;
  });
  const {arrived = 0, lost = 0, dropped = 0, offered} = state;
  const note = !offered ? "0 bytes"
    : arrived + " of " + bytes(offered) + (lost ? ", " + lost + " lost" : "") + (dropped ? ", " + dropped + " thrown away" : "");
  return row("arrived", history.run.objects[d.to].name + " received", note, segments, "nothing yet", arrived + dropped - n, 0);
}

// move says what a step carried from one row to the next.
function move(kind, active, text) {
  return el("div", {class: "mx-move" + (active ? " mx-active mx-move-" + active : ""), "data-move": kind}, text);
}

function writeMove(step, number) {
  const t = step && step.write && step.write.direction === number ? step.write : null;
  if (!t) return move("write", "", "");
  if (t.refused) return move("write", "bad", "write " + (t.text || bytes(t.asked)) + ": " + step.status + ", nothing taken");
  if (step.status !== "OK") return move("write", "later", "write of " + bytes(t.asked) + ": " + step.status + ", none accepted");
  return move("write", t.taken < t.asked ? "short" : "ok", "write of " + bytes(t.asked) + ": " + t.taken + " accepted");
}

function readMove(step, number) {
  const t = step && step.read && step.read.direction === number ? step.read : null;
  if (!t) return move("read", "", "");
  if (step.status !== "OK") return move("read", "later", "read: " + step.status);
  return move("read", "ok", (t.peeked ? "peek at " : "read: ") + bytes(t.count) + (t.text ? " " + t.text : ""));
}

// pictureRows is how many rows a picture has, its title among them.
const pictureRows = 6;

// picture draws one direction after the first k steps. Nothing moves in it
// unless step, the last of them, is given.
function picture(history, k, number, step) {
  const run = history.run, d = run.directions[number], state = history.after(number, k);
  const from = run.objects[d.from].name, to = run.objects[d.to].name;
  const e = el("figure", {class: "mx-way", "data-way": number, "aria-label": "bytes from " + from + " to " + to},
    el("figcaption", {class: "mx-way-title"}, from, el("span", {class: "mx-arrow", "aria-label": "to"}, " \u2192 "), to,
      el("span", {class: "mx-mode"}, d.datagram ? "datagrams" : "stream"),
      state.ended ? el("span", {class: "mx-ended"}, "ended: " + state.ended) : null),
    sentRow(history, k, number, state), writeMove(step, number),
    bufferRow(d, number, state, step), readMove(step, number),
    arrivedRow(history, number, state, step));
  // So that the longest row fits, if it can. A label takes the place of three cells.
  const cells = [...e.querySelectorAll(".mx-tape")].map((t) => [...t.querySelectorAll(".mx-cells")].reduce((n, c) => n + Math.max(3, c.children.length), 0));
  e.style.setProperty("--mx-many", String(Math.max(8, ...cells)));
  return e;
}

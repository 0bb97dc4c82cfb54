const columnWidth = 56;
const laneHeight = 22;
const callHeight = 36;
// Columns that are drawn beyond those in sight.
const columnsAhead = 4;
// Of more objects than this at a time the first have lanes.
const mostObjects = 8;

// timeline draws the steps of a run from left to right: a lane for each actor,
// one for each buffer, and one for each signal of each object that is there.
// Only the columns in sight are drawn.
function timeline(history, rows, n, show) {
  const run = history.run, columns = rows.length + 1;
  const names = el("div", {class: "mx-lane-names", "aria-hidden": "true"});
  const inner = el("div", {class: "mx-lanes"}), cursor = el("div", {class: "mx-cursor"}), drawing = el("div", {class: "mx-drawing"});
  const scroller = el("div", {class: "mx-scroller", tabindex: "0", role: "group", "aria-label": "timeline of " + run.backend}, inner);
  const element = el("div", {class: "mx-timeline"}, names, scroller);
  inner.style.width = columns * columnWidth + "px";
  inner.append(cursor, drawing);
  const started = startsOf(rows, n);
  let from = 0, to = 0, current = 0, width = 0, left = 0, most = 0, drawn = "";
  const scrolled = new Set(); // who is to be told
  scroller.addEventListener("scroll", soon(() => {
    left = scroller.scrollLeft;
    draw();
    for (const tell of scrolled) tell(left);
  }));
  // Of many steps in one frame the last is drawn.
  const follow = soon(() => {
    reveal();
    draw();
  });
  new ResizeObserver(() => {
    width = scroller.clientWidth;
    follow();
  }).observe(scroller);

  // draw draws the columns in sight, unless they are there with the lanes that
  // they should have. Column 0 is before the first call.
  function draw() {
    width ||= scroller.clientWidth;
    if (width === 0) return;
    const first = Math.floor(left / columnWidth), last = Math.min(columns, Math.ceil((left + width) / columnWidth));
    if (first < from || last > to) {
      from = Math.max(0, first - columnsAhead);
      to = Math.min(columns, last + columnsAhead);
    }
    const shown = objectsShown(stepsAt(from), stepsAt(to - 1));
    const now = [from, to, ...shown.list].join();
    if (now !== drawn) fill(shown);
    drawn = now;
  }

  // stepsAt is how many steps the run has made by a column.
  function stepsAt(column) {
    return column === 0 ? 0 : rows[column - 1].frames[n];
  }

  // reveal scrolls to the step that is shown.
  function reveal() {
    const here = current * columnWidth;
    if (here - columnWidth >= left && here + 2 * columnWidth <= left + width) return;
    left = Math.min(Math.max(0, here - width / 2), Math.max(0, columns * columnWidth - width));
    scroller.scrollLeft = left;
  }

  function fill(shown) {
    const titles = [], lanes = [];
    let high = 0;
    const lane = (title, height, content) => {
      const name = el("div", {class: "mx-lane-name", title: title.join("")}, el("b", {}, title[0]), title[1] || "");
      name.style.height = height + "px";
      content.style.height = height + "px";
      high += height;
      titles.push(name);
      lanes.push(content);
    };
    lane(["", "step"], laneHeight, numbers());
    for (const actor of actorsShown()) lane(["", actor || "calls"], callHeight, calls(actor));
    const each = (value) => Array.from({length: to - from}, (_, i) => value(stepsAt(from + i)));
    for (const d of history.used.filter((d) => shown.list.includes(run.directions[d].from))) {
      const way = run.directions[d], name = run.objects[way.from].name + " \u2192 " + run.objects[way.to].name;
      lane([name, " buffer"], laneHeight + 6, fillLane(each((k) => total(history.after(d, k).waiting)), way.capacity));
    }
    for (const o of shown.list) {
      for (const name of history.names(o)) {
        const title = [run.objects[o].name, " " + name];
        lane(title, laneHeight, signalLane(title.join(""), from, each((k) => {
          const s = history.signals(o, k);
          return s && (s.gone ? null : s.signals.includes(name));
        })));
      }
    }
    if (shown.more > 0) lane(["", "\u2026 " + shown.more + " more objects"], laneHeight, el("div"));
    drawing.style.left = from * columnWidth + "px";
    drawing.replaceChildren(...lanes);
    names.replaceChildren(...titles);
    most = Math.max(most, high);
    inner.style.minHeight = most + "px"; // what is below is not to jump
  }

  // actorsShown are all of them if they are few, or else those that have a call
  // in sight.
  function actorsShown() {
    if (run.actors.length <= mostObjects) return run.actors;
    const here = rows.slice(Math.max(0, from - 1), to).map((row) => row.steps[n] && (row.steps[n].actor || ""));
    return run.actors.filter((a) => here.includes(a) || (started.get(a) || []).some((s) => s.from < to && s.to > from));
  }

  // objectsShown are the objects with lanes from step a to b, those of the
  // step that is shown before others.
  function objectsShown(a, b) {
    const here = run.directions[history.active(stepsAt(current))];
    const near = here ? [here.from, here.to] : [];
    const all = run.objects.map((_, i) => i).filter((i) => history.there(i, a, b));
    const first = [...all.filter((i) => near.includes(i)), ...all.filter((i) => !near.includes(i))].slice(0, mostObjects);
    return {list: first.sort((x, y) => x - y), more: all.length - first.length};
  }

  function numbers() {
    const e = el("div", {class: "mx-lane mx-numbers"});
    for (let i = from; i < to; i++) e.append(el("span", {class: "mx-number", "aria-hidden": "true"}, i === 0 ? "" : String(i)));
    return e;
  }

  function calls(actor) {
    const e = el("div", {class: "mx-lane"});
    for (let i = Math.max(1, from); i < to; i++) {
      const row = rows[i - 1], s = row.steps[n];
      if (s && (s.actor || "") === actor) {
        const b = el("button", {
          type: "button", class: "mx-call mx-tone-" + tone(s) + (row.differs ? " mx-differs" : ""), tabindex: "-1",
          title: callOf(s) + " \u2192 " + answerOf(s), "aria-label": "step " + i + ": " + callOf(s) + ": " + answerOf(s),
        }, el("span", {class: "mx-op"}, s.op), el("span", {class: "mx-mark", "aria-hidden": "true"}, toneMarks[tone(s)]));
        b.addEventListener("click", () => show(i));
        e.append(place(b, i, 1));
      }
    }
    for (const s of started.get(actor) || []) {
      const a = Math.max(s.from + 1, from), b = Math.min(s.to, to);
      if (a < b) e.append(place(el("span", {class: "mx-blocked", "aria-hidden": "true"}), a, b - a));
    }
    return e;
  }

  function place(e, column, span) {
    e.style.left = (column - from) * columnWidth + 2 + "px";
    e.style.width = span * columnWidth - 4 + "px";
    return e;
  }

  return {
    element,
    onScroll(tell) { scrolled.add(tell); },
    scroll(to) { if (Math.abs(left - to) > 1) scroller.scrollLeft = to; },
    show(i) {
      current = i;
      cursor.style.left = i * columnWidth + "px";
      follow();
    },
  };
}

// startsOf are the calls of each actor that blocked: from the column in which
// they were started to that in which they returned.
function startsOf(rows, n) {
  const open = new Map(), list = new Map();
  rows.forEach((row, i) => {
    const s = row.steps[n];
    if (!s) return;
    if (s.kind === "start") open.set(s.actor, i + 1);
    if (s.kind === "finish" && open.has(s.actor)) {
      if (!list.has(s.actor)) list.set(s.actor, []);
      list.get(s.actor).push({from: open.get(s.actor), to: i + 1});
    }
  });
  return list;
}

// fillLane draws how many bytes wait, step by step.
function fillLane(counts, capacity) {
  const most = capacity && capacity <= 65536 ? capacity : Math.max(1, ...counts);
  const e = svg("svg", {class: "mx-fill", width: counts.length * columnWidth, height: laneHeight + 6, role: "img"});
  e.append(svg("title", {}, "bytes waiting: " + counts.join(", ")));
  let bars = "";
  counts.forEach((n, i) => {
    const h = n === 0 ? 1 : Math.max(3, Math.min(laneHeight, Math.round(laneHeight * n / most)));
    bars += "M" + (i * columnWidth + 8) + " " + (laneHeight + 4 - h) + "h" + (columnWidth - 16) + "v" + h + "h-" + (columnWidth - 16) + "z";
    if (n > 0) {
      e.append(svg("text", {
        x: i * columnWidth + columnWidth / 2, y: h > 13 ? laneHeight - 2 : laneHeight + 1 - h, class: h > 13 ? "mx-fill-in" : "mx-fill-over",
      }, n < 100000 ? String(n) : short(n)));
    }
  });
  e.prepend(svg("path", {class: "mx-fill-bar", d: bars}));
  return e;
}

// signalLane draws a signal as a line that is up while it is asserted: true,
// false, or neither where nobody knows or the object is gone.
function signalLane(name, from, values) {
  const high = 4, low = laneHeight - 4;
  const says = values.map((v, i) => from + i + " " + (v === true ? "on" : v === false ? "off" : "none"));
  let line = "", up = "", before = null;
  values.forEach((v, i) => {
    const x = i * columnWidth;
    if (v === true) up += "M" + x + " " + high + "h" + columnWidth + "V" + low + "h-" + columnWidth + "z";
    if (v === true || v === false) line += (before === true || before === false ? "L" : "M") + x + " " + (v ? high : low) + "h" + columnWidth;
    before = v;
  });
  return svg("svg", {class: "mx-signal", width: values.length * columnWidth, height: laneHeight, role: "img"},
    svg("title", {}, name + " by step: " + says.join(", ")),
    svg("path", {class: "mx-high", d: up || "M0 0"}), svg("path", {class: "mx-edge", d: line || "M0 0"}));
}

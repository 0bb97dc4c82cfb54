const columnWidth = 56;
const laneHeight = 22;

// timeline draws all steps from left to right: a lane for each actor, one for
// each buffer, and one for each signal of each object.
function timeline(run, frames, rows, n, show) {
  const columns = rows.length + 1;
  const grid = el("div", {class: "mx-lanes"});
  grid.style.gridTemplateColumns = "max-content repeat(" + columns + ", " + columnWidth + "px)";
  let line = 1;
  const put = (e, column, span) => {
    e.style.gridRow = String(line);
    e.style.gridColumn = span ? column + " / span " + span : String(column);
    grid.append(e);
  };
  const cursor = el("div", {class: "mx-cursor"});
  grid.append(cursor);

  const buttons = [];
  rows.forEach((row, i) => buttons.push([]) && put(el("span", {class: "mx-number", "aria-hidden": "true"}, String(i + 1)), i + 3, 1));
  put(el("span", {class: "mx-lane-name"}, "step"), 1, 1);
  line++;
  for (const actor of run.actors) {
    put(el("span", {class: "mx-lane-name"}, actor || "calls"), 1, 1);
    let started = -1;
    rows.forEach((row, i) => {
      const s = row.steps[n];
      if (!s || (s.actor || "") !== actor) return;
      if (s.kind === "start") started = i;
      if (s.kind === "finish" && started >= 0 && i > started + 1) {
        put(el("span", {class: "mx-blocked", "aria-hidden": "true"}), started + 4, i - started - 1);
      }
      const b = el("button", {
        type: "button", class: "mx-call mx-tone-" + tone(s) + (row.differs ? " mx-differs" : ""), tabindex: "-1",
        title: callOf(s) + " \u2192 " + answerOf(s), "aria-label": "step " + (i + 1) + ": " + callOf(s) + ": " + answerOf(s),
      }, el("span", {class: "mx-op"}, s.op), el("span", {class: "mx-mark", "aria-hidden": "true"}, toneMarks[tone(s)]));
      b.addEventListener("click", () => show(i + 1));
      put(b, i + 3, 1);
    });
    line++;
  }
  // What is known after each row, the time before the first one included.
  const at = [frames[0], ...rows.map((row) => frames[row.frames[n]])];
  for (const way of usedWays(run)) {
    const w = run.ways[way];
    put(el("span", {class: "mx-lane-name"}, run.objects[w.from].name + " \u2192 " + run.objects[w.to].name + " buffer"), 1, 1);
    put(fillLane(at.map((f) => total(f.ways[way].waiting)), w.capacity), 2, columns);
    line++;
  }
  run.objects.forEach((o, i) => {
    const names = [];
    for (const f of frames) for (const s of (f.seen[i] || {signals: []}).signals) if (!names.includes(s)) names.push(s);
    for (const name of names) {
      put(el("span", {class: "mx-lane-name"}, el("b", {}, o.name), " " + name), 1, 1);
      put(signalLane(o.name + " " + name, at.map((f) => f.seen[i] && (f.seen[i].gone ? null : f.seen[i].signals.includes(name)))), 2, columns);
      line++;
    }
  });
  cursor.style.gridRow = "1 / " + line;
  const box = el("div", {class: "mx-timeline", tabindex: "0", role: "group", "aria-label": "timeline"}, grid);
  return {
    element: box,
    show(i) {
      cursor.style.gridColumn = String(i + 2);
      const left = cursor.offsetLeft, width = box.clientWidth;
      if (left - 160 < box.scrollLeft || left + columnWidth > box.scrollLeft + width) box.scrollLeft = left - width / 2;
    },
  };
}

// fillLane draws how many bytes wait, step by step.
function fillLane(counts, capacity) {
  const most = capacity && capacity <= 65536 ? capacity : Math.max(1, ...counts);
  const e = svg("svg", {class: "mx-fill", width: counts.length * columnWidth, height: laneHeight + 6, role: "img"});
  e.append(svg("title", {}, "bytes waiting: " + counts.join(", ")));
  counts.forEach((n, i) => {
    const h = n === 0 ? 1 : Math.max(3, laneHeight * n / most);
    e.append(svg("rect", {class: "mx-fill-bar", x: i * columnWidth + 8, y: laneHeight + 4 - h, width: columnWidth - 16, height: h}));
    if (n > 0) {
      const t = svg("text", {x: i * columnWidth + columnWidth / 2, y: laneHeight - 2, class: h > 13 ? "mx-fill-in" : "mx-fill-over"}, String(n));
      if (h <= 13) t.setAttribute("y", laneHeight + 1 - h);
      e.append(t);
    }
  });
  return e;
}

// signalLane draws a signal as a line that is up while it is asserted: true,
// false, or neither where nobody knows or the object is gone.
function signalLane(name, values) {
  const high = 4, low = laneHeight - 4;
  const e = svg("svg", {class: "mx-signal", width: values.length * columnWidth, height: laneHeight, role: "img"});
  const says = values.map((v, i) => i + " " + (v === true ? "on" : v === false ? "off" : "none"));
  e.append(svg("title", {}, name + " by step: " + says.join(", ")));
  let path = "", before = null;
  values.forEach((v, i) => {
    const x = i * columnWidth;
    if (v === true) e.append(svg("rect", {class: "mx-high", x, y: high, width: columnWidth, height: low - high}));
    if (v === true || v === false) {
      const y = v ? high : low;
      path += (before === true || before === false ? "L" : "M") + x + " " + y + "H" + (x + columnWidth);
    }
    before = v;
  });
  e.append(svg("path", {d: path || "M0 0"}));
  return e;
}

// callList is the calls and their answers from top to bottom.
function callList(run, rows, n, show) {
  const list = el("ol", {class: "mx-calls"});
  const items = rows.map((row, i) => {
    const s = row.steps[n];
    const item = el("li", {class: row.differs ? "mx-differs" : null});
    if (!s) {
      const ended = run.left > 0 && row.frames[n] === run.steps.length;
      item.append(el("span", {class: "mx-step mx-none"}, el("span", {class: "mx-number"}, String(i + 1)),
        ended ? "the run had ended" : "no such line in this edition"));
    } else {
      const b = el("button", {type: "button", class: "mx-step"},
        el("span", {class: "mx-number"}, String(i + 1)),
        el("code", {class: "mx-what"}, callOf(s)),
        el("code", {class: "mx-answer mx-tone-" + tone(s)}, answerOf(s)));
      b.addEventListener("click", () => show(i + 1));
      item.append(b);
      if (row.differs) item.append(el("span", {class: "mx-badge"}, "\u2260 differs"));
      if (s.divergence) item.append(divergenceLink(run, s.divergence));
      else if (row.differs) item.append(...consequence(run, rows, n, i));
    }
    list.append(item);
    return item;
  });
  return {
    element: list,
    show(i) {
      items.forEach((item, k) => {
        if (k === i - 1) item.setAttribute("aria-current", "step");
        else item.removeAttribute("aria-current");
      });
      const item = items[i - 1];
      if (item && list.scrollHeight > list.clientHeight) {
        list.scrollTop = item.offsetTop - list.offsetTop - list.clientHeight / 2;
      }
      if (i === 0) list.scrollTop = 0;
    },
  };
}

// consequence says what a step of run n that differs without a divergence of
// its own comes from: the last one before it, whose state the run goes on with.
function consequence(run, rows, n, i) {
  for (let k = i - 1; k >= 0; k--) {
    const s = rows[k].steps[n];
    if (s && s.divergence) return [el("span", {class: "mx-follows"}, "follows from "), divergenceLink(run, s.divergence)];
  }
  return [];
}

// divergenceLink leads to what is said of a difference below.
function divergenceLink(run, name) {
  const known = (run.named || []).find((d) => d.name === name);
  if (!known) return el("span", {class: "mx-divergence"}, name);
  const b = el("button", {type: "button", class: "mx-divergence", title: known.cause}, name);
  b.addEventListener("click", () => {
    const target = b.closest(".mx-run").querySelector("[data-divergence=\"" + CSS.escape(name) + "\"]");
    target.closest("details").open = true;
    target.scrollIntoView({block: "center"});
    target.focus({preventScroll: true});
  });
  return b;
}

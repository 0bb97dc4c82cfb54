// el makes an element. Text goes in as text, whatever it is.
function el(tag, attributes, ...children) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined && value !== false) e.setAttribute(name, value);
  }
  e.append(...children.filter((c) => c !== null && c !== undefined));
  return e;
}

function svg(tag, attributes, ...children) {
  const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes || {})) e.setAttribute(name, value);
  e.append(...children);
  return e;
}

function bytes(n) {
  return n === 1 ? "1 byte" : n + " bytes";
}

function span(range) {
  return range[0] + " to " + range[1];
}

function total(ranges) {
  return (ranges || []).reduce((sum, r) => sum + r[1] - r[0], 0);
}

function inside(ranges, at) {
  return (ranges || []).some((r) => r[0] <= at && at < r[1]);
}

function rangesOf(spans) {
  return (spans || []).map((s) => s.range);
}

// framesOf folds what changed at each step of a run: frame k is how things are
// after k steps.
function framesOf(run) {
  let ways = run.ways.map((_, i) => ({way: i, offset: 0, offered: 0, accepted: 0}));
  let seen = run.objects.map(() => null);
  const frames = [{ways, seen, step: null}];
  for (const step of run.steps) {
    ways = ways.slice();
    seen = seen.slice();
    for (const s of step.states || []) ways[s.way] = s;
    for (const s of step.seen || []) seen[s.object] = s;
    frames.push({ways, seen, step});
  }
  return frames;
}

// usedWays are the directions in which something was tried.
function usedWays(run) {
  const used = new Set();
  run.ways.forEach((way, i) => {
    if (way.tape) used.add(i);
  });
  for (const s of run.steps) {
    if (s.write) used.add(s.write.way);
    if (s.read) used.add(s.read.way);
  }
  return [...used].sort((x, y) => x - y);
}

// nextWrite is the slice that the next write of a way attempts, after the
// first k steps.
function nextWrite(run, k, way) {
  for (const s of run.steps.slice(k)) {
    if (s.write && s.write.way === way && !s.write.refused && s.write.asked > 0) return s.write.range;
  }
  return null;
}

// rowsOf puts the steps of runs beside each other. A row is a line of the case;
// two editions may have lines of their own, and a run may have ended early.
// Runs of different cases go by their numbers.
function rowsOf(runs) {
  const sameCase = runs.every((r) => r.case === runs[0].case);
  const key = (step, i) => (sameCase ? step.at : i);
  const keys = new Set();
  for (const r of runs) r.steps.forEach((s, i) => keys.add(key(s, i)));
  const rows = [...keys].sort((x, y) => x - y).map((k) => ({key: k, steps: [], frames: []}));
  runs.forEach((r, n) => {
    let i = 0;
    for (const row of rows) {
      if (i < r.steps.length && key(r.steps[i], i) === row.key) {
        row.steps[n] = r.steps[i];
        i++;
      }
      row.frames[n] = i;
    }
  });
  for (const row of rows) row.differs = differs(runs, row);
  return rows;
}

// differs reports whether the runs do not agree at a row.
function differs(runs, row) {
  const first = row.steps.find((s) => s);
  return runs.some((r, n) => {
    const s = row.steps[n];
    if (s) return s.answer !== first.answer || s.call !== first.call;
    return r.left > 0 && row.frames[n] === r.steps.length; // it had ended
  });
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

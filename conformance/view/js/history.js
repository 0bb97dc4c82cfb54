// A history answers what was so after the first k steps of a run, without
// going through them: a run may have a hundred thousand.
function historyOf(run) {
  const directions = run.directions.map(() => ({at: [], states: [], writes: []}));
  const objects = run.objects.map(() => ({at: [], seen: [], names: []}));
  const active = [run.directions.length ? 0 : -1]; // the direction of the last write or read
  run.steps.forEach((step, i) => {
    for (const s of step.states || []) {
      directions[s.direction].at.push(i + 1);
      directions[s.direction].states.push(s);
    }
    for (const s of step.observed || []) {
      const o = objects[s.object];
      o.at.push(i + 1);
      o.seen.push(s);
      for (const name of s.signals) if (!o.names.includes(name)) o.names.push(name);
    }
    const moved = step.write || step.read;
    active.push(moved ? moved.direction : active[i]);
    if (step.write && !step.write.refused && step.write.asked > 0) directions[step.write.direction].writes.push(i);
  });
  const used = new Set();
  run.directions.forEach((d, i) => { if (d.transcript) used.add(i); });
  for (const s of run.steps) for (const m of [s.write, s.read]) if (m) used.add(m.direction);
  const heaps = run.directions.map((d) => ({
    arrived: heapOf(d.arrived || []), lost: heapOf((d.lost || []).map((s) => s.range)), dropped: heapOf((d.dropped || []).map((s) => s.range)),
  }));
  const none = {offset: 0, offered: 0, accepted: 0};
  return {
    run, used: [...used].sort((x, y) => x - y), names: (object) => objects[object].names,
    active: (k) => active[k],
    // after is the state of a direction.
    after(direction, k) {
      const d = directions[direction], i = lastUpTo(d.at, k);
      return i < 0 ? none : d.states[i];
    },
    // signals are what an object was seen to assert, or null if nobody knows.
    signals(object, k) {
      const o = objects[object], i = lastUpTo(o.at, k);
      return i < 0 ? null : o.seen[i];
    },
    // there tells whether an object was there at some time from step a to b.
    there(object, a, b) {
      const o = objects[object], last = o.seen[o.seen.length - 1];
      return o.at.length > 0 && o.at[0] <= b && !(last.gone && o.at[o.at.length - 1] <= a);
    },
    // nextWrite is what the next write of a direction attempts, or null.
    nextWrite(direction, k) {
      const list = directions[direction].writes, i = lastUpTo(list, k - 1) + 1;
      return i < list.length ? run.steps[list[i]].write.range : null;
    },
    // last gives the ranges of the last n that a state has of a heap.
    last: (direction, name, state, n) => heaps[direction][name].last(state[name] || 0, n),
    // lostIn gives what is lost between two positions.
    lostIn: (direction, state, from, to) => heaps[direction].lost.between(state.lost || 0, from, to)
      .map((i) => run.directions[direction].lost[i]),
  };
}

// A heap is ranges that came one after the other. How many of them there were
// at some time is told in bytes.
function heapOf(ranges) {
  const before = []; // how many bytes there are before each
  let sum = 0;
  for (const r of ranges) {
    before.push(sum);
    sum += r[1] - r[0];
  }
  return {
    last(size, n) {
      const end = lastUpTo(before, size - 1), list = [];
      for (let i = Math.max(0, end - n + 1); i <= end; i++) {
        list.push([ranges[i][0], Math.min(ranges[i][1], ranges[i][0] + size - before[i])]);
      }
      return list;
    },
    between(size, from, to) {
      const list = [], end = lastUpTo(before, size - 1);
      for (let i = Math.max(0, lastUpTo(ranges, from, (r) => r[0])); i <= end && ranges[i][0] < to; i++) {
        if (ranges[i][1] > from) list.push(i);
      }
      return list;
    },
  };
}

// rowsOf puts the steps of runs beside each other. A row is a line of the case;
// two editions may have lines of their own, and a run may have ended early.
// Runs of different cases go by their numbers. The steps of a row are those of
// each run, and frames is how many steps each has made by then.
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
  rows.forEach((row, i) => { row.differs = differs(runs, row, rows[i - 1]); });
  return rows;
}

// differs tells whether something is to be said of a row: the runs do not
// agree at it, or an answer is not the contract's. That a run has ended is said
// once, if its last answer does not say it.
function differs(runs, row, before) {
  const first = row.steps.find((s) => s);
  return runs.some((r, n) => {
    const s = row.steps[n];
    if (s) return s.answer !== first.answer || s.call !== first.call || s.judged !== "pass";
    const last = r.steps[r.steps.length - 1], over = (at) => !at || at.frames[n] === r.steps.length;
    return r.left > 0 && over(row) && !(last && last.judged !== "pass") && !(before && !before.steps[n] && over(before));
  });
}

// rowOfStep is the row, from 1, of a step of a run, from 1.
function rowOfStep(rows, n, step) {
  return lastUpTo(rows, step - 1, (row) => row.frames[n]) + 2;
}

// mostOthers is how many more directions are drawn when they are asked for.
const mostOthers = 6;

// panel shows the run of a history at a step; n is its number among the rows. used are the
// directions in which something happens in any of the runs.
function panel(history, rows, n, level, why, used) {
  const run = history.run;
  const now = el("div", {class: "mx-now"}), numbers = el("dl", {class: "mx-figures"});
  const others = el("details", {class: "mx-others"}, el("summary"), el("div"));
  const title = el("h" + level, {class: "mx-run-title"}, run.backend, " ",
    el("span", {class: "mx-outcome mx-outcome-" + run.outcome}, outcomeMark(run.outcome) + run.outcome));
  const element = el("section", {class: "mx-run", "data-run": n, "aria-label": run.case + " on " + run.backend}, title, now, numbers);
  let far = [], k = 0;
  const drawOthers = () => others.lastChild.replaceChildren(...(others.open ? far.slice(0, mostOthers).map((d) => picture(history, k, d, null)) : []),
    ...(others.open && far.length > mostOthers ? [el("p", {class: "mx-none"}, "and " + (far.length - mostOthers) + " more")] : []));
  others.addEventListener("toggle", drawOthers);
  return {
    element,
    // show shows row i; near are the directions to draw, in this order.
    show(i, near) {
      k = i === 0 ? 0 : rows[i - 1].frames[n];
      const here = i > 0 ? rows[i - 1].steps[n] : null;
      now.replaceChildren(...nowLines(run, rows, i, n, why));
      numbers.replaceChildren(...figures(history, k, here));
      const there = near.filter((d) => d < run.directions.length);
      far = used.filter((d) => !near.includes(d) && d < run.directions.length);
      others.hidden = far.length === 0;
      others.firstChild.textContent = far.length + (far.length === 1 ? " more direction" : " more directions");
      const pictures = there.map((d) => picture(history, k, d, here));
      pictures.forEach((p, j) => { p.style.gridRow = 4 + pictureRows * j + " / span " + pictureRows; });
      others.style.gridRow = String(4 + pictureRows * near.length);
      element.replaceChildren(title, now, numbers, ...pictures, others);
      element.style.gridRow = "1 / span " + (4 + pictureRows * near.length);
      drawOthers();
      return here;
    },
  };
}

// nearDirections are those to look at after row i: the ones that are used, if
// they are of one socket; of several sockets those of the one that the first run
// that has the step is at.
function nearDirections(runs, histories, rows, i, used) {
  if (used.length <= 2) return used;
  const n = i === 0 ? 0 : Math.max(0, rows[i - 1].steps.findIndex((s) => s));
  const run = runs[n], d = run.directions[histories[n].active(i === 0 ? 0 : rows[i - 1].frames[n])];
  return d ? used.filter((j) => run.directions[j] && (run.directions[j].from === d.from || run.directions[j].from === d.to)) : [];
}

function outcomeMark(outcome) {
  switch (outcome) {
    case "pass": return "\u2713 ";
    case "differs": return "\u2260 ";
    case "fail": return "\u2717 ";
    case "unexplained": return "? ";
  }
  return "";
}

// nowLines are what a step did, and how that was judged.
function nowLines(run, rows, i, n, why) {
  const step = i > 0 ? rows[i - 1].steps[n] : null;
  let what;
  if (i === 0) what = [el("span", {class: "mx-none"}, "before the first call")];
  else if (!step) what = [el("span", {class: "mx-none"}, noStep(run, rows[i - 1], n))];
  else {
    what = [el("code", {class: "mx-what"}, callOf(step)), el("span", {class: "mx-arrow", "aria-label": "answers"}, "\u2192"),
      el("code", {class: "mx-answer mx-tone-" + tone(step)}, answerOf(step))];
  }
  return [el("p", {class: "mx-line"}, ...what), ...(i > 0 ? why.verdict(i - 1, n) : [])];
}

// figures are the offset, the accepted count and the status. They belong to
// the direction that the step is about, or the last one that was.
function figures(history, k, step) {
  const run = history.run, number = history.active(k);
  const list = [];
  const put = (name, title, value, more) => list.push(el("div", {class: "mx-figure mx-" + name},
    el("dt", {}, title), el("dd", {}, el("b", {}, value), more ? el("span", {}, " " + more) : null)));
  if (number >= 0) {
    const d = run.directions[number], state = history.after(number, k), before = history.after(number, Math.max(0, k - 1));
    const t = step && step.write;
    const names = run.objects[d.from].name + " \u2192 " + run.objects[d.to].name;
    const moved = t && t.taken > 0 && before.offset !== state.offset;
    put("offset", "offset " + names, moved ? t.range[0] + " \u2192 " + (t.range[0] + t.taken) : String(t && !t.refused ? t.range[0] : state.offset),
      "of " + (state.offered || (d.transcript ? d.transcript[0].length : 0)));
    put("accepted", "accepted", t ? t.taken + " of " + t.asked : "\u2013", state.accepted + " in all");
  }
  put("status", "status", step ? step.status || "blocked" : "\u2013");
  return list;
}

// remarks are what is to be said of a run as a whole.
function remarks(runs) {
  const parts = runs.flatMap((run) => [
    run.detail && run.outcome !== "pass" ? el("details", {class: "mx-detail"}, el("summary", {}, "Notes on " + run.backend), el("pre", {}, run.detail)) : null,
    run.unseen ? el("p", {class: "mx-unseen"}, "Signals of " + run.backend + ": " + run.unseen + ".") : null]);
  return el("div", {class: "mx-remarks"}, ...parts.filter(Boolean));
}

// answer says in a line for each run what came of it, and leads to the steps
// that differ.
function answer(runs, rows, why, go) {
  return el("ul", {class: "mx-result"}, ...runs.map((run, n) => {
    const made = run.steps.length;
    const met = why.reasons.filter((r) => r.at[n].length > 0);
    const differing = met.reduce((sum, r) => sum + r.at[n].length, 0);
    const e = el("li", {}, el("b", {}, run.backend), " ", el("span", {class: "mx-outcome mx-outcome-" + run.outcome}, outcomeMark(run.outcome) + run.outcome), " ");
    if (met.length === 0) e.append(made === 0 ? "" : steps(made) + ", each answered as the contract says");
    else {
      const first = Math.min(...met.map((r) => r.at[n][0]));
      e.append(differing + " of " + steps(made) + ", the first of them ",
        link({class: "mx-since", href: "#step=" + first}, "step " + first, () => go(first)), ": ");
      met.slice(0, 6).forEach((r, i) => e.append(i > 0 ? ", " : "", why.nameLink(r.name)));
      if (met.length > 6) e.append(" and " + (met.length - 6) + " more");
    }
    if (run.left > 0) e.append("; it ended there, " + steps(run.left) + " before its end");
    return e;
  }));
}

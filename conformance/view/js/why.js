// whyOf knows why answers differ, and has a place for each reason: its name,
// its cause, and the steps at which it was met. go shows a step.
function whyOf(runs, rows, go) {
  const reasons = new Map(); // by name: {name, cause, source, at: of each run the rows, from 1}
  const reason = (name, cause, source) => {
    if (!reasons.has(name)) reasons.set(name, {name, cause, source, at: runs.map(() => [])});
    return reasons.get(name);
  };
  const known = (run, name) => (run.named || []).find((d) => d.name === name) || {cause: "", source: ""};
  rows.forEach((row, i) => runs.forEach((run, n) => {
    const s = row.steps[n];
    if (s && s.divergence) reason(s.divergence, known(run, s.divergence).cause, known(run, s.divergence).source).at[n].push(i + 1);
    else if (s && s.judged !== "pass") reason(s.judged, run.detail || "").at[n].push(i + 1);
  }));
  const of = (i, n) => rows[i].steps[n];
  // since is the row, from 1, whose difference made the state that a step was
  // judged from, with the name of that difference; or null.
  const since = (i, n) => {
    const s = of(i, n);
    if (!s || !s.since) return null;
    return {row: rowOfStep(rows, n, s.since), name: runs[n].steps[s.since - 1].divergence};
  };
  // nameOf is the reason why row i has a difference: that of its own step, or
  // of the step that it comes from, in the first run that has one.
  function nameOf(i) {
    for (const n of runs.keys()) {
      const s = of(i, n);
      if (s && s.judged !== "pass") return s.divergence || s.judged;
    }
    for (const n of runs.keys()) if (since(i, n)) return since(i, n).name;
    for (const [n, run] of runs.entries()) {
      if (!of(i, n) && run.left > 0) return rows[i].frames[n] > 0 ? lastReason(run) : "";
    }
    return editions();
  }
  const lastReason = (run) => {
    const last = run.steps[run.steps.length - 1];
    return last.divergence || (last.judged !== "pass" ? last.judged : "");
  };
  // editions is the reason why answers differ where nothing else is.
  function editions() {
    const rules = [...new Set(runs.map((r) => r.backend.split(":")[1]))];
    const ids = runs[0].clauses || [];
    return reason("other rules", "They follow " + (rules.length > 1 ? rules.join(" and ") : "rules of their own") +
      ", which say different things here." + (ids.length > 0 ? " The case is about " + ids.join(", ") + ": mxconform explain " + ids[0] + " tells what each of them says." : "")).name;
  }
  const element = el("section", {class: "mx-why", "aria-label": "why they differ"});
  // show goes to what is told of a reason.
  function show(name) {
    const place = element.querySelector("[data-divergence=\"" + CSS.escape(name) + "\"]");
    if (!place) return;
    place.scrollIntoView({block: "center"});
    place.focus({preventScroll: true});
  }
  const nameLink = (name, text, more) => link({class: "mx-divergence" + (more || ""), title: (reasons.get(name) || {}).cause || name}, text || name, () => show(name));
  const stepLink = (i) => link({class: "mx-since", href: "#step=" + i}, "step " + i, () => go(i));
  const why = {
    element, nameLink, since,
    // badge says that a row differs, and leads to why.
    badge(i) {
      const name = nameOf(i);
      return name ? nameLink(name, "\u2260 " + name, " mx-badge") : el("span", {class: "mx-badge"}, "\u2260 ended");
    },
    // verdict says how the step of run n in row i was judged, or is empty.
    verdict(i, n) {
      const s = of(i, n), from = since(i, n), name = nameOf(i);
      const state = from ? ["from the state that ", stepLink(from.row), " left (", nameLink(from.name), ")"] : [];
      if (s && s.judged !== "pass") {
        const wanted = s.wanted && s.wanted.length ? ["the contract wants ", el("code", {}, s.wanted.join(" or "))] : [];
        if (wanted.length && from) wanted.push(", judged ", ...state);
        const own = s.divergence || s.judged;
        return [el("p", {class: "mx-verdict"}, nameLink(own, "\u2260 " + s.judged, " mx-badge"), " ", s.divergence ? nameLink(own) : null, wanted.length ? ": " : "", ...wanted),
          el("p", {class: "mx-cause"}, sentence(reasons.get(own).cause))];
      }
      if (rows[i].differs && name) {
        const here = from ? ["right ", ...state] : [...others(i, n), nameLink(name)];
        return [el("p", {class: "mx-verdict"}, nameLink(name, "\u2260 differs", " mx-badge"), " ", ...here)];
      }
      return from ? [el("p", {class: "mx-verdict mx-quiet"}, "judged ", ...state)] : [];
    },
  };
  // others says what the other runs answered that differ from run n.
  function others(i, n) {
    const own = of(i, n);
    return runs.flatMap((run, m) => {
      const s = of(i, m);
      return m === n || !s || (own && s.answer === own.answer) ? [] : [run.backend, " answered ", el("code", {}, answerOf(s)), ": "];
    });
  }
  // Every reason is found before any is drawn.
  rows.forEach((row, i) => { if (row.differs) nameOf(i); });
  for (const r of reasons.values()) element.append(reasonText(r, runs, stepLink));
  if (reasons.size > 0) element.prepend(el("h4", {}, "Why they differ"));
  return {...why, reasons: [...reasons.values()]};
}

// mostLinks is how many steps of a reason are listed.
const mostLinks = 12;

function reasonText(r, runs, stepLink) {
  const met = runs.map((run, n) => {
    if (r.at[n].length === 0) return null;
    const links = r.at[n].slice(0, mostLinks).flatMap((i, k) => [k > 0 ? ", " : "", stepLink(i)]);
    const more = r.at[n].length - mostLinks;
    return el("p", {class: "mx-met"}, run.backend + " at ", ...links, more > 0 ? " and " + steps(more) + " more" : "");
  });
  return el("article", {"data-divergence": r.name, tabindex: "-1"},
    el("p", {}, el("b", {}, r.name)), ...met,
    el("p", {class: "mx-cause"}, r.cause), r.source ? el("p", {class: "mx-source"}, "Source: " + r.source) : null);
}

// sentence is the first of a text.
function sentence(text) {
  const m = /^.*?[.!?](?= [A-Z]|$)/.exec(text.split("\n")[0]);
  return m ? m[0] : text.split("\n")[0];
}

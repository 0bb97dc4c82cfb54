// A finder finds rows by words: of a call, its answer, its handles, its actor
// or the name of its difference. A word stands for those that begin with it; a
// single letter, as handles have, for itself alone.
function finder(runs, rows, show, mark) {
  const input = el("input", {
    type: "search", class: "mx-words", autocomplete: "off", spellcheck: "false", list: "mx-known",
    placeholder: "call, handle, status, difference", "aria-label": "find (slash)",
  });
  const count = el("output", {class: "mx-hits"});
  const button = (text, label, act) => {
    const b = el("button", {type: "button", class: "mx-button", "aria-label": label, title: label}, text);
    b.addEventListener("click", act);
    return b;
  };
  const differing = rows.flatMap((row, i) => (row.differs ? [i] : []));
  let hits = [], current = 0;

  const wordsOf = []; // of each row, once they are wanted
  function search() {
    const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean).map((w) => " " + w + (w.length > 1 ? "" : " "));
    hits = [];
    if (wanted.length > 0) {
      rows.forEach((row, i) => {
        wordsOf[i] ??= row.steps.map((s) => (s ? words(s) : "")).join("");
        if (wanted.every((w) => wordsOf[i].includes(w))) hits.push(i);
      });
    }
    mark(new Set(hits));
    tell();
  }
  function tell() {
    const at = hits.indexOf(current - 1);
    count.textContent = !input.value.trim() ? "" : at < 0 ? hits.length + " found" : at + 1 + " of " + hits.length;
  }
  // jump shows the next of a list of rows, or the one before, round and round.
  function jump(list, by) {
    if (list.length === 0) return;
    const i = by > 0 ? list.find((i) => i > current - 1) : list.findLast((i) => i < current - 1);
    show((i ?? list.at(by > 0 ? 0 : -1)) + 1);
  }
  input.addEventListener("input", search);
  input.addEventListener("keydown", (e) => {
    if (e.key === "Enter") {
      e.preventDefault();
      jump(hits, e.shiftKey ? -1 : 1);
    } else if (e.key === "Escape") {
      if (input.value) e.preventDefault(); // what it is in stays open
      input.value = "";
      input.blur();
      search();
    }
    e.stopPropagation();
  });
  const known = el("datalist", {id: "mx-known"}, ...suggestions(runs).map((w) => el("option", {value: w})));
  return {
    element: el("div", {class: "mx-find", role: "search"},
      el("label", {}, "Find ", input), known,
      button("\u2191", "the one before (shift and Enter)", () => jump(hits, -1)),
      button("\u2193", "the next (Enter)", () => jump(hits, 1)), count,
      differing.length === 0 ? null : el("span", {class: "mx-jumps"},
        button("\u2260 first", "first difference (f)", () => show(differing[0] + 1)),
        button("\u2260 \u2190", "difference before (p)", () => jump(differing, -1)),
        button("\u2260 \u2192", "next difference (n)", () => jump(differing, 1)))),
    show(i) {
      current = i;
      tell();
    },
    focus: () => input.focus(),
    differences: {first: () => differing.length && show(differing[0] + 1), next: () => jump(differing, 1), before: () => jump(differing, -1)},
  };
}

// words are those that a step can be found by, each between blanks.
function words(s) {
  const text = [s.actor || "", s.call, s.got || "blocked", s.divergence || "", s.judged === "pass" ? "" : s.judged].join(" ").toLowerCase();
  return " " + [...(text.match(/[\p{L}\p{N}_]+/gu) || []), ...(text.match(/[\p{L}\p{N}_-]+/gu) || [])].join(" ") + " ";
}

// suggestions are the calls, statuses, handles and differences that there are,
// if they are not too many.
function suggestions(runs) {
  const list = new Set();
  for (const r of runs) {
    for (const d of r.named || []) list.add(d.name);
    for (const s of r.steps) {
      list.add(s.op);
      if (s.status) list.add(s.status);
    }
    for (const o of r.objects.slice(0, 50)) list.add(o.name);
    for (const a of r.actors) if (a) list.add(a);
  }
  return [...list].slice(0, 200);
}

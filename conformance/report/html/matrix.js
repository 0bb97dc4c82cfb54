// The matrix: a row for each group of clauses, or for each case, and a column
// for each backend. It is one grid: one stop of the Tab key, and arrow keys
// inside.

function drawMatrix(report, go) {
  const table = byId("matrix");
  const groups = byId("groups");
  const cases = byId("cases");
  let columns = null; // those that are drawn
  let rows = []; // of the cases
  let active = null; // the cell that Tab comes to

  // draw shows the columns of a filter and the rows that it matches, and
  // returns the cases that it lets through.
  function draw(filter, state) {
    const mode = rowsOf(state);
    if (columns === null || String(columns) !== String(filter.columns)) {
      columns = filter.columns;
      table.tHead.replaceChildren(...heads(report, columns));
      rows = [];
    }
    if (mode === "cases" && rows.length === 0) {
      rows = report.cases.map((c, i) => caseRow(report, c, i, columns));
      cases.replaceChildren(...rows);
    }
    const shown = [];
    report.cases.forEach((c, i) => {
      const through = filter.matches(c);
      if (through) shown.push(i);
      if (rows.length > 0) rows[i].hidden = !through;
    });
    const folding = active?.dataset.go === "fold" ? active.dataset.group : null;
    if (mode === "groups") groups.replaceChildren(...groupRows(report, columns, shown.map(i => report.cases[i]), state.open));
    groups.hidden = mode !== "groups";
    cases.hidden = mode !== "cases";
    if (folding !== null) activate(groups.querySelector(`[data-go="fold"][data-group="${folding}"]`), document.activeElement === document.body);
    if (!active || !active.isConnected || active.closest("[hidden]")) {
      activate((groups.hidden ? cases : groups).querySelector("tr:not([hidden]) > [data-go]"), false);
    }
    return shown;
  }

  function activate(cell, focus) {
    if (active) active.tabIndex = -1;
    active = cell;
    if (!cell) return;
    cell.tabIndex = 0;
    if (focus) {
      cell.focus({ preventScroll: true });
      cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  const visible = () => groups.hidden ? rows.filter(r => !r.hidden) : [...groups.rows];

  function move(cell, key, far) {
    const lines = visible();
    let y = lines.indexOf(cell.parentElement);
    let x = cell.cellIndex;
    const last = cell.parentElement.cells.length - 1;
    switch (key) {
      case "ArrowUp": y--; break;
      case "ArrowDown": y++; break;
      case "ArrowLeft": x--; break;
      case "ArrowRight": x++; break;
      case "PageUp": y -= 10; break;
      case "PageDown": y += 10; break;
      case "Home": x = 0; if (far) y = 0; break;
      case "End": x = last; if (far) y = lines.length - 1; break;
      default: return false;
    }
    y = Math.max(0, Math.min(lines.length - 1, y));
    activate(lines[y].cells[Math.max(0, Math.min(last, x))], true);
    return true;
  }

  table.addEventListener("keydown", e => {
    const cell = e.target.closest("[data-go]");
    if (!cell || e.altKey || e.metaKey) return;
    if (e.key === "Enter" || e.key === " ") {
      e.preventDefault();
      go(cell.dataset);
    } else if (move(cell, e.key, e.ctrlKey)) e.preventDefault();
  });
  table.addEventListener("click", e => {
    const cell = e.target.closest("[data-go]");
    if (!cell) return;
    activate(cell, true);
    go(cell.dataset);
  });
  return { draw, focus: (c, backend) => activate(cellOf(c, backend), true) };

  // cellOf is the cell of a case on a backend, or one nearby.
  function cellOf(c, backend) {
    const row = rows[c];
    if (cases.hidden || !row || row.hidden) return active;
    return row.cells[columns.indexOf(backend) + 1] || row.cells[0];
  }
}

// heads are the two lines above the columns: kinds over editions.
function heads(report, columns) {
  const kinds = el("tr", null, el("th", { rowspan: 2, scope: "col", class: "name" }, "Group or case"));
  const editions = el("tr");
  for (let n = 0; n < columns.length;) {
    const kind = report.backends[columns[n]].kind;
    let span = 0;
    for (; n < columns.length && report.backends[columns[n]].kind === kind; n++, span++) {
      const b = report.backends[columns[n]];
      editions.append(el("th", { scope: "col", class: span === 0 ? "first" : null, title: b.available ? null : `not available: ${b.why}` },
        b.edition, b.available ? "" : " (not here)"));
    }
    kinds.append(el("th", { colspan: span, scope: "colgroup", class: "first" }, kind));
  }
  return [kinds, editions];
}

// cellClass marks the first column of each kind.
function cellClass(report, columns, n) {
  const first = n === 0 || report.backends[columns[n - 1]].kind !== report.backends[columns[n]].kind;
  return first ? "first" : null;
}

// groupRows count the outcomes of the cases in each group that has any. A case
// that covers clauses of two groups counts in both. The groups whose letters are
// open have their cases below.
function groupRows(report, columns, cases, open) {
  const all = { letter: "", title: "All cases" };
  return [all, ...report.groups].flatMap(g => {
    const inside = g === all ? cases : cases.filter(c => report.covers(c, g.letter));
    if (g !== all && inside.length === 0) return [];
    const unfolded = g !== all && open.includes(g.letter);
    const below = unfolded ? inside.map(c => caseRow(report, c, report.caseNumber.get(c.name), columns)) : [];
    return [groupRow(report, columns, g, inside, unfolded), ...below];
  });
}

function groupRow(report, columns, g, cases, unfolded) {
  const folds = g.letter !== "";
  const row = el("tr", null, el("th", { scope: "row", class: "name", tabindex: -1, "data-go": folds ? "fold" : "group", "data-group": g.letter, "aria-expanded": folds ? String(unfolded) : null },
    folds ? el("span", { class: "fold", "aria-hidden": "true" }, unfolded ? "▾ " : "▸ ") : "",
    el("b", null, `${g.letter} ${g.title}`.trim()), " ", el("span", { class: "dim" }, plural(cases.length, "case"))));
  columns.forEach((i, n) => {
    const cell = el("td", { class: cellClass(report, columns, n), tabindex: -1, role: "gridcell", "data-go": "group", "data-group": g.letter, "data-on": i });
    for (const [name, o] of Object.entries(outcomes)) {
      const count = cases.filter(c => report.outcome(c, i) === name).length;
      if (count > 0) cell.append(el("div", { class: "tally", "data-outcome": name, title: `${count} ${o.word}: ${o.says}` },
        `${o.mark} ${count}`, el("span", { class: "said" }, ` ${o.word}`)));
    }
    row.append(cell);
  });
  return row;
}

function caseRow(report, c, number, columns) {
  const row = el("tr", null,
    el("th", { scope: "row", class: "name", tabindex: -1, title: c.doc, "data-go": "case", "data-case": number }, c.name));
  columns.forEach((i, n) => {
    const name = report.outcome(c, i);
    const o = outcomes[name];
    const cell = el("td", {
      class: cellClass(report, columns, n), tabindex: -1, role: "gridcell",
      "data-go": "case", "data-case": number, "data-on": i, "data-outcome": name,
    }, el("span", { class: "mark", "aria-hidden": "true" }, o.mark), el("span", { class: "said" }, ` ${o.word}`));
    cell.title = o.word;
    const names = report.result(c, i)?.divergences;
    if (names) cell.title += ": " + names.join(", ");
    row.append(cell);
  });
  return row;
}

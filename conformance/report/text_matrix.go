package report

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"mx.example/conformance"
	"mx.example/conformance/compare"
	"mx.example/conformance/report/text"
)

// matrixText draws a matrix, in parts if it is wider than the page. Where every
// backend passes every case, a line says so. It reports whether it drew cells
// that need a legend.
func matrixText(p *text.Page, m *compare.Matrix) bool {
	p.Line("")
	whole := m.Rows[len(m.Rows)-1]
	if !slices.ContainsFunc(whole.Cells, func(t compare.Tally) bool { return t.Pass < whole.Cases || !t.Available }) {
		p.Hanging(p.Bold(m.Title), "  ", fmt.Sprintf("; %s: all of %s pass", text.List(m.Heads, "and"), text.Plural(whole.Cases, "case")))
		return false
	}
	if m.Title != "" {
		p.Line("%s", p.Bold(m.Title))
	}
	first := 0
	widths := make([]int, len(m.Heads))
	for i, h := range m.Heads {
		widths[i] = utf8.RuneCountInString(h)
	}
	for _, row := range m.Rows {
		first = max(first, utf8.RuneCountInString(row.Name))
		for i, cell := range row.Cells {
			widths[i] = max(widths[i], len(cell.Text(row.Cases)))
		}
	}
	for from := 0; from < len(widths); {
		to, used := from, 2+first+len("  cases")
		for to < len(widths) && (to == from || used+2+widths[to] <= p.Width()) {
			used += 2 + widths[to]
			to++
		}
		if from > 0 {
			p.Line("")
		}
		matrixPart(p, m, first, widths, from, to)
		from = to
	}
	return true
}

// matrixPart draws some columns of a matrix. first is how wide the names of
// the rows are.
func matrixPart(p *text.Page, m *compare.Matrix, first int, widths []int, from, to int) {
	line := text.Pad("", first) + "  cases"
	for i := from; i < to; i++ {
		line += "  " + text.PadLeft(m.Heads[i], widths[i])
	}
	p.Line("  %s", p.In(text.Dim, line))
	for _, row := range m.Rows {
		line := text.Pad(row.Name, first) + "  " + text.PadLeft(fmt.Sprint(row.Cases), len("cases"))
		for i := from; i < to; i++ {
			cell := row.Cells[i]
			count := text.PadLeft(cell.Text(row.Cases), widths[i])
			switch {
			case cell.Bad > 0:
				count = p.In(text.Red, count)
			case cell.Available && cell.Pass == row.Cases:
				count = p.In(text.Green, count)
			}
			line += "  " + count
		}
		p.Line("  %s", line)
	}
}

// legend says how to read the cells.
func legend(p *text.Page) {
	p.Line("")
	p.Paragraph("  ", "40/12: 40 cases pass and 12 differ; the rest needs a call that has no counterpart. !n: n failed or are unexplained. A case of two groups counts in both.")
}

// pairText lists the cases in which two backends differ.
func pairText(p *text.Page, v *compare.PairView) {
	p.Heading("%s", v.Title())
	width := max(len(v.Left), len(v.Right))
	for _, x := range v.Answers {
		p.Line("")
		p.Line("  %s", x.Case.Name)
		p.Line("%s", text.Cut("    > "+x.Call(), p.Width()))
		for _, side := range []struct {
			name string
			step *conformance.StepResult
		}{{v.Left, x.Left}, {v.Right, x.Right}} {
			head := "        " + text.Pad(side.name, width) + "  "
			p.Hanging(head, text.Pad("", len(head)), x.Text(side.step))
		}
	}
	for _, why := range v.Reasons {
		p.Line("")
		p.Line("  %s cannot be tried on both: %s", text.Plural(len(v.Missing[why]), "case"), p.In(text.Yellow, why))
		p.Paragraph("    ", strings.Join(v.Missing[why], " "))
	}
}

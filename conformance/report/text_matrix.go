package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"mx.example/conformance"
	"mx.example/conformance/compare"
	"mx.example/conformance/report/text"
)

// matrixText draws the matrix.
func matrixText(p *text.Page, m *compare.Matrix) {
	p.Line("")
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
	line := text.Pad("", first) + "  cases"
	for i, h := range m.Heads {
		line += "  " + text.PadLeft(h, widths[i])
	}
	p.Line("  %s", p.In(text.Dim, line))
	for _, row := range m.Rows {
		line := text.Pad(row.Name, first) + "  " + text.PadLeft(fmt.Sprint(row.Cases), len("cases"))
		for i, cell := range row.Cells {
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
	p.Paragraph("  ", "all: every case passes. 40/12: 40 pass and 12 differ in named ways; the rest needs a call that POSIX has no counterpart for. !n: n failed or are unexplained. A case that covers clauses of two groups counts in both.")
}

// pairText lists the cases in which two backends differ.
func pairText(p *text.Page, v *compare.PairView) {
	p.Heading("%s", v.Title())
	width := max(len(v.Left), len(v.Right))
	for _, x := range v.Answers {
		p.Line("")
		p.Line("  %s", x.Case.Name)
		p.Line("%s", text.Cut("    > "+x.Call(), text.Width))
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

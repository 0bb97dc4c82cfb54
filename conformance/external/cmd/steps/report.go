package main

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"unicode/utf8"
)

// mostFunctions is how many functions are listed of a program.
const mostFunctions = 30

const legend = `
Instructions of a turn, the mean of %d: above the line a byte there and a byte
back between two goroutines, below it a write and a read by one.
  runtime   the scheduler and the channels; memmove apart
  sync      what of the mutexes was called: locking a free one is copied
            into its caller, and counts there
  loop      the loop itself, and all there is of a program without sockets
  other     the clock that the kernel lends the scheduler, and the rest
  atomics   how many of the instructions read and write memory in one
  ratio     of the instructions, to those of two channels, or to the ring's
Code that the compiler copied into another function counts for that function.
%s %s/%s
`

// writeReport prints the table, and the functions of each program if they are
// wanted.
func writeReport(w io.Writer, counts []count, functions bool) error {
	of := map[string]float64{}
	for _, c := range counts {
		of[c.name] = c.instructions
	}
	header := append([]string{"", "instructions"}, partNames[:]...)
	rows := [][]string{append(header, "atomics", "ratio")}
	for i, c := range counts {
		if i > 0 && (c.than == twoChannels) != (counts[i-1].than == twoChannels) {
			rows = append(rows, nil)
		}
		row := []string{c.name, whole(c.instructions)}
		for _, n := range c.parts {
			row = append(row, whole(n))
		}
		ratio := "–"
		if than := of[c.than]; than > 0 {
			ratio = fmt.Sprintf("%.2f", c.instructions/than)
		}
		rows = append(rows, append(row, whole(c.atomics), ratio))
	}
	var b strings.Builder
	table(&b, rows)
	fmt.Fprintf(&b, legend, countedTurns, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	if functions {
		for _, c := range counts {
			fmt.Fprintf(&b, "\n%s\n", c.name)
			for _, f := range c.functions[:min(mostFunctions, len(c.functions))] {
				fmt.Fprintf(&b, "%8.1f  %s\n", f.instructions, f.name)
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// whole is n without its fraction, and a dash for nothing at all.
func whole(n float64) string {
	if n == 0 {
		return "–"
	}
	return fmt.Sprintf("%.0f", n)
}

// table writes the rows with their columns below one another: names to the
// left, numbers to the right. An empty row becomes a line.
func table(b *strings.Builder, rows [][]string) {
	widths := make([]int, len(rows[0]))
	total := 2 * (len(widths) - 1)
	for i := range widths {
		for _, row := range rows {
			if row != nil {
				widths[i] = max(widths[i], utf8.RuneCountInString(row[i]))
			}
		}
		total += widths[i]
	}
	for _, row := range rows {
		if row == nil {
			fmt.Fprintln(b, strings.Repeat("-", total))
			continue
		}
		for i, cell := range row {
			if i == 0 {
				fmt.Fprintf(b, "%-*s", widths[i], cell)
			} else {
				fmt.Fprintf(b, "  %*s", widths[i], cell)
			}
		}
		b.WriteByte('\n')
	}
}

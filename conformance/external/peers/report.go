package peers

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"

	"mx.example/conformance/external/baseline"
)

// A Report is everything measured in one run.
type Report struct {
	Subjects []baseline.Subject
	Samples  Samples
	Idle     map[string]float64 // bytes of an idle pair, by subject
	Drained  float64            // bytes that a drained pair keeps
	Million  float64            // bytes of a million pairs
	Allocs   map[string]Allocs  // by subject
}

// Allocs are the allocations a turn of the workload that makes most of them.
type Allocs struct {
	Workload string
	N        float64
}

// Run measures all of it.
func Run(ctx context.Context, o Options) (*Report, error) {
	// What takes much memory would slow down the collections of the others,
	// and what they leave would be taken for its own: so memory first, the
	// peers next, and the crowd last.
	r := &Report{Subjects: Subjects(), Idle: map[string]float64{}, Allocs: map[string]Allocs{}}
	step := func(what string) error {
		if o.Progress != nil {
			o.Progress(0, 1, what)
		}
		return ctx.Err()
	}
	var err error
	for _, s := range r.Subjects {
		if s.Idle == nil || s.Unavailable != nil {
			continue
		}
		if err := step("memory, " + s.Name); err != nil {
			return nil, err
		}
		if r.Idle[s.Name], err = IdleMemory(s); err != nil {
			return nil, fmt.Errorf("memory of %s: %w", s.Name, err)
		}
	}
	if err := step("memory of drained pairs"); err != nil {
		return nil, err
	}
	if r.Drained, err = DrainedMemory(); err != nil {
		return nil, err
	}
	if err := step("memory of a million pairs"); err != nil {
		return nil, err
	}
	if r.Million, err = MillionPairs(); err != nil {
		return nil, err
	}
	if err := step("allocations"); err != nil {
		return nil, err
	}
	for _, s := range sockets() {
		workload, n, err := Allocations(s)
		if err != nil {
			return nil, err
		}
		r.Allocs[s.Name] = Allocs{workload, n}
	}
	if r.Samples, err = Measure(ctx, append(Cells(r.Subjects), contentionCells()...), o); err != nil {
		return nil, err
	}
	crowd, err := crowdCells()
	if err != nil {
		return nil, err
	}
	samples, err := Measure(ctx, crowd, o)
	for key, s := range samples {
		r.Samples[key] = s
	}
	return r, err
}

// WriteText prints the ratios, then what they were made of, and where.
func (r *Report) WriteText(w io.Writer) error {
	var b strings.Builder
	ratios := [][]string{{"what to reach", "of", "over", "ratio", "rounds from–to", "wanted", "reached"}}
	for _, c := range r.Claims() {
		ratios = append(ratios, c.row())
	}
	table(&b, ratios)
	b.WriteString("\nHow many times as long the sockets take, within a round, or how many times the bytes: below 1 is better.\n\n")
	table(&b, r.ratios())
	b.WriteString("\nMedians, ± half the distance of the quartiles. ns a turn; streams MB/s; idle pairs bytes.\n\n")
	table(&b, r.medians())
	for _, s := range r.Subjects {
		if s.Unavailable != nil {
			fmt.Fprintf(&b, "\n%s is unavailable: %v\n", s.Name, s.Unavailable)
		}
	}
	fmt.Fprintf(&b, "\nAn idle pair of %s and %s is memory of the kernel, and an estimate. An idle %s goes one way.\n",
		baseline.UnixStream, baseline.Pipe2, baseline.IOPipe)
	fmt.Fprintf(&b, "%s %s/%s, %s, %d CPUs, GOMAXPROCS %d\n", runtime.Version(), runtime.GOOS, runtime.GOARCH,
		cpu(), runtime.NumCPU(), runtime.GOMAXPROCS(0))
	_, err := io.WriteString(w, b.String())
	return err
}

// columns are the workloads of the tables, and how many bytes a turn of those
// moves that are shown as a rate.
func columns() (names []string, bytes map[string]int) {
	bytes = map[string]int{}
	for _, n := range WriteReadSizes {
		names = append(names, WriteRead(n))
	}
	for _, n := range StreamSizes {
		names = append(names, Stream(n))
		bytes[Stream(n)] = n
	}
	return append(names, PingPong, CreateClose), bytes
}

// ratios have a row for each pair of a stream, in one of the two styles, and
// something else that does some of the same work, and a column for each
// workload.
func (r *Report) ratios() [][]string {
	names, _ := columns()
	rows := [][]string{slices.Concat([]string{""}, names, []string{"idle pair"})}
	for _, socket := range []string{MXStream, MXBlocking} {
		for _, s := range r.Subjects[len(sockets()):] {
			row, any := []string{socket + " over " + s.Name}, false
			cell := func(got Sample) {
				if len(got) == 0 {
					row = append(row, "–")
					return
				}
				row, any = append(row, digits(got.Median())), true
			}
			for _, name := range names {
				cell(r.Samples.Of(name, socket).Over(r.Samples.Of(name, s.Name)))
			}
			mine, theirs := r.Idle[socket], r.Idle[s.Name]
			if mine > 0 && theirs > 0 {
				cell(Sample{mine / theirs})
			} else {
				cell(nil)
			}
			if any {
				rows = append(rows, row)
			}
		}
	}
	return rows
}

// digits are those of a ratio that mean something.
func digits(v float64) string {
	if v < 0.0995 {
		return fmt.Sprintf("%.3f", v)
	}
	return ratio(v)
}

// medians has a row for each subject and a column for each workload.
func (r *Report) medians() [][]string {
	names, bytes := columns()
	rows := [][]string{slices.Concat([]string{""}, names, []string{"idle pair"})}
	for _, s := range r.Subjects {
		row := []string{s.Name}
		for _, name := range names {
			row = append(row, median(r.Samples.Of(name, s.Name), bytes[name]))
		}
		if b, ok := r.Idle[s.Name]; ok {
			row = append(row, group(b))
		} else {
			row = append(row, "–")
		}
		rows = append(rows, row)
	}
	return rows
}

func median(s Sample, bytes int) string {
	if s == nil {
		return "–"
	}
	v := s.Median()
	spread := 100 * s.Spread() / v
	if bytes > 0 {
		v = float64(bytes) / v * 1e3
	}
	return fmt.Sprintf("%s ±%.0f%%", group(v), spread)
}

// group writes a number with as many digits as mean something, and a comma
// between thousands.
func group(v float64) string {
	if v < 99.95 {
		return fmt.Sprintf("%.1f", v)
	}
	s := fmt.Sprintf("%.0f", math.Round(v))
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// table writes rows with their columns aligned: the first to the left, the
// others to the right.
func table(b *strings.Builder, rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], len([]rune(cell)))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-len([]rune(cell)))
			if i == 0 {
				line.WriteString(cell + pad)
			} else {
				line.WriteString("  " + pad + cell)
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}

// cpu is what the machine calls its processor, where it says so.
func cpu() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err == nil {
		for line := range strings.Lines(string(text)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				return strings.TrimSpace(value)
			}
		}
	}
	return "unknown CPU"
}

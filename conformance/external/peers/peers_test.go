package peers

import (
	"context"
	"strings"
	"testing"
	"time"

	"mx.example/conformance/external/baseline"
)

// The benchmarks are named so that benchstat puts the subjects side by side:
//
//	go test -run - -bench . -count 6 ./peers | benchstat -col /subject -
func benchmark(b *testing.B, cells []Cell, param string) {
	for _, c := range cells {
		name := "subject=" + c.Subject
		if param != "" {
			name = param + "/" + name
		}
		b.Run(name, func(b *testing.B) {
			l, err := c.Make()
			if err != nil {
				b.Fatal(err)
			}
			if l.Close != nil {
				defer l.Close()
			}
			if c.Bytes > 0 {
				b.SetBytes(int64(c.Bytes))
			}
			b.ReportAllocs()
			b.ResetTimer()
			if err := l.Run(b.N); err != nil {
				b.Fatal(err)
			}
		})
	}
}

func pick(workload string) (cells []Cell) {
	for _, c := range Cells(Subjects()) {
		if c.Workload == workload {
			cells = append(cells, c)
		}
	}
	return cells
}

func BenchmarkWriteRead(b *testing.B) {
	for _, size := range WriteReadSizes {
		benchmark(b, pick(WriteRead(size)), "size="+strings.ReplaceAll(sizeName(size), " ", ""))
	}
}

func BenchmarkStream(b *testing.B) {
	for _, size := range StreamSizes {
		benchmark(b, pick(Stream(size)), "size="+strings.ReplaceAll(sizeName(size), " ", ""))
	}
}

func BenchmarkPingPong(b *testing.B)    { benchmark(b, pick(PingPong), "") }
func BenchmarkCreateClose(b *testing.B) { benchmark(b, pick(CreateClose), "") }
func BenchmarkTwoSockets(b *testing.B)  { benchmark(b, contentionCells(), "") }

// BenchmarkCrowd measures calls in a table of a million handles beside a table
// of two.
func BenchmarkCrowd(b *testing.B) {
	cells, err := crowdCells()
	if err != nil {
		b.Fatal(err)
	}
	benchmark(b, cells[:2], "call=write+read")
	benchmark(b, cells[2:], "call=create+close")
}

// BenchmarkIdlePair reports the memory of an idle pair as B/pair.
func BenchmarkIdlePair(b *testing.B) {
	for _, s := range Subjects() {
		if s.Idle == nil || s.Unavailable != nil {
			continue
		}
		b.Run("subject="+s.Name, func(b *testing.B) {
			var bytes float64
			for b.Loop() {
				var err error
				if bytes, err = IdleMemory(s); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(bytes, "B/pair")
		})
	}
}

// Every socket is held against everything that does the same work.
func TestRatios(t *testing.T) {
	r := &Report{Subjects: Subjects(), Samples: Samples{}, Idle: map[string]float64{MXStream: 400, baseline.NetPipe: 1600}}
	for subject, ns := range map[string]float64{MXStream: 10, MXBlocking: 5, baseline.GVisor: 40, baseline.IOPipe: 20} {
		r.Samples[[2]string{PingPong, subject}] = Sample{ns, ns, ns}
	}
	got := map[string]string{}
	for _, row := range r.ratios()[1:] {
		got[row[0]] = row[len(row)-3] + " " + row[len(row)-1] // ping-pong, idle pair
	}
	for name, want := range map[string]string{
		MXStream + " over " + baseline.GVisor:   "0.25 –",
		MXStream + " over " + baseline.IOPipe:   "0.50 –",
		MXBlocking + " over " + baseline.GVisor: "0.12 –",
		MXBlocking + " over " + baseline.IOPipe: "0.25 –",
		MXStream + " over " + baseline.NetPipe:  "– 0.25",
	} {
		if got[name] != want {
			t.Errorf("%s: %q, want %q", name, got[name], want)
		}
	}
	if len(got) != 5 {
		t.Errorf("rows: %v", got)
	}
}

// A short run fills every claim and every cell of the table.
func TestReportIsWhole(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes a million sockets: run without -short")
	}
	steps := 0
	r, err := Run(context.Background(), Options{
		Rounds:   2,
		Time:     100 * time.Microsecond,
		Progress: func(int, int, string) { steps++ },
	})
	if err != nil {
		t.Fatal(err)
	}
	if steps < len(Cells(r.Subjects)) {
		t.Errorf("progress was told of %d steps, want one a cell at least", steps)
	}
	available := true
	for _, s := range r.Subjects {
		available = available && s.Unavailable == nil
	}
	for _, c := range r.Claims() {
		if len(c.Got) == 0 && available {
			t.Errorf("%s, %s over %s: nothing was measured", c.What, c.Of, c.Over)
		}
	}
	for name, a := range r.Allocs {
		if a.N >= 0.1 {
			t.Errorf("%s, %s: %v allocations a turn, want none", name, a.Workload, a.N)
		}
	}
	var b strings.Builder
	if err := r.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"write+read 64 KiB", baseline.BufConn, MXDatagram, "heap of an idle pair", "GOMAXPROCS"} {
		if !strings.Contains(b.String(), word) {
			t.Errorf("the report does not mention %q:\n%s", word, b.String())
		}
	}
}

func TestMeasureStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cells := []Cell{{"work", "a", 0, func() (baseline.Loop, error) {
		return baseline.Loop{Run: func(int) error { cancel(); return nil }}, nil
	}}}
	if _, err := Measure(ctx, cells, Options{Rounds: 1000, Time: time.Nanosecond}); err != context.Canceled {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func TestSample(t *testing.T) {
	s := Sample{40, 10, 20, 30}
	if m := s.Median(); m != 25 {
		t.Errorf("median of %v: %v, want 25", s, m)
	}
	if d := s.Spread(); d != 7.5 {
		t.Errorf("spread of %v: %v, want 7.5", s, d)
	}
	over := s.Over(Sample{20, 20, 20})
	if len(over) != 3 || over[0] != 2 || over[1] != 0.5 || over[2] != 1 {
		t.Errorf("%v over 20: %v", s, over)
	}
	if over := s.Over(nil); len(over) != 0 {
		t.Errorf("over nothing: %v", over)
	}
}

func TestGroup(t *testing.T) {
	for v, want := range map[float64]string{0: "0.0", 3.14: "3.1", 99.96: "100", 999.6: "1,000", 123456.7: "123,457", 1e6: "1,000,000"} {
		if got := group(v); got != want {
			t.Errorf("group(%v) = %q, want %q", v, got, want)
		}
	}
}

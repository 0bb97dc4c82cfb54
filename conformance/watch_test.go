package conformance_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// A notebook writes down what it sees, and looks at the kernel each time.
type notebook struct{ lines []string }

func (n *notebook) Observe(m *conformance.Machine, s *trace.Step, r *trace.Result) {
	line := s.Call.Op.String()
	if r != nil {
		line += " " + r.Text(&s.Call)
	}
	if p, h := m.Handle("b"); p != nil {
		count, err := p.Outstanding(h)
		line += fmt.Sprintf("; %d inbound, %v", count, err)
	}
	n.lines = append(n.lines, line)
}

// TestWatchCase shows every step once it has been made, and changes nothing of
// the result.
func TestWatchCase(t *testing.T) {
	cases, err := trace.Parse("watch.mx", strings.NewReader(`case watched

create stream -> OK a b
w: wait b READABLE until=never
write a "hello" -> OK 5
w: -> OK READABLE ...
read b 3 -> OK "hel"
write a "x" -> OK 2
write a "never made" -> OK 10
`))
	if err != nil {
		t.Fatal(err)
	}
	var n notebook
	r := conformance.WatchCase(t.Context(), inproc.Backend(), handle.Manual, &cases[0], &n)
	want := []string{
		"create OK a b; 0 inbound, <nil>",
		"wait; 0 inbound, <nil>",
		"write OK 5; 5 inbound, <nil>",
		"wait OK READABLE WRITABLE LAST_HANDLE; 5 inbound, <nil>",
		`read OK "hel"; 2 inbound, <nil>`,
		"write OK 1; 3 inbound, <nil>",
	}
	if !slices.Equal(n.lines, want) {
		t.Errorf("saw\n%s\nwant\n%s", strings.Join(n.lines, "\n"), strings.Join(want, "\n"))
	}
	alone := conformance.RunCase(t.Context(), inproc.Backend(), handle.Manual, &cases[0])
	if r.Outcome != conformance.Fail || r.Detail != alone.Detail || len(r.Steps) != len(want) || len(alone.Steps) != len(want) {
		t.Errorf("watched: %s, %s; not watched: %s, %s", r.Outcome, r.Detail, alone.Outcome, alone.Detail)
	}
	if s := r.Steps[4]; s.Status != 0 || s.Count != 3 {
		t.Errorf("the read has status %v and count %d", s.Status, s.Count)
	}
}

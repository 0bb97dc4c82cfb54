package conformance

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"mx.example/conformance/trace"
)

// Expectations are cases that are known to fail, each with a reason: on a
// kernel that is not finished, or that differs on purpose. A run in which
// exactly those fail is green. One of them that does not fail is news, and must
// be taken off the list.
//
// As text each is a line: the backend (KIND:EDITION), the case, and the reason
// to the end of the line. Blank lines and those that begin with # are skipped.
type Expectations struct {
	reasons map[expected]string
}

type expected struct{ backend, name string }

// ParseExpectations reads expectations. name is that of the file, for errors,
// which say which line is wrong and how. The cases are those of the suite, and
// more.
func ParseExpectations(name string, r io.Reader, more ...trace.Case) (*Expectations, error) {
	known := make(map[string]bool)
	for _, c := range more {
		known[c.Name] = true
	}
	for _, c := range authored() {
		known[c.Name] = true
	}
	e := &Expectations{reasons: make(map[expected]string)}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		words := strings.Fields(line)
		switch {
		case len(words) < 3:
			return nil, fmt.Errorf("%s:%d: expected BACKEND:EDITION, the name of a case and the reason why it fails", name, n)
		case !strings.Contains(words[0], ":"):
			return nil, fmt.Errorf("%s:%d: %q is no backend with its edition; expected one such as mx:manual", name, n, words[0])
		case !known[words[1]]:
			return nil, fmt.Errorf("%s:%d: the suite has no case %q; \"mxconform list cases\" prints those that there are", name, n, words[1])
		}
		key := expected{words[0], words[1]}
		if e.reasons[key] != "" {
			return nil, fmt.Errorf("%s:%d: %s on %s is there already; expected each once", name, n, key.name, key.backend)
		}
		e.reasons[key] = strings.Join(words[2:], " ")
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return e, nil
}

// Reason returns why the case is expected to fail on the backend, or "" if it
// is not. Nil Expectations expect nothing to fail.
func (e *Expectations) Reason(backend, name string) string {
	if e == nil {
		return ""
	}
	return e.reasons[expected{backend, name}]
}

// WriteExpectations writes what failed in r as expectations, in the order of
// the report. A case that was expected to fail keeps its reason; the reason of
// the others is the first line of what was wrong, for the author to replace.
func WriteExpectations(w io.Writer, r *Report) error {
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "# Cases that are known to fail: BACKEND:EDITION, the case, and why.")
	for i := range r.Backends {
		for _, c := range r.Cases {
			res := c.Results[i]
			if res == nil || res.Outcome != Fail && res.Outcome != Unexplained {
				continue
			}
			why := res.Expected
			if why == "" {
				why, _, _ = strings.Cut(res.Detail, "\n")
			}
			fmt.Fprintf(out, "%s %s %s\n", res.Backend, res.Case, why)
		}
	}
	return out.Flush()
}

package explore

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/oracle"
	"mx.example/handle"
)

// ParseKnown reads the kinds of differences that are known: a [Failure.Kind]
// a line. Blank lines and those that begin with # are skipped. name is that of
// the file, for errors.
func ParseKnown(name string, r io.Reader) ([]string, error) {
	var kinds []string
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		if !strings.Contains(line, ": ") {
			return nil, fmt.Errorf("%s:%d: %q is no kind of difference; expected one as a report has it, such as \"write: OK instead of SHOULD_WAIT\"", name, n, line)
		}
		kinds = append(kinds, line)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return kinds, nil
}

// follow boots a kernel of b whose known differences are followed.
func follow(b conformance.Backend, e handle.Edition, known []string) (*conformance.Follower, error) {
	f, err := conformance.Follow(b, e)
	if err == nil {
		for _, kind := range known {
			f.Know(knownDivergence(b, kind))
		}
	}
	return f, err
}

// knownDivergence describes the answers that differ in one kind. What follows
// is a guess: the state that the contract has next if both succeed, and
// otherwise no change. If it is wrong, the next difference shows it.
func knownDivergence(b conformance.Backend, kind string) conformance.Divergence {
	return conformance.Divergence{
		Name: kind, Kinds: []string{b.Name()},
		Match: func(s *conformance.Situation) bool {
			want := &s.Allowed[0].Want
			for i := range s.Allowed {
				if s.Allowed[i].Want.Status == s.Result.Status {
					want = &s.Allowed[i].Want
					break
				}
			}
			return kindOf(s.Call, want, s.Result) == kind
		},
		Next: func(s *conformance.Situation) *oracle.State {
			if o := s.Allowed[0]; o.Want.Status == s.Result.Status {
				return o.Next
			}
			return s.State
		},
	}
}

package conformance

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// Test runs the authored suite on b, in every edition that b has, each case as
// a subtest EDITION/CASE. A case that b does not support is skipped with the
// reason. A failure shows the case, the clauses in words, the calls up to the
// failure, what was wanted and what came, and the command that runs the one
// case again.
//
// If b is a [Diverger], differences that one of its divergences describes are
// logged, and only others fail.
//
// Cases run in parallel, each on a kernel of its own.
func Test(t *testing.T, b Backend) {
	if err := b.Available(); err != nil {
		t.Skipf("%s is not available: %v", b.Name(), err)
	}
	cases := Cases()
	for _, e := range b.Editions() {
		t.Run(e.String(), func(t *testing.T) {
			for i := range cases {
				c := &cases[i]
				if !c.For(e) {
					continue
				}
				t.Run(c.Name, func(t *testing.T) {
					t.Parallel()
					r := RunCase(t.Context(), b, e, c)
					switch r.Outcome {
					case Pass:
					case Differs:
						t.Logf("differs: %s\n%s", strings.Join(r.Divergences, ", "), r.Detail)
					case UnsupportedCase:
						t.Skip(r.Detail)
					default:
						t.Error(Failure(c, &r, replay(t.Name())))
					}
				})
			}
		})
	}
}

// replay is the command that runs one test again.
func replay(name string) string {
	parts := strings.Split(name, "/")
	for i, p := range parts {
		parts[i] = "^" + regexp.QuoteMeta(p) + "$"
	}
	return fmt.Sprintf("go test -run '%s'", strings.Join(parts, "/"))
}

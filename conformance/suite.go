package conformance

import (
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"mx.example/conformance/trace"
)

//go:embed cases/*.mx
var files embed.FS

// Cases returns the authored suite, in the order of the files' names and of
// the lines in them. The slice is the caller's own; what is in it is shared
// and not to be changed.
func Cases() []trace.Case { return slices.Clone(authored()) }

// authored parses the suite once. The files are part of the program, and a
// test reads every one of them, so a malformed file is a mistake of the build.
var authored = sync.OnceValue(func() []trace.Case {
	names, err := fs.Glob(files, "cases/*.mx")
	if err != nil {
		panic(err)
	}
	var cases []trace.Case
	for _, name := range names {
		f, err := files.Open(name)
		if err != nil {
			panic(err)
		}
		more, err := trace.Parse("conformance/"+name, f)
		if err != nil {
			panic(fmt.Sprintf("conformance: the suite does not parse:\n%v", err))
		}
		cases = append(cases, more...)
	}
	return cases
})

// Test runs the authored suite on b, in every edition that b has, each case as
// a subtest EDITION/CASE. A case that b does not support is skipped with the
// reason. A failure shows the case, the clauses in words, the calls up to the
// failure, what was wanted and what came, and the command that runs the one
// case again.
//
// If b is a [Diverger], differences that one of its divergences describes are
// logged, and only others fail.
//
// At the end of an edition the reasons why cases were skipped are logged, each
// once. Cases that o.Expect says are known to fail are skipped with the reason
// if they do, and fail the test if they do not; of o nothing else counts.
//
// Cases run in parallel, each on a kernel of its own.
func Test(t *testing.T, b Backend, o ...Options) {
	var expect *Expectations
	for i := range o {
		expect = o[i].Expect
	}
	if err := b.Available(); err != nil {
		t.Skipf("%s is not available: %v", b.Name(), err)
	}
	cases := Cases()
	for _, e := range b.Editions() {
		t.Run(e.String(), func(t *testing.T) {
			var mu sync.Mutex
			skipped := make(map[string]int) // by reason
			t.Cleanup(func() {
				for _, r := range reasons(skipped) {
					t.Logf("%d cases skipped: %s", r.Cases, r.Why)
				}
			})
			for i := range cases {
				c := &cases[i]
				if !c.For(e) {
					continue
				}
				t.Run(c.Name, func(t *testing.T) {
					t.Parallel()
					r := RunCase(t.Context(), b, e, c)
					if why := expect.Reason(r.Backend, r.Case); why != "" {
						if !r.Outcome.Bad() {
							t.Errorf("%s was expected to fail (%s), and the outcome is %s: take it off the list", c.Name, why, r.Outcome)
						}
						t.Skipf("fails as expected: %s\n%s", why, r.Detail)
					}
					switch r.Outcome {
					case Pass:
					case Differs:
						t.Logf("differs: %s\n%s", strings.Join(r.Divergences, ", "), r.Detail)
					case UnsupportedCase:
						mu.Lock()
						skipped[r.Reason]++
						mu.Unlock()
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

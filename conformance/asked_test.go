package conformance_test

import (
	"testing"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// unwritable is a backend that never shows WRITABLE, and says so by name where it is
// asked about.
func unwritable() *divergent {
	d := &divergent{}
	d.name = "unwritable"
	d.waitOne = func(p *mutantProcess, h handle.Handle, s handle.Signals, until time.Time, parked func()) (handle.Signals, error) {
		seen, err := p.RawProcess.WaitOne(h, s, until, parked)
		return seen &^ handle.Writable, err
	}
	d.waitMany = func(p *mutantProcess, items []handle.WaitItem, until time.Time, parked func()) error {
		err := p.RawProcess.WaitMany(items, until, parked)
		for i := range items {
			items[i].Pending &^= handle.Writable
		}
		return err
	}
	d.list = []conformance.Divergence{{
		Name: "no-writable", Kinds: []string{"unwritable"},
		Match: func(s *conformance.Situation) bool {
			return s.Call.Op == trace.OpWait || s.Call.Op == trace.OpWaitMany || s.Call.Op == trace.OpSignals
		},
	}}
	return d
}

// TestOnlyWhatIsAskedDiffers holds a diverger to the signals that a line asks
// about, and to no others.
func TestOnlyWhatIsAskedDiffers(t *testing.T) {
	const pair = "case c\ncreate stream -> OK a b\nwrite a \"x\" -> OK 1\n"
	for line, want := range map[string]conformance.Outcome{
		"wait b READABLE until=past -> OK READABLE ...":                                      conformance.Pass,
		"wait b READABLE until=past -> OK READABLE !PEER_CLOSED ...":                         conformance.Pass,
		"wait b READABLE until=past -> OK ...":                                               conformance.Pass,
		"signals b -> OK READABLE LAST_HANDLE ...":                                           conformance.Pass,
		"wait b READABLE until=past -> OK READABLE WRITABLE ...":                             conformance.Differs,
		"wait b READABLE until=past -> OK READABLE !WRITABLE ...":                            conformance.Differs,
		"wait b READABLE until=past -> OK READABLE WRITABLE LAST_HANDLE":                     conformance.Differs,
		"wait b READABLE until=past -> OK READABLE ... | TIMED_OUT none":                     conformance.Differs,
		"wait b READABLE until=past -> OK READABLE ... | BAD_HANDLE":                         conformance.Pass,
		"wait b READABLE until=past":                                                         conformance.Differs,
		"wait-many b:READABLE a:none until=past -> OK (READABLE ...) (LAST_HANDLE ...)":      conformance.Pass,
		"wait-many b:READABLE a:none until=past -> OK (READABLE ...) (WRITABLE ...)":         conformance.Differs,
		"wait-many b:READABLE a:none until=past -> OK (READABLE ...) (WRITABLE LAST_HANDLE)": conformance.Differs,
		"w: wait b READABLE until=never -> OK READABLE ...":                                  conformance.Pass,
	} {
		if r := run(t, unwritable(), parse(t, pair+line+"\n")); r.Outcome != want {
			t.Errorf("%s: %s, want %s: %s", line, r.Outcome, want, r.Detail)
		}
	}
}

// TestWhatIsAskedIsTheContracts holds the answers to the contract's, and not to
// those of the line: a line that is wrong makes nothing right.
func TestWhatIsAskedIsTheContracts(t *testing.T) {
	d := unwritable()
	d.list = nil
	r := run(t, d, parse(t, "case c\ncreate stream -> OK a b\nsignals b -> OK !WRITABLE ...\n"))
	expect(t, r, conformance.Unexplained, "signals b: wanted OK WRITABLE ..., got OK LAST_HANDLE")
}

package conformance_test

import (
	"testing"

	"mx.example/conformance/inproc"
	"mx.example/handle"
	"mx.example/status"
)

// repeating makes a backend that gives out a few values in turn.
func repeating(values int) *mutant {
	return &mutant{
		duplicate: func(p *mutantProcess, h handle.Handle, r handle.Rights) (handle.Handle, error) {
			p.k.count++
			return handle.Handle(1 + p.k.count%values), nil
		},
		close: func(p *mutantProcess, h handle.Handle) error { return nil },
	}
}

func TestChurn(t *testing.T) {
	for values, want := range map[int]string{
		1:    "ALREADY_EXISTS (the value 1 was given out again after 1 handles)",
		64:   "ALREADY_EXISTS (the value 1 was given out again after 64 handles)",
		999:  "ALREADY_EXISTS (the value 2 was given out again after 999 handles)",
		1000: "OK 1000",
	} {
		m := machine(t, repeating(values))
		doAll(t, m, "create stream -> OK a b => OK a b")
		if got := do(t, m, "churn a count=1000"); got != want {
			t.Errorf("%d values in turn: wanted %s, got %s", values, want, got)
		}
	}
}

func TestChurnEndsWithTheStatusOfACallThatFails(t *testing.T) {
	doAll(t, machine(t, inproc.Backend()), `
		create stream -> OK a b => OK a b
		churn a count=0 => OK 0
		churn a count=70 => OK 70
		signals a => OK WRITABLE LAST_HANDLE
		close a => OK
		churn a count=5 => BAD_HANDLE
	`)
	m := machine(t, &mutant{close: func(p *mutantProcess, h handle.Handle) error {
		if p.k.count++; p.k.count == 3 {
			return status.ErrBadState
		}
		return p.RawProcess.Close(h)
	}})
	doAll(t, m, `
		create stream -> OK a b => OK a b
		churn a count=5 => BAD_STATE
	`)
}

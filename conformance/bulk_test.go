package conformance_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/conformance"
	"mx.example/handle"
	"mx.example/status"
)

// drop keeps the first byte of the third read from the reader.
func drop(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
	if p.k.count++; p.k.count == 3 {
		var one [1]byte
		if n, err := p.RawProcess.Read(h, options, one[:]); err != nil {
			return n, err
		}
	}
	return p.RawProcess.Read(h, options, b)
}

func TestPump(t *testing.T) {
	for _, test := range []struct {
		what   string
		b      *mutant
		create string
		want   string
	}{
		{"a stream", &mutant{}, "create stream", "OK 100000"},
		{"a stream of one byte", &mutant{}, "create stream capacity=1", "OK 100000"},
		{"datagrams", &mutant{}, "create datagram", "OK 100000"},
		{"datagrams larger than the socket", &mutant{}, "create datagram capacity=3", "OK 100000"},
		{"a byte too few", &mutant{read: drop}, "create stream capacity=64",
			"IO_DATA_INTEGRITY (byte 64 is 0x2c and should be 0x8d)"},
		{"a datagram too few", &mutant{write: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			if p.k.count++; p.k.count == 1 {
				return len(b), nil
			}
			return p.RawProcess.Write(h, options, b)
		}}, "create datagram", "IO_DATA_INTEGRITY"},
		{"everything lost", &mutant{write: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			return len(b), nil
		}}, "create stream", "TIMED_OUT (nothing more arrives: 100000 bytes were accepted and 0 came out)"},
		{"nothing accepted", &mutant{write: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			return 0, nil
		}}, "create stream", "TIMED_OUT (nothing more arrives: 0 bytes were accepted and 0 came out)"},
		{"no reason to wait and nothing to read", &mutant{
			read: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) { return 0, nil },
		}, "create stream", "TIMED_OUT"},
		{"bytes that nobody wrote", &mutant{read: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			n := copy(b, "\x00\x9e\x3c\xda")
			if p.k.count++; p.k.count > 1 {
				return 0, status.ErrShouldWait
			}
			return n, nil
		}, write: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			return 0, status.ErrShouldWait
		}}, "create stream", "INTERNAL"},
		{"more than was given", &mutant{write: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			return len(b) + 1, nil
		}}, "create stream", "INTERNAL (a write of "},
		{"more than there was room for", &mutant{read: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			return len(b) + 1, nil
		}}, "create stream", "INTERNAL (a read into "},
		{"no waiting", &mutant{
			read: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
				return 0, status.ErrShouldWait
			},
			waitOne: func(*mutantProcess, handle.Handle, handle.Signals, time.Time, func()) (handle.Signals, error) {
				return 0, &conformance.Unsupported{Why: "nobody waits here"}
			},
		}, "create stream", "unsupported (unsupported; nobody waits here)"},
	} {
		t.Run(test.what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := machine(t, test.b)
				do(t, m, test.create+" -> OK a b")
				got := do(t, m, "pump a to=b bytes=100000 seed=7")
				if len(got) > len(test.want) && test.want[:2] != "OK" {
					got = got[:len(test.want)]
				}
				if got != test.want {
					t.Errorf("wanted %s, got %s", test.want, got)
				}
			})
		})
	}
}

func TestPumpIsTheSameForASeed(t *testing.T) {
	sizes := func(seed string) (list []int) {
		m := machine(t, &mutant{write: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			list = append(list, len(b))
			return p.RawProcess.Write(h, options, b)
		}})
		do(t, m, "create stream -> OK a b")
		do(t, m, "pump a to=b bytes=1048576 seed="+seed)
		return list
	}
	one, again, two := sizes("1"), sizes("1"), sizes("2")
	if len(one) < 10 || !slices.Equal(one, again) {
		t.Errorf("a seed gives %d sizes once and %d again", len(one), len(again))
	}
	if slices.Equal(one, two) {
		t.Error("two seeds give the same sizes")
	}
}

func TestPumpEndsWithTheStatusOfACallThatRefuses(t *testing.T) {
	m := machine(t, &mutant{})
	doAll(t, m, `
		create stream -> OK a b => OK a b
		close b => OK
		pump a to=b bytes=5 seed=1 => PEER_CLOSED
		create stream -> OK a b => OK a b
		close a => OK
		pump a to=b bytes=5 seed=1 => BAD_HANDLE
	`)
}

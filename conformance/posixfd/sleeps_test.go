//go:build linux

package posixfd

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"mx.example/conformance"
	"mx.example/conformance/posixfd/hostmodel"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// sleeps are cases about polls that go to sleep, which random calls seldom
// make. MODE is what the kind has.
const sleeps = `
case data-wakes
doc Bytes wake whoever waits for them.
clauses T-ONE

create MODE -> OK a b
w: wait b READABLE until=never
write a "x"
w: -> OK READABLE !PEER_CLOSED ...

case room-wakes
doc A reader wakes whoever waits for room, if the kernel thinks that there was none.
clauses T-ONE

create MODE capacity=1 -> OK a b
write a pattern:3000
w: wait a WRITABLE until=never
read b 4096
w: -> OK WRITABLE !READABLE ...

case end-wakes
doc The end of a direction wakes whoever waits for it.
clauses T-ONE

create MODE -> OK a b
w: wait b PEER_CLOSED until=never
[kernel2017] write a "" half-close
[manual] write b "" half-close
w: -> OK PEER_CLOSED ...

case end-unasked
doc The end of one direction is no hangup: it wakes nobody who did not ask.
clauses T-NONE

create MODE -> OK a b
w: wait b none until=never
[kernel2017] write a "" half-close
[manual] write b "" half-close
close b
w: -> CANCELED ...

case bytes-unasked
doc Bytes wake nobody who did not ask.
clauses T-NONE

create MODE -> OK a b
w: wait b none until=never
write a "x"
close b
w: -> CANCELED ...

case gone-wakes
doc A hangup wakes whoever sleeps, whatever it is that he waits for.
clauses T-ONE

create MODE -> OK a b
w: wait a READABLE until=never
close b
close a
w: -> CANCELED ...

case gone-among-several
doc So it does where several are waited for.
clauses T-MANY

create MODE -> OK a b
create MODE -> OK c d
w: wait-many a:READABLE c:READABLE until=never
close d
write b "x"
w: -> OK (READABLE ...) (...)

case own-close
doc Closing what a poll sleeps on wakes nobody.
clauses T-CANCEL

create MODE -> OK a b
w: wait a READABLE until=never
close a
w: -> CANCELED ...

case beyond-the-capacity
doc What the contract would have refused wakes a sleeper as well, before its handle is closed.
clauses T-CANCEL

create MODE capacity=1 -> OK a b
w: wait a READABLE until=never
write b pattern:2
close a
w: -> CANCELED ...

case gone-is-not-writable
doc A wait for the peer's end sees at once what the end of a direction looks like to poll.
clauses S-WRITABLE

create MODE -> OK a b
close a
w: wait b PEER_CLOSED until=never
create MODE -> OK c d
write b ""
w: -> OK PEER_CLOSED ...

case two-left
doc Two messages are too many for the kernel's idea of room, and a half close does not end the sleep.
clauses S-WRITABLE

create MODE capacity=3 -> OK a b
write a ""
write a pattern:4
write a pattern:2
write a ""
write a "" half-close
read b 0
w: wait a WRITABLE until=never
read b 1
w: -> OK WRITABLE ...

case crowded-and-then-data
doc A poll that sleeps for want of room is woken by bytes, and says nothing of the room that it did not find.
clauses T-OBSERVED

create MODE -> OK a b
write a pattern:30000
write a pattern:30000
w: wait a READABLE|WRITABLE until=never
write b "x"
w: -> OK ...
`

// sleepsOf are those cases for a kind.
func sleepsOf(t *testing.T, kind string) []trace.Case {
	t.Helper()
	mode := "stream"
	if hostmodel.KeepsBoundaries(kind) {
		mode = "datagram"
	}
	cases, err := trace.Parse("sleeps", strings.NewReader(strings.ReplaceAll(sleeps, "MODE", mode)))
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

func TestSleeps(t *testing.T) {
	for _, b := range Backends() {
		for _, e := range b.Editions() {
			for _, c := range sleepsOf(t, b.Name()) {
				r := conformance.RunCase(t.Context(), b, e, &c)
				if r.Outcome != conformance.Pass && r.Outcome != conformance.Differs {
					t.Errorf("%s: %s: %s: %s", r.Backend, r.Case, r.Outcome, r.Detail)
				}
			}
		}
	}
}

// sleeper makes a mistake in the waits of actors, each time.
func sleeper(bend func(*bent)) func(*bent) {
	return func(b *bent) {
		b.every, b.sleepers = 1, true
		bend(b)
	}
}

// hearsEnd are the kinds that tell the end of a direction from a hangup in
// every edition.
var hearsEnd = []string{UnixStream, UnixSeqpacket, TCP}

var wrongSleeps = []mistake{
	{"a sleeper does not wait for READABLE", allKinds, nil,
		sleeper(misasked(func(s handle.Signals) handle.Signals { return s &^ handle.Readable }))},
	{"a sleeper does not wait for WRITABLE", allKinds, nil,
		sleeper(misasked(func(s handle.Signals) handle.Signals { return s &^ handle.Writable }))},
	{"a sleeper does not wait for PEER_CLOSED", hearsEnd, nil,
		sleeper(misasked(func(s handle.Signals) handle.Signals { return s &^ handle.PeerClosed }))},
	{"a sleeper waits for READABLE too", allKinds, nil,
		sleeper(misasked(func(s handle.Signals) handle.Signals { return s | handle.Readable }))},
	{"a sleeper waits for WRITABLE too", allKinds, nil,
		sleeper(misasked(func(s handle.Signals) handle.Signals { return s | handle.Writable }))},
	{"a sleeper waits for PEER_CLOSED too", hearsEnd, nil,
		sleeper(misasked(func(s handle.Signals) handle.Signals { return s | handle.PeerClosed }))},
	{"a sleeper does not see READABLE", allKinds, nil,
		sleeper(altered(func(s handle.Signals) handle.Signals { return s &^ handle.Readable }))},
	{"a sleeper does not see WRITABLE", allKinds, nil,
		sleeper(altered(func(s handle.Signals) handle.Signals { return s &^ handle.Writable }))},
	{"a sleeper does not see PEER_CLOSED", notDgram, nil,
		sleeper(altered(func(s handle.Signals) handle.Signals { return s &^ handle.PeerClosed }))},
	{"a sleeper sees READABLE", allKinds, nil,
		sleeper(altered(func(s handle.Signals) handle.Signals { return s | handle.Readable }))},
	{"a sleeper sees PEER_CLOSED", allKinds, nil,
		sleeper(altered(func(s handle.Signals) handle.Signals { return s | handle.PeerClosed }))},
	{"a sleeper that wakes up says TIMED_OUT", allKinds, nil, sleeper(verdict(nil, status.ErrTimedOut))},
	{"a sleeper that wakes up says CANCELED", allKinds, nil, sleeper(verdict(nil, status.ErrCanceled))},
	{"a sleeper that wakes up says that it was broken off", allKinds, nil, sleeper(verdict(nil, failed(unix.EINTR)))},
	{"a sleeper that was broken off says OK", allKinds, nil, sleeper(func(b *bent) {
		b.see = func(items []handle.WaitItem, err error) error {
			if errors.Is(err, status.ErrInterruptedRetry) {
				return nil
			}
			return err
		}
	})},
}

// TestSleepsPlanted plants mistakes that only a sleeper makes: one of the cases
// must have no name for each.
func TestSleepsPlanted(t *testing.T) {
	for _, m := range wrongSleeps {
		for _, kind := range m.kinds {
			cases := sleepsOf(t, kind)
			for _, e := range (&backend{kind: kind}).Editions() {
				t.Run(m.name+"/"+conformance.BackendName(kind, e), func(t *testing.T) {
					t.Parallel()
					b := planted{&backend{kind: kind}, m.bend}
					for i := range cases {
						if r := conformance.RunCase(t.Context(), b, e, &cases[i]); r.Outcome == conformance.Unexplained {
							t.Log("case " + r.Case)
							return
						}
					}
					t.Error("every difference that it makes has a name")
				})
			}
		}
	}
}

package conformance

import (
	"slices"

	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// askedOnly leaves out of the allowed answers the signals that the lines of the
// case do not ask about: a line that ends in "..." says what must be asserted
// and what must not, and nothing of the rest. What a backend then shows beyond
// that is no difference, and none is named for it.
//
// The answers stay those of the contract in the state that the answers so far
// imply. Lines that are exact, or that are not there, ask about everything.
func askedOnly(allowed []oracle.Outcome, lines []trace.Want) []oracle.Outcome {
	if !open(lines) {
		return allowed
	}
	narrow := slices.Clone(allowed)
	for i := range narrow {
		w := &narrow[i].Want
		ask(&w.Signals, lines, func(l *trace.Want) *trace.SignalWant { return &l.Signals })
		w.Pending = slices.Clone(w.Pending)
		for n := range w.Pending {
			ask(&w.Pending[n], lines, func(l *trace.Want) *trace.SignalWant {
				if n >= len(l.Pending) {
					return nil
				}
				return &l.Pending[n]
			})
		}
		if w.Packet != nil {
			packet := *w.Packet
			ask(&packet.Observed, lines, func(l *trace.Want) *trace.SignalWant {
				if l.Packet == nil {
					return nil
				}
				return &l.Packet.Observed
			})
			w.Packet = &packet
		}
	}
	return narrow
}

// open reports whether some line leaves signals open.
func open(lines []trace.Want) bool {
	return slices.ContainsFunc(lines, func(l trace.Want) bool {
		return l.Signals.Open || l.Packet != nil && l.Packet.Observed.Open ||
			slices.ContainsFunc(l.Pending, func(s trace.SignalWant) bool { return s.Open })
	})
}

// ask narrows what is wanted of one set of signals to what the lines ask of it.
// at finds the set in a line, and returns nil if it has none.
func ask(w *trace.SignalWant, lines []trace.Want, at func(*trace.Want) *trace.SignalWant) {
	var asked handle.Signals
	some := false
	for i := range lines {
		switch l := at(&lines[i]); {
		case l == nil:
		case l.Open:
			asked, some = asked|l.Must|l.MustNot, true
		case waited(lines[i].Status):
			return // exactly these: all of them are asked about
		}
	}
	if !some {
		return
	}
	mustNot := ^w.Must
	if w.Open {
		mustNot = w.MustNot
	}
	*w = trace.SignalWant{Must: w.Must & asked, MustNot: mustNot & asked, Open: true}
}

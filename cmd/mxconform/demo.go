package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/trace"
	"mx.example/conformance/view"
	"mx.example/handle"
)

// A demonstration is a few cases of the suite, told step by step.
type demonstration struct {
	name, about string
	acts        []act
	moral       string
}

// An act is one case.
type act struct{ title, name string }

var demonstrations = []demonstration{{
	name:  "short-write",
	about: "HELLO-WORLD, eleven bytes, goes through a socket that holds five. A write takes what fits and says how much that was.",
	acts: []act{
		{"The naive writer writes once and does not look at the count", "naive-writer-loses-the-tail"},
		{"The right writer goes on from where the last write stopped", "walkthrough-short-write"},
	},
	moral: "A short write is no error. Add what was accepted to the offset, wait while the socket is full, and write the rest until the offset is the length.",
}}

// demo runs a demonstration and tells what happens. Everything that it shows
// is what the calls gave just now.
func demo(ctx context.Context, t *tool, args []string) error {
	rest, err := parse(newFlags("demo"), args)
	if err != nil {
		return err
	}
	var names []string
	for _, d := range demonstrations {
		names = append(names, d.name)
	}
	if len(rest) == 0 {
		return usagef("demo needs to be told what to show: %s", listOf(names, "or"))
	}
	if len(rest) > 1 {
		return usagef("demo shows one thing, and %q is another", rest[1])
	}
	i := slices.Index(names, rest[0])
	if i < 0 {
		return unknown("demonstration", rest[0], names, "there is "+listOf(names, "and"))
	}
	d := &demonstrations[i]
	p := &page{color: t.color}
	p.paragraph("", d.about)
	for _, a := range d.acts {
		if err := t.play(ctx, p, a); err != nil {
			return err
		}
	}
	p.line("")
	p.paragraph("", d.moral)
	p.line("")
	p.paragraph("", "To look at it in a browser: mxconform view "+d.acts[0].name+" -o page.html")
	_, err = t.stdout.Write(p.Bytes())
	return err
}

// play runs the case of an act on the model and tells it.
func (t *tool) play(ctx context.Context, p *page, a act) error {
	all := conformance.Cases()
	c := &all[slices.IndexFunc(all, func(c trace.Case) bool { return c.Name == a.name })]
	r, err := view.Record(ctx, c, t.backends[0], handle.Manual)
	if errors.Is(err, view.ErrInterrupted) {
		return errInterrupted
	}
	if err != nil {
		return err
	}
	p.heading("%s", a.title)
	s := scene{run: r, states: make([]view.State, len(r.Ways))}
	for i := range r.Steps {
		s.step(p, i)
	}
	if conformance.Outcome(r.Outcome).Bad() {
		return fmt.Errorf("%s on %s: %s: %s", r.Case, r.Backend, r.Outcome, r.Detail)
	}
	return nil
}

// A scene is a run as far as it has been told.
type scene struct {
	run    *view.Run
	states []view.State
	way    int // the direction that was spoken of last
}

// step tells one call: the call and its answer, the offset and the count, and
// where the bytes are after it.
func (s *scene) step(p *page, i int) {
	step := &s.run.Steps[i]
	for _, st := range step.States {
		s.states[st.Way] = st
	}
	status := yellow
	if step.Status == "OK" {
		status = green
	}
	head := fmt.Sprintf("  %d  ", i+1)
	p.line("")
	p.line("%s%s  %s", head, p.bold(pad(step.Call, 26)), p.in(status, step.Answer))
	if w := step.Write; w != nil {
		s.way = w.Way
	} else if r := step.Read; r != nil {
		s.way = r.Way
	}
	indent := pad("", len(head))
	st := s.states[s.way]
	figures := fmt.Sprintf("offset %d of %d   accepted %d in all   status %s", st.Offset, st.Offered, st.Accepted, step.Status)
	if w := step.Write; w != nil {
		figures = fmt.Sprintf("offset %d -> %d of %d   accepted %d of %d   status %s",
			w.Range[0], w.Range[0]+w.Taken, st.Offered, w.Taken, w.Asked, step.Status)
	}
	p.line("%s%s", indent, figures)
	if len(s.run.Ways[s.way].Tape) > 0 && st.Offered > 0 {
		s.message(p, indent, i)
		s.buffer(p, indent)
		s.received(p, indent)
	}
}

// glyphs are the bytes of a range of the tape.
func (s *scene) glyphs(r view.Range) string {
	var b strings.Builder
	for _, m := range s.run.Ways[s.way].Tape {
		for at, g := range []rune(m.Glyphs) {
			if pos := m.At + uint64(at); r[0] <= pos && pos < r[1] {
				b.WriteRune(g)
			}
		}
	}
	return b.String()
}

// message draws the tape, and under it what became of each byte: = accepted,
// ^ what the next write attempts, . not accepted, x lost.
func (s *scene) message(p *page, indent string, i int) {
	st := &s.states[s.way]
	whole := view.Range{0, st.Offered}
	marks := []byte(strings.Repeat("=", int(st.Offered)))
	paint := func(r view.Range, c byte) {
		for at := r[0]; at < min(r[1], st.Offered); at++ {
			marks[at] = c
		}
	}
	var notes []string
	if st.Accepted > 0 {
		notes = append(notes, p.in(green, "= accepted"))
	}
	if st.Pending != nil {
		paint(st.Pending.Range, '.')
		note := fmt.Sprintf(". %d to %d not accepted", st.Pending.Range[0], st.Pending.Range[1])
		if next := s.next(i); next != nil {
			paint(*next, '^')
			note = fmt.Sprintf("^ %d to %d the next write", next[0], next[1])
		}
		notes = append(notes, p.bold(note))
	}
	for _, l := range st.Lost {
		paint(l.Range, 'x')
		notes = append(notes, p.in(red, fmt.Sprintf("x LOST %d to %d: %s", l.Range[0], l.Range[1], strings.Trim(l.Text, `"`))))
	}
	p.line("%smessage   %s", indent, inked(p, s.glyphs(whole), marks))
	p.line("%s          %s   %s", indent, inked(p, string(marks), marks), strings.Join(notes, "   "))
}

// next is what the next write after step i attempts, or nil.
func (s *scene) next(i int) *view.Range {
	for _, step := range s.run.Steps[i+1:] {
		if w := step.Write; w != nil && w.Way == s.way && !w.Refused {
			return &w.Range
		}
	}
	return nil
}

// inked is text in the colors of the marks that its characters have.
func inked(p *page, text string, marks []byte) string {
	styles := map[byte]style{'=': green, '^': bold, 'x': red}
	var b strings.Builder
	for i, g := range []rune(text) {
		b.WriteString(p.in(styles[marks[i]], string(g)))
	}
	return b.String()
}

// buffer draws what waits in the socket, and the room that is left.
func (s *scene) buffer(p *page, indent string) {
	st, capacity := &s.states[s.way], s.run.Ways[s.way].Capacity
	text, n := "", uint64(0)
	for _, r := range st.Waiting {
		text += s.glyphs(r)
		n += r.Len()
	}
	room := strings.Repeat(".", int(capacity-min(n, capacity)))
	p.line("%sbuffer    [%s%s]   %d of %s", indent, p.in(green, text), p.in(dim, room), n, plural(int(capacity), "byte"))
}

// received draws what has come out at the other end.
func (s *scene) received(p *page, indent string) {
	text := ""
	for _, r := range s.states[s.way].Arrived {
		text += s.glyphs(r)
	}
	if text == "" {
		text = "-"
	}
	p.line("%sreceived  %s", indent, p.bold(text))
}

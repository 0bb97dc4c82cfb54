package record

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// An UnexplainedError says that no order of the recorded calls was found in which
// the contract gives the answers that they gave.
type UnexplainedError struct {
	Line  string // the call that does not fit, as it was answered, or "" if it has no line
	After int    // how many lines of the case are explained
	Left  int    // how many calls the case does not have: that one and those after it
}

// Error tells which call does not fit.
func (e *UnexplainedError) Error() string {
	return fmt.Sprintf("record: no order of the calls was found that explains their results: %d lines are explained, and then %q does not fit; %d calls are left out", e.After, e.Line, e.Left)
}

// Write writes the run so far as one case of that name ([a-z0-9-]+) in its
// canonical form. Calls that have not returned are left out, but for what a
// WriteAll or a ReadFull has moved by then. The program may go on; the calls of
// recorded tables wait meanwhile.
//
// The error is that of w, an [*UnexplainedError] after a case was written all the
// same, or says why the case cannot be written, such as that a line would be
// longer than a case may have.
func (r *Recorder) Write(w io.Writer, name string) error {
	c, unexplained := r.Case(name)
	if unexplained != nil && c == nil {
		return unexplained
	}
	var b bytes.Buffer
	if err := trace.Format(&b, *c); err != nil {
		return err
	}
	if _, err := trace.Parse(name, bytes.NewReader(b.Bytes())); err != nil {
		return fmt.Errorf("record: the run cannot be written as a case: %w", err)
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return err
	}
	return unexplained
}

// Case returns what [Recorder.Write] writes. The error is an [*UnexplainedError],
// and then there is a case, too; or says that nothing was recorded.
func (r *Recorder) Case(name string) (*trace.Case, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	x := r.failed
	if x == nil {
		slices.SortFunc(r.events, func(a, b *event) int { return cmp.Compare(a.began, b.began) })
		prologue, begin := r.prologue()
		x = r.search(begin, math.MaxUint64)
		x.prologue = prologue
	}
	steps := append(slices.Clone(x.prologue), timed(x.steps)...)
	var unexplained *UnexplainedError
	if x.stuck != nil {
		unexplained = &UnexplainedError{After: len(steps), Left: x.left}
		steps = withoutUnfinished(steps, x.stuck)
		if x.stuck.Call.Op != 0 {
			unexplained.Line = (&trace.Step{Call: x.stuck.Call, Want: x.stuck.Want}).String()
			steps = append(steps, *x.stuck)
		}
	}
	if len(steps) == 0 {
		return nil, fmt.Errorf("record: no call was recorded that a case has a line for")
	}
	c := &trace.Case{Name: name, Doc: r.doc(x), Editions: []handle.Edition{r.order[0].e}, Steps: lines(steps, r.called())}
	if unexplained != nil {
		return c, unexplained
	}
	return c, nil
}

// doc says what the case is.
func (r *Recorder) doc(x *explanation) string {
	var b strings.Builder
	fmt.Fprintf(&b, "A run of a program, recorded: %d calls by %d goroutines.", len(r.events)+r.dropped, r.goroutines)
	if r.dropped > 0 {
		fmt.Fprintf(&b, " The first %d are not in it: the first %d lines make what they had left behind.", r.dropped, len(x.prologue))
	}
	if len(r.missing) > 0 {
		b.WriteString(" Without a line:")
		for i, op := range slices.Sorted(maps.Keys(r.missing)) {
			fmt.Fprintf(&b, "%s %d of %v", []string{"", ","}[min(i, 1)], r.missing[op], op)
		}
		b.WriteString(".")
	}
	if x.stuck != nil {
		fmt.Fprintf(&b, " No order of the calls was found that explains their results: the last line does not fit where it stands, and %d calls are left out.", x.left)
	}
	return b.String()
}

// aMoment is how far apart waits that time out do so in a case.
const aMoment = 20 * time.Millisecond

// timed gives the waits that timed out their deadlines. One that may as well have
// polled does so, which does not depend on any clock. The others end one after the
// other, as they did, by a clock that stands still meanwhile.
func timed(list []line) (steps []trace.Step) {
	type begun struct {
		step int // in steps
		at   time.Duration
	}
	var now time.Duration
	open := map[string]begun{}
	for i := range list {
		l := &list[i]
		b := open[l.Actor]
		switch {
		case l.Kind == trace.Start:
			open[l.Actor] = begun{len(steps), now}
		case l.Kind != trace.Finish || !slices.ContainsFunc(l.Want, func(w trace.Want) bool { return w.Status == status.ErrTimedOut }):
		case l.polls:
			steps[b.step].Call.Op = 0 // taken out below
			l.Kind, l.Call.Until = trace.Plain, trace.Deadline{Kind: trace.Past}
			if l.Actor == actorOfTheCase {
				l.Actor = ""
			}
		default:
			now += aMoment
			steps[b.step].Call.Until = trace.Deadline{Kind: trace.In, After: now - b.at}
		}
		steps = append(steps, l.Step)
	}
	return slices.DeleteFunc(steps, func(s trace.Step) bool { return s.Call.Op == 0 })
}

// withoutUnfinished takes out the beginnings of waits that do not return in the
// case, but for that of last.
func withoutUnfinished(steps []trace.Step, last *trace.Step) (kept []trace.Step) {
	open := map[string]int{}
	for i := range steps {
		switch steps[i].Kind {
		case trace.Start:
			open[steps[i].Actor] = i
		case trace.Finish:
			delete(open, steps[i].Actor)
		}
	}
	if last.Kind == trace.Finish {
		delete(open, last.Actor)
	}
	for i := range steps {
		if j, unfinished := open[steps[i].Actor]; !unfinished || i != j {
			kept = append(kept, steps[i])
		}
	}
	return kept
}

// word is name as a name of a case, or "" if nothing of it can stand there.
func word(name string) string {
	var b []byte
	for _, c := range []byte(name) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', c == '_', '0' <= c && c <= '9' && len(b) > 0:
			b = append(b, c)
		case len(b) > 0 && b[len(b)-1] != '_':
			b = append(b, '_')
		}
	}
	return string(b)
}

// called returns a function that gives a handle's name as the case has it: by what
// the program calls its object, where that is known.
func (r *Recorder) called() func(name string) string {
	used := maps.Clone(r.names)
	objects := map[string]string{}
	for _, object := range slices.Sorted(maps.Keys(r.labels)) {
		name := word(r.labels[object])
		for n := 2; name != "" && used[name] > 0; n++ {
			name = word(r.labels[object]) + "_" + fmt.Sprint(n)
		}
		if name != "" {
			used[name]++
			objects[object] = name
		}
	}
	return func(name string) string {
		object, number, more := strings.Cut(name, "_")
		if own := objects[object]; own != "" && more {
			return own + "_" + number
		} else if own != "" {
			return own
		}
		return name
	}
}

// lines turns the calls of actors into the two steps that a case has for each, and
// takes names that no line gives for the value 0, which is no handle either.
func lines(steps []trace.Step, called func(string) string) (list []trace.Step) {
	given := map[string]bool{}
	known := func(ref *trace.Ref) {
		if !given[ref.Name] {
			*ref = trace.Ref{Table: ref.Table}
		}
		ref.Name = called(ref.Name)
	}
	for _, s := range steps {
		known(&s.Call.H)
		known(&s.Call.To)
		s.Call.Items = slices.Clone(s.Call.Items)
		for i := range s.Call.Items {
			known(&s.Call.Items[i].Ref)
		}
		if len(s.Call.Out) > 0 {
			s.Actor = "" // what makes a handle is made by the case itself
		}
		if s.Kind == trace.Plain && s.Actor != "" {
			start := s
			start.Kind, start.Want, start.Call.Out = trace.Start, nil, nil
			list = append(list, start)
			s.Kind = trace.Finish
		}
		ok := slices.ContainsFunc(s.Want, func(w trace.Want) bool { return w.Status == status.OK })
		if !ok {
			s.Call.Out = nil
		}
		s.Call.Out = slices.Clone(s.Call.Out)
		for i, name := range s.Call.Out {
			given[name] = true
			s.Call.Out[i] = called(name)
		}
		s.Want = slices.Clone(s.Want)
		for i := range s.Want {
			in := &s.Want[i].Info
			in.Koid, in.Related = called(in.Koid), called(in.Related)
		}
		list = append(list, s)
	}
	return list
}

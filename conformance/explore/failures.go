package explore

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"mx.example/conformance"
	"mx.example/conformance/trace"
)

// shown is how many kinds of differences of a backend are made smaller and
// shown: nobody reads more. A campaign that has met so many ends.
const shown = 40

// A finding is a kind of difference before it is made smaller.
type finding struct {
	diff     *Difference
	steps    []trace.Step
	count    uint64
	sequence uint64
}

// findings are those of one backend, by kind.
type findings map[string]*finding

// add takes note of a difference; steps are copied if they are kept. Of one
// kind the first sequence stays, so that the order of finding does not matter.
func (f findings) add(d *Difference, sequence uint64, steps func() []trace.Step) {
	old := f[d.Kind]
	if old == nil {
		f[d.Kind] = &finding{d, steps(), 1, sequence}
		return
	}
	old.count++
	if sequence < old.sequence {
		old.diff, old.steps, old.sequence = d, steps(), sequence
	}
}

// failures makes each finding smaller and writes it down. where tells the
// names of the cases apart from those of other campaigns.
func (f findings) failures(ctx context.Context, c *column, where func(*finding) string) []Failure {
	list := make([]*finding, 0, len(f))
	for _, one := range f {
		list = append(list, one)
	}
	slices.SortFunc(list, func(a, b *finding) int {
		return cmp.Or(cmp.Compare(a.sequence, b.sequence), cmp.Compare(a.diff.Kind, b.diff.Kind))
	})
	if len(list) > shown {
		list = list[:shown]
	}
	failures := []Failure{}
	for i, one := range list {
		steps, diff, again := shrink(ctx, c.b, c.e, c.known, one.diff, one.steps)
		name := fmt.Sprintf("explored-%s-%s-%s", c.b.Name(), c.e, where(one))
		if slices.ContainsFunc(failures, func(g Failure) bool { return g.Case == name }) {
			name = fmt.Sprintf("%s-%d", name, i)
		}
		backend := conformance.BackendName(c.b.Name(), c.e)
		file := caseOf(name, fmt.Sprintf("Found by exploration of %s: %s.", backend, diff.Kind), c.e, steps)
		failures = append(failures, Failure{
			Kind: diff.Kind, Call: diff.Call, Detail: diff.Detail,
			Count: one.count, Sequence: one.sequence,
			Calls: len(file.Steps), Found: len(one.steps),
			Case: name, Text: file.String(),
			Replay: fmt.Sprintf("mxconform replay %s.mx -backend %s", name, backend),
			Flaky:  !again,
		})
	}
	return failures
}

// stepsOf copies the steps of a sequence.
func stepsOf(elements []element) []trace.Step {
	steps := make([]trace.Step, len(elements))
	for i := range elements {
		steps[i] = elements[i].Step
		c := &steps[i].Call
		c.Out = slices.Clone(c.Out)
		c.Items = slices.Clone(c.Items)
		if c.Packet != nil {
			packet := *c.Packet
			c.Packet = &packet
		}
	}
	return steps
}

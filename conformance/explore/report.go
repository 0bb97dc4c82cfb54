package explore

import (
	"mx.example/conformance"
	"mx.example/handle"
)

// Schema names the form of a [Report] as JSON.
const Schema = "mxconform-explore/2"

// A Report is what came of a [Random] campaign, of one shard of it or of
// several ([Merge]), or of an [Exhaustive] walk.
type Report struct {
	Schema string `json:"schema"`
	// Seed and Calls are those of the campaign: Calls on each backend, by all
	// shards together, or 0 if it was to last for a time.
	Seed  uint64 `json:"seed"`
	Calls uint64 `json:"calls"`
	// Shards is how many parts the campaign has, Done which of them are in
	// this report.
	Shards int   `json:"shards"`
	Done   []int `json:"done"`
	// Canceled says that less was done than was asked for.
	Canceled bool `json:"canceled"`

	Backends []BackendReport `json:"backends"`
	// Spaces are there for an exhaustive walk only.
	Spaces []Space `json:"spaces,omitempty"`
}

// A BackendReport is what came of a backend in one edition.
type BackendReport struct {
	Name string `json:"name"` // KIND:EDITION
	// Diverges says that differences have to have names, instead of being
	// failures: the backend is a [conformance.Diverger].
	Diverges  bool           `json:"diverges"`
	Edition   handle.Edition `json:"edition"`
	Available bool           `json:"available"`
	Why       string         `json:"why"` // why it is not available, or empty

	Sequences uint64            `json:"sequences"`
	Calls     uint64            `json:"calls"`
	ByCall    map[string]uint64 `json:"by_call"` // how many of each
	// Differs counts the calls that differed under a name, Unsupported those
	// that the backend has no counterpart for, by the reason.
	Differs     map[string]uint64 `json:"differs"`
	Unsupported map[string]uint64 `json:"unsupported"`
	// Seen are the classes of states that there was a call in.
	Seen   Coverage `json:"seen,omitzero"`
	States int      `json:"states"` // how many those are, of [Classes]
	// Seconds is how long it took, on all machines together, with Workers
	// sequences at a time.
	Seconds float64 `json:"seconds"`
	Workers int     `json:"workers"`

	Failures []Failure `json:"failures"`
}

// A Failure is a kind of difference that must not be, with the smallest case
// that shows it.
type Failure struct {
	Kind   string `json:"kind"`
	Call   string `json:"call"`
	Detail string `json:"detail"`
	// Count is how often it was met, Sequence the first one that did. An
	// exhaustive walk has no sequences.
	Count    uint64 `json:"count"`
	Sequence uint64 `json:"sequence"`
	// Calls is how many the case has, Found how many there were before it was
	// made smaller.
	Calls int `json:"calls"`
	Found int `json:"found"`
	// Case is the name of the case, Text the case file, Replay the command
	// that runs it, given that file under the name Case.mx.
	Case   string `json:"case"`
	Text   string `json:"text"`
	Replay string `json:"replay"`
	// Flaky says that the same calls did not show it again.
	Flaky bool `json:"flaky"`
}

// A Space is one configuration of the small world, and what came of walking
// through it.
type Space struct {
	Backend  string         `json:"backend"`
	Edition  handle.Edition `json:"edition"`
	Datagram bool           `json:"datagram"`
	Capacity uint64         `json:"capacity"`

	States      uint64  `json:"states"`      // reached
	Transitions uint64  `json:"transitions"` // calls made: every one in every state
	Differences uint64  `json:"differences"`
	Unsupported uint64  `json:"unsupported"` // transitions that the backend has no call for
	Seconds     float64 `json:"seconds"`
}

// OK reports whether nothing failed and nothing is unexplained.
func (r *Report) OK() bool {
	for i := range r.Backends {
		if len(r.Backends[i].Failures) > 0 {
			return false
		}
	}
	return true
}

// columns are the backends in each of their editions, as a report has them.
type column struct {
	b    conformance.Backend
	e    handle.Edition
	info *BackendReport
	// known are the kinds of differences that are followed instead of reported.
	known []string
}

// columnsOf fills in the backends of a report.
func (r *Report) columnsOf(backends []conformance.Backend, only func(string) bool) []column {
	var list []column
	for _, b := range backends {
		_, diverges := b.(conformance.Diverger)
		why := ""
		if err := b.Available(); err != nil {
			why = err.Error()
		}
		for _, e := range b.Editions() {
			name := conformance.BackendName(b.Name(), e)
			if only != nil && !only(name) {
				continue
			}
			r.Backends = append(r.Backends, BackendReport{
				Name: name, Diverges: diverges, Edition: e, Available: why == "", Why: why,
				ByCall: map[string]uint64{}, Differs: map[string]uint64{}, Unsupported: map[string]uint64{},
				Failures: []Failure{},
			})
			list = append(list, column{b: b, e: e})
		}
	}
	for i := range list {
		list[i].info = &r.Backends[i]
	}
	return list
}

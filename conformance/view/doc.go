// Package view makes runs of cases visible: which call was made when and by
// whom, what is in the buffers, which bytes arrived, which wait, and which a
// program left behind.
//
// [Record] runs a case on a backend and gives a [Run], a plain value that says
// all that there is to see, step by step. [Page] writes runs as one page that
// plays them in a browser, with no network and nothing else to load. A page of
// somebody else's can show runs inside itself: it takes [Style], [Script] and
// the runs as JSON, and calls window.mxView(element, runs, options).
package view

// A Run is what there is to see of one case on one backend. It can be written
// as JSON and read back. Data is described, not written out: a mebibyte of the
// pattern is a few bytes here.
type Run struct {
	Case    string   `json:"case"`
	Doc     string   `json:"doc,omitempty"`
	Clauses []string `json:"clauses,omitempty"`
	Backend string   `json:"backend"` // KIND:EDITION
	Outcome string   `json:"outcome"` // as conformance.Outcome has it
	Detail  string   `json:"detail,omitempty"`
	// Actors make the calls: one lane each. The case itself is "".
	Actors     []string    `json:"actors"`
	Objects    []Object    `json:"objects"`
	Directions []Direction `json:"directions"`
	Steps      []Step      `json:"steps"`
	// Left is how many lines of the case were not carried out.
	Left int `json:"left,omitempty"`
	// Named are the divergences that were met, with their causes.
	Named []Named `json:"named,omitempty"`
	// Unseen says why there are no signals, or is empty.
	Unseen string `json:"unseen,omitempty"`
}

// An Object is an endpoint of a socket or an event: something with signals.
type Object struct {
	Name string `json:"name"` // of the first handle to it
	Kind string `json:"kind"` // "socket" or "event"
}

// A Direction is one direction of a socket. All positions in it are in its
// transcript: what its writer meant to send, one message after the other,
// whether it was accepted or not. So a byte has one position wherever it goes.
type Direction struct {
	From     int  `json:"from"` // the endpoint that writes, in Objects
	To       int  `json:"to"`   // the one that reads
	Datagram bool `json:"datagram,omitempty"`
	// Capacity is how many bytes there is room for, or 0 if that is for the
	// backend to know.
	Capacity uint64 `json:"capacity,omitempty"`
	// Transcript has the messages in the end, and Arrived, Lost and Dropped what
	// became of their bytes, in the order in which it did. How far each of them
	// had come at a step is said in bytes by its [State].
	Transcript []Message `json:"transcript,omitempty"`
	// Arrived has been read.
	Arrived []Range `json:"arrived,omitempty"`
	// Lost is what the writer left behind: it was never accepted, and the
	// writer has gone on to something else or is gone.
	Lost []Span `json:"lost,omitempty"`
	// Dropped was accepted and then thrown away: the rest of a datagram that
	// was read into too small a buffer, or what nobody had read when the
	// reader went.
	Dropped []Span `json:"dropped,omitempty"`
}

// A Message is what one write meant to send, with what later writes that
// continued it added.
type Message struct {
	At     uint64 `json:"at"`
	Length uint64 `json:"length"`
	Label  string `json:"label"` // the bytes as a case has them, cut short
	// Chars has a character for each byte. It is empty where the message is
	// long or holds a piece of the pattern.
	Chars string `json:"chars,omitempty"`
	// Unaccounted says that these bytes came out and no write had reported
	// them.
	Unaccounted bool `json:"unaccounted,omitempty"`
}

// A Range is the positions from the first to before the second.
type Range [2]uint64

// Len is how many positions there are.
func (r Range) Len() uint64 { return r[1] - r[0] }

// A Span is a range with the bytes in it, described.
type Span struct {
	Range Range  `json:"range"`
	Text  string `json:"text"`
}

// A State is a direction after a step.
type State struct {
	Direction int `json:"direction"`
	// Offset is where the writer stands: after the last byte that was
	// accepted, or where its pending bytes begin.
	Offset   uint64 `json:"offset"`
	Offered  uint64 `json:"offered"`  // of the transcript
	Accepted uint64 `json:"accepted"` // how many bytes have been, in all
	Arrived  uint64 `json:"arrived,omitempty"`
	Lost     uint64 `json:"lost,omitempty"`
	Dropped  uint64 `json:"dropped,omitempty"`
	// Waiting is in the buffer, the earliest first.
	Waiting []Range `json:"waiting,omitempty"`
	// Pending is what the last write offered and was not taken. It is not lost
	// yet: the writer may go on from there.
	Pending *Span `json:"pending,omitempty"`
	// Ended says why nothing more can be written, or is empty.
	Ended string `json:"ended,omitempty"`
}

// A Step is one call, or one half of a call that an actor made.
type Step struct {
	At    int    `json:"at"` // which line of the case, counted in calls from 0
	Line  int    `json:"line,omitempty"`
	Kind  string `json:"kind"` // "call", "start" or "finish"
	Actor string `json:"actor,omitempty"`
	Op    string `json:"op"`
	Call  string `json:"call"`
	// Got is the answer, and Answer the same without the error number and the
	// note behind it. Both are empty for a call that was started.
	Got    string   `json:"got,omitempty"`
	Answer string   `json:"answer,omitempty"`
	Status string   `json:"status,omitempty"`
	Wanted []string `json:"wanted,omitempty"` // unless the answer was right
	Judged string   `json:"judged"`
	// Divergence names the difference, if the answer is one.
	Divergence string `json:"divergence,omitempty"`
	// Since is the step, counted from 1, whose difference left the state that
	// this one was judged from, or 0 where that is the contract's own. Of
	// several it is the last one that had to do with the same socket.
	Since int `json:"since,omitempty"`

	Write    *Attempt      `json:"write,omitempty"`
	Read     *Delivery     `json:"read,omitempty"`
	States   []State       `json:"states,omitempty"`   // of the directions that changed
	Observed []Observation `json:"observed,omitempty"` // signals that changed
}

// An Attempt is what a write tried to send.
type Attempt struct {
	Direction int    `json:"direction"`
	Range     Range  `json:"range"` // in the transcript; it counts for nothing if Refused
	Asked     uint64 `json:"asked"` // how many bytes were offered
	Taken     uint64 `json:"taken"` // and how many of them accepted
	Text      string `json:"text,omitempty"`
	// Refused says that the write was turned down for good and is not in the
	// transcript: the bytes went nowhere, and the writer was told.
	Refused bool `json:"refused,omitempty"`
}

// A Delivery is what a read got.
type Delivery struct {
	Direction int     `json:"direction"`
	Room      uint64  `json:"room"` // how many bytes would have fit
	Count     uint64  `json:"count"`
	Ranges    []Range `json:"ranges,omitempty"` // where in the transcript they are
	Text      string  `json:"text,omitempty"`
	// Peeked says that they stay where they are.
	Peeked bool `json:"peeked,omitempty"`
}

// A Observation is the signals of an object after a step.
type Observation struct {
	Object  int      `json:"object"`
	Signals []string `json:"signals"`
	Gone    bool     `json:"gone,omitempty"` // its last handle has been closed
}

// A Named is a divergence that was met.
type Named struct {
	Name   string `json:"name"`
	Cause  string `json:"cause"`
	Source string `json:"source,omitempty"`
}

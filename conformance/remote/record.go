package remote

import (
	"fmt"
	"io"
	"sync"
)

// A recorder writes the exchange of all connections down. A nil one does
// nothing.
//
// A line has the number of the connection, a mark that says whose it is, and a
// blank: ">" is a request, "<" an answer, "|" output of the kernel, "#" a
// remark: "case NAME" after the reset of a case, or why the kernel was given up.
// [Replay] reads it back.
type recorder struct {
	mu    sync.Mutex
	w     io.Writer
	conns int
	err   error // the first write that failed; nothing is written after it
}

func newRecorder(w io.Writer) *recorder {
	if w == nil {
		return nil
	}
	return &recorder{w: w}
}

// conn is the record of one more connection.
func (r *recorder) conn() *track {
	if r == nil {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.conns++
	return &track{r, r.conns}
}

func (r *recorder) failed() error {
	if r == nil {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.err
}

const (
	// caseRemark stands before the name of a case in a remark.
	caseRemark = "case "
	// closedRemark is the reason of a connection that is not needed any more.
	closedRemark = "the connection was closed"
)

// A track is the record of one connection. A nil one does nothing.
type track struct {
	r      *recorder
	number int
}

// line writes a line with its mark.
func (t *track) line(mark byte, text string) {
	if t == nil {
		return
	}
	r := t.r
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		_, r.err = fmt.Fprintf(r.w, "%d%c %s\n", t.number, mark, text)
	}
}

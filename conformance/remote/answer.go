package remote

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"mx.example/conformance"
	"mx.example/status"
)

// An answer is a line of the kernel that begins with "=" and a number.
type answer struct {
	number uint64
	parked bool
	// no is set if the kernel has no such call. It gives the name of the
	// difference because of which it is so, or "-"; text says more.
	no   string
	text string

	status  status.Status
	errno   status.Errno
	touched bool
	results []string
}

// isAnswer reports whether a line is meant as an answer.
func isAnswer(line string) bool {
	return len(line) >= 2 && line[0] == '=' && '0' <= line[1] && line[1] <= '9'
}

// parseAnswer reads a line for which [isAnswer] is true.
func parseAnswer(line string) (a answer, err error) {
	number, rest, _ := strings.Cut(line[1:], " ")
	if a.number, err = strconv.ParseUint(number, 10, 64); err != nil {
		return a, fmt.Errorf("the number %q", number)
	}
	rest, a.text, _ = strings.Cut(rest, ";")
	a.text = strings.TrimSpace(a.text)
	words := strings.Fields(rest)
	if len(words) == 0 {
		return a, fmt.Errorf("no status")
	}
	switch words[0] {
	case "parked":
		if a.parked = true; len(words) > 1 {
			return a, fmt.Errorf("%q after parked", words[1])
		}
		return a, nil
	case "no":
		if len(words) < 2 {
			return a, fmt.Errorf("no name after no: write - for none")
		}
		a.no, a.text = words[1], strings.Join(words[2:], " ")
		return a, nil
	}
	st, err := strconv.ParseInt(words[0], 0, 32)
	if err != nil || st > 0 {
		return a, fmt.Errorf("%q in the place of a status, which is 0 or negative", words[0])
	}
	a.status = status.Status(st)
	for _, w := range words[1:] {
		switch value, isErrno := strings.CutPrefix(w, "errno="); {
		case isErrno:
			n, err := strconv.ParseUint(value, 0, 16)
			if err != nil {
				return a, fmt.Errorf("the error number %q", value)
			}
			a.errno = status.Errno(n)
		case w == "touched":
			a.touched = true
		default:
			a.results = append(a.results, w)
		}
	}
	return a, nil
}

// err is the answer as a call of the suite returns it.
func (a *answer) err() error {
	switch {
	case a.no != "":
		u := &conformance.Unsupported{Divergence: a.no, Why: a.text}
		if u.Divergence == "-" {
			u.Divergence = ""
		}
		if u.Why == "" {
			u.Why = "the kernel says that it has no such call"
		}
		return u
	case a.status == status.OK:
		return nil
	case a.errno != 0:
		return &conformance.KernelError{Status: a.status, Errno: a.errno}
	case a.text != "":
		return fmt.Errorf("%w: %s", a.status, a.text)
	}
	return a.status.Err()
}

// A results reads the words after a status in their order. The first word that
// is not what it should be is kept in wrong.
type results struct {
	words []string
	wrong error
}

func (r *results) next(what string) string {
	if len(r.words) == 0 {
		r.fail("%s is missing", what)
		return ""
	}
	w := r.words[0]
	r.words = r.words[1:]
	return w
}

func (r *results) fail(format string, args ...any) {
	if r.wrong == nil {
		r.wrong = fmt.Errorf(format, args...)
	}
}

// number reads a number of at most so many bits.
func (r *results) number(what string, bits int) uint64 {
	w := r.next(what)
	if r.wrong != nil {
		return 0
	}
	n, err := strconv.ParseUint(w, 0, bits)
	if err != nil {
		r.fail("%q in the place of %s, a number of %d bits", w, what, bits)
	}
	return n
}

func (r *results) word32(what string) uint32 { return uint32(r.number(what, 32)) }

// data reads bytes into p and returns how many there were. There may be more
// than p holds: the rest is read as far as it takes to count it.
func (r *results) data(what string, p []byte) int {
	w := r.next(what)
	if r.wrong != nil || w == "-" {
		return 0
	}
	n := len(w) / 2
	if len(w)%2 != 0 {
		r.fail("%d digits of %s: two a byte", len(w), what)
		return 0
	}
	if n > len(p) {
		if _, err := hex.DecodeString(w); err != nil {
			r.fail("%s: %v", what, err)
		}
		hex.Decode(p, []byte(w[:2*len(p)]))
		return n
	}
	if _, err := hex.Decode(p, []byte(w)); err != nil {
		r.fail("%s: %v", what, err)
		return 0
	}
	return n
}

// end says what is wrong with the results, if anything is.
func (r *results) end() error {
	if r.wrong == nil && len(r.words) > 0 {
		r.fail("%q after the last result", r.words[0])
	}
	return r.wrong
}

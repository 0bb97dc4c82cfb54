package status

import (
	"fmt"
	"strconv"
	"strings"

	"mx.example/status/near"
)

// names holds the MX_ names, each at its number without the sign. The holes
// are numbers that no status has.
var names = [...]string{
	-OK:                  "MX_OK",
	-ErrInternal:         "MX_ERR_INTERNAL",
	-ErrNotSupported:     "MX_ERR_NOT_SUPPORTED",
	-ErrNoResources:      "MX_ERR_NO_RESOURCES",
	-ErrNoMemory:         "MX_ERR_NO_MEMORY",
	-ErrCallFailed:       "MX_ERR_CALL_FAILED",
	-ErrInterruptedRetry: "MX_ERR_INTERRUPTED_RETRY",
	-ErrInvalidArgs:      "MX_ERR_INVALID_ARGS",
	-ErrBadHandle:        "MX_ERR_BAD_HANDLE",
	-ErrWrongType:        "MX_ERR_WRONG_TYPE",
	-ErrBadSyscall:       "MX_ERR_BAD_SYSCALL",
	-ErrOutOfRange:       "MX_ERR_OUT_OF_RANGE",
	-ErrBufferTooSmall:   "MX_ERR_BUFFER_TOO_SMALL",
	-ErrBadState:         "MX_ERR_BAD_STATE",
	-ErrTimedOut:         "MX_ERR_TIMED_OUT",
	-ErrShouldWait:       "MX_ERR_SHOULD_WAIT",
	-ErrCanceled:         "MX_ERR_CANCELED",
	-ErrPeerClosed:       "MX_ERR_PEER_CLOSED",
	-ErrNotFound:         "MX_ERR_NOT_FOUND",
	-ErrAlreadyExists:    "MX_ERR_ALREADY_EXISTS",
	-ErrAlreadyBound:     "MX_ERR_ALREADY_BOUND",
	-ErrUnavailable:      "MX_ERR_UNAVAILABLE",
	-ErrAccessDenied:     "MX_ERR_ACCESS_DENIED",
	-ErrIO:               "MX_ERR_IO",
	-ErrIORefused:        "MX_ERR_IO_REFUSED",
	-ErrIODataIntegrity:  "MX_ERR_IO_DATA_INTEGRITY",
	-ErrIODataLoss:       "MX_ERR_IO_DATA_LOSS",
	-ErrBadPath:          "MX_ERR_BAD_PATH",
	-ErrNotDir:           "MX_ERR_NOT_DIR",
	-ErrNotFile:          "MX_ERR_NOT_FILE",
	-ErrFileBig:          "MX_ERR_FILE_BIG",
	-ErrNoSpace:          "MX_ERR_NO_SPACE",
	-ErrStop:             "MX_ERR_STOP",
	-ErrNext:             "MX_ERR_NEXT",
}

// The prefixes of the names: those of the two editions of 2017, and those of
// today.
const (
	Magenta = "MX_"
	Zircon  = "ZX_"
)

// index returns the place of s in names, and whether s has a name.
func (s Status) index() (i int, ok bool) {
	// The comparison comes before the sign is turned: the lowest number has
	// no positive counterpart.
	if s > 0 || s <= -Status(len(names)) {
		return 0, false
	}
	return int(-s), names[-s] != ""
}

// String returns the MX_ name, such as MX_ERR_SHOULD_WAIT, or "unknown status
// 7" for a number without a name.
func (s Status) String() string {
	if i, ok := s.index(); ok {
		return names[i]
	}
	return "unknown status " + strconv.Itoa(int(s))
}

// Name returns the name that begins with prefix, which is [Magenta] or
// [Zircon]: a report about one edition uses that edition's names. A number
// without a name comes back as digits. [Parse] reads all of these.
func (s Status) Name(prefix string) string {
	i, ok := s.index()
	switch {
	case !ok:
		return strconv.Itoa(int(s))
	case prefix == Magenta:
		return names[i]
	default:
		return prefix + names[i][len(Magenta):]
	}
}

// Bare returns the name without prefix, such as OK or SHOULD_WAIT: the word
// that the text format of cases uses. A number without a name comes back as
// digits. [Parse] reads all of these.
func (s Status) Bare() string {
	if i, ok := s.index(); ok {
		return bare(names[i])
	}
	return strconv.Itoa(int(s))
}

func bare(name string) string {
	return strings.TrimPrefix(name[len(Magenta):], "ERR_")
}

// byName finds a status by each of its names: MX_ERR_IO, ZX_ERR_IO, ERR_IO
// and IO.
var byName = func() map[string]Status {
	m := make(map[string]Status)
	for i, name := range names {
		if name == "" {
			continue
		}
		s := Status(-i)
		m[s.Name(Magenta)] = s
		m[s.Name(Zircon)] = s
		m[s.Name("")] = s
		m[s.Bare()] = s
	}
	return m
}()

// Parse returns the status that word names: MX_ERR_SHOULD_WAIT,
// ZX_ERR_SHOULD_WAIT, ERR_SHOULD_WAIT, SHOULD_WAIT, or its number, -22. Any
// number of 32 bits will do, also one without a name. The error for another
// word quotes it and says the near names.
func Parse(word string) (Status, error) {
	if s, ok := byName[word]; ok {
		return s, nil
	}
	if n, err := strconv.ParseInt(word, 10, 32); err == nil {
		return Status(n), nil
	}
	shown := word
	if len(shown) > 64 {
		shown = shown[:64] + "..."
	}
	var all []string
	for _, name := range names {
		if name != "" {
			all = append(all, bare(name))
		}
	}
	if hint := near.Names(word, all); hint != nil {
		return OK, fmt.Errorf("status: there is no status %q; near it: %s", shown, strings.Join(hint, ", "))
	}
	return OK, fmt.Errorf("status: there is no status %q; expected a name such as SHOULD_WAIT or MX_ERR_SHOULD_WAIT, or a number of 32 bits such as -22", shown)
}

// MarshalText returns the MX_ name, or digits for a number without one.
func (s Status) MarshalText() ([]byte, error) {
	return []byte(s.Name(Magenta)), nil
}

// UnmarshalText reads what [Parse] reads. On an error s is left as it was.
func (s *Status) UnmarshalText(text []byte) error {
	parsed, err := Parse(string(text))
	if err != nil {
		return err
	}
	*s = parsed
	return nil
}

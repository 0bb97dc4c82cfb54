package status_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"

	"mx.example/status"
)

// numbers are the statuses of the Magenta headers, written down a second time.
var numbers = []struct {
	number int32
	word   string
	status status.Status
}{
	{0, "OK", status.OK},
	{-1, "INTERNAL", status.ErrInternal},
	{-2, "NOT_SUPPORTED", status.ErrNotSupported},
	{-3, "NO_RESOURCES", status.ErrNoResources},
	{-4, "NO_MEMORY", status.ErrNoMemory},
	{-5, "CALL_FAILED", status.ErrCallFailed},
	{-6, "INTERRUPTED_RETRY", status.ErrInterruptedRetry},
	{-10, "INVALID_ARGS", status.ErrInvalidArgs},
	{-11, "BAD_HANDLE", status.ErrBadHandle},
	{-12, "WRONG_TYPE", status.ErrWrongType},
	{-13, "BAD_SYSCALL", status.ErrBadSyscall},
	{-14, "OUT_OF_RANGE", status.ErrOutOfRange},
	{-15, "BUFFER_TOO_SMALL", status.ErrBufferTooSmall},
	{-20, "BAD_STATE", status.ErrBadState},
	{-21, "TIMED_OUT", status.ErrTimedOut},
	{-22, "SHOULD_WAIT", status.ErrShouldWait},
	{-23, "CANCELED", status.ErrCanceled},
	{-24, "PEER_CLOSED", status.ErrPeerClosed},
	{-25, "NOT_FOUND", status.ErrNotFound},
	{-26, "ALREADY_EXISTS", status.ErrAlreadyExists},
	{-27, "ALREADY_BOUND", status.ErrAlreadyBound},
	{-28, "UNAVAILABLE", status.ErrUnavailable},
	{-30, "ACCESS_DENIED", status.ErrAccessDenied},
	{-40, "IO", status.ErrIO},
	{-41, "IO_REFUSED", status.ErrIORefused},
	{-42, "IO_DATA_INTEGRITY", status.ErrIODataIntegrity},
	{-43, "IO_DATA_LOSS", status.ErrIODataLoss},
	{-50, "BAD_PATH", status.ErrBadPath},
	{-51, "NOT_DIR", status.ErrNotDir},
	{-52, "NOT_FILE", status.ErrNotFile},
	{-53, "FILE_BIG", status.ErrFileBig},
	{-54, "NO_SPACE", status.ErrNoSpace},
	{-60, "STOP", status.ErrStop},
	{-61, "NEXT", status.ErrNext},
}

// nameless are numbers that no status has, at every edge.
var nameless = []status.Status{1, 7, -7, -16, -29, -59, -62, -63, math.MaxInt32, math.MinInt32}

func TestNumbersAndNames(t *testing.T) {
	for _, n := range numbers {
		s := n.status
		full := "ERR_" + n.word
		if n.number == 0 {
			full = n.word
		}
		if int32(s) != n.number {
			t.Errorf("%s is %d, want %d", n.word, int32(s), n.number)
		}
		for _, name := range []struct{ form, got, want string }{
			{"String", s.String(), "MX_" + full},
			{"Error", s.Error(), "MX_" + full},
			{"Name(Magenta)", s.Name(status.Magenta), "MX_" + full},
			{"Name(Zircon)", s.Name(status.Zircon), "ZX_" + full},
			{"Bare", s.Bare(), n.word},
		} {
			if name.got != name.want {
				t.Errorf("%d: %s is %q, want %q", n.number, name.form, name.got, name.want)
			}
		}
		for _, word := range []string{"MX_" + full, "ZX_" + full, full, n.word, fmt.Sprint(n.number)} {
			if got, err := status.Parse(word); got != s || err != nil {
				t.Errorf("Parse(%q) = %d, %v, want %d", word, int32(got), err, n.number)
			}
		}
	}
	// Nothing else between the lowest and the highest has a name.
	named := 0
	for s := status.Status(-100); s <= 100; s++ {
		if strings.HasPrefix(s.String(), "MX_") {
			named++
		}
	}
	if named != len(numbers) {
		t.Errorf("%d numbers have a name, want %d", named, len(numbers))
	}
}

func TestNamelessNumbers(t *testing.T) {
	for _, s := range nameless {
		digits := fmt.Sprint(int32(s))
		for _, got := range []string{s.Name(status.Magenta), s.Name(status.Zircon), s.Bare()} {
			if got != digits {
				t.Errorf("a name of %s is %q, want the digits", digits, got)
			}
		}
		if want := "unknown status " + digits; s.Error() != want {
			t.Errorf("Error of %s is %q, want %q", digits, s.Error(), want)
		}
		if got, err := status.Parse(digits); got != s || err != nil {
			t.Errorf("Parse(%q) = %d, %v", digits, int32(got), err)
		}
		if s.Err() != error(s) {
			t.Errorf("Err of %s is %v", digits, s.Err())
		}
		if s.Errno() != syscall.EIO {
			t.Errorf("Errno of %s is %v, want EIO", digits, s.Errno())
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, test := range []struct{ word, want string }{
		{"SHOULD_WIAT", `"SHOULD_WIAT"; near it: SHOULD_WAIT`},
		{"MX_SHOULD_WAIT", `near it: SHOULD_WAIT`},
		{"MX_ERR_OK", `near it: OK`},
		{"ERR_OK", `near it: OK`},
		{"should_wait", `near it: SHOULD_WAIT`},
		{"EAGAIN", `expected a name such as SHOULD_WAIT`},
		{"", `""; expected a name`},
		{"2147483648", `number of 32 bits`},
		{"-2147483649", `number of 32 bits`},
		{"-2 2", `"-2 2"`},
		{"MX_", `"MX_"`},
		{strings.Repeat("x", 1<<20), `"` + strings.Repeat("x", 64) + `..."`},
	} {
		_, err := status.Parse(test.word)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("Parse(%.20q): error %v, want one with %q", test.word, err, test.want)
		}
	}
}

func TestErr(t *testing.T) {
	for _, n := range numbers[1:] {
		// Compared as a caller does: an error against a constant.
		if err := n.status.Err(); err != n.status {
			t.Errorf("Err of %s is %v", n.word, err)
		}
	}
	if err := status.OK.Err(); err != nil {
		t.Errorf("OK.Err() = %v, want nil", err)
	}
}

var sink error

func TestErrAllocatesNothing(t *testing.T) {
	for _, n := range numbers {
		// A variable, not a constant: that is what a table of rules holds.
		s := n.status
		if got := testing.AllocsPerRun(100, func() { sink = s.Err() }); got != 0 {
			t.Errorf("%v.Err() allocates %v times, want 0", s, got)
		}
	}
}

func TestNamesAllocateNothing(t *testing.T) {
	var name string
	for _, n := range numbers {
		s := n.status
		if got := testing.AllocsPerRun(100, func() { name = s.String(); name = s.Bare() }); got != 0 {
			t.Errorf("the names of %s allocate %v times, want 0", name, got)
		}
	}
}

func TestText(t *testing.T) {
	in := append([]status.Status(nil), nameless...)
	for _, n := range numbers {
		in = append(in, n.status)
	}
	text, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), `"MX_ERR_SHOULD_WAIT"`) {
		t.Errorf("JSON is %s, want names", text)
	}
	var out []status.Status
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(in) != fmt.Sprint(out) {
		t.Errorf("read back %v, want %v", out, in)
	}
	s := status.ErrShouldWait
	if err := s.UnmarshalText([]byte("SHOULD_WIAT")); err == nil || s != status.ErrShouldWait {
		t.Errorf("after a bad text: %v, %v; want SHOULD_WAIT unchanged and an error", s, err)
	}
}

func TestIs(t *testing.T) {
	means := map[status.Status]error{
		status.ErrTimedOut:       os.ErrDeadlineExceeded,
		status.ErrAccessDenied:   fs.ErrPermission,
		status.ErrBadHandle:      fs.ErrClosed,
		status.ErrCanceled:       fs.ErrClosed,
		status.ErrAlreadyExists:  fs.ErrExist,
		status.ErrNotFound:       fs.ErrNotExist,
		status.ErrInvalidArgs:    fs.ErrInvalid,
		status.ErrNotSupported:   errors.ErrUnsupported,
		status.ErrBadSyscall:     errors.ErrUnsupported,
		status.ErrPeerClosed:     io.ErrClosedPipe,
		status.ErrBufferTooSmall: io.ErrShortBuffer,
	}
	targets := []error{io.EOF, syscall.EAGAIN, syscall.EPIPE, errors.New("MX_ERR_TIMED_OUT")}
	for _, target := range means {
		targets = append(targets, target)
	}
	for _, n := range numbers {
		wrapped := fmt.Errorf("while testing: %w", n.status)
		for _, target := range targets {
			want := means[n.status] == target
			if got := errors.Is(wrapped, target); got != want {
				t.Errorf("errors.Is(%v, %q) = %v, want %v", n.status, target, got, want)
			}
		}
		if !errors.Is(wrapped, n.status) {
			t.Errorf("%v is not itself", n.status)
		}
	}
}

func TestNetError(t *testing.T) {
	timeout := map[status.Status]bool{status.ErrTimedOut: true, status.ErrShouldWait: true}
	temporary := map[status.Status]bool{
		status.ErrTimedOut: true, status.ErrShouldWait: true, status.ErrInterruptedRetry: true,
		status.ErrNoMemory: true, status.ErrNoResources: true, status.ErrUnavailable: true,
	}
	for _, n := range numbers {
		var e net.Error = n.status
		if e.Timeout() != timeout[n.status] {
			t.Errorf("Timeout of %v is %v", n.status, e.Timeout())
		}
		if n.status.Temporary() != temporary[n.status] {
			t.Errorf("Temporary of %v is %v", n.status, n.status.Temporary())
		}
	}
	if !os.IsTimeout(status.ErrTimedOut) {
		t.Error("os.IsTimeout(TIMED_OUT) is false")
	}
}

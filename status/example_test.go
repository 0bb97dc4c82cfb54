package status_test

import (
	"errors"
	"fmt"
	"os"
	"syscall"

	"mx.example/status"
)

func Example() {
	// What a call returned: an error that compares with ==.
	err := status.FromErrno(syscall.EAGAIN).Err()
	fmt.Println(err, err == status.ErrShouldWait)

	// Success is never an error.
	fmt.Println(status.OK.Err() == nil)

	// The same number by the name of another edition, and as in a case.
	s := status.ErrTimedOut
	fmt.Println(s, s.Name(status.Zircon), s.Bare(), int32(s))

	// The standard errors that mean the same.
	fmt.Println(errors.Is(s, os.ErrDeadlineExceeded))
	// Output:
	// MX_ERR_SHOULD_WAIT true
	// true
	// MX_ERR_TIMED_OUT ZX_ERR_TIMED_OUT TIMED_OUT -21
	// true
}

func ExampleParse() {
	for _, word := range []string{"SHOULD_WAIT", "ZX_ERR_PEER_CLOSED", "-11", "SHOULD_WIAT"} {
		s, err := status.Parse(word)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(s)
	}
	// Output:
	// MX_ERR_SHOULD_WAIT
	// MX_ERR_PEER_CLOSED
	// MX_ERR_BAD_HANDLE
	// status: there is no status "SHOULD_WIAT"; near it: SHOULD_WAIT
}

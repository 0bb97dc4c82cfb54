// Package status holds the result codes of the Magenta and Zircon system
// calls: OK is zero and every failure is a negative number, the same numbers
// in every edition.
//
// A [Status] is an error, so a call returns it as one and a caller compares
// it with ==:
//
//	if _, err := mxsocket.Write(t, h, 0, p); err == status.ErrShouldWait {
//		// the buffer is full
//	}
//
// No call returns OK as an error, and none allocates to return one: both are
// what [Status.Err] is for.
package status

// A Status is the result of a call. Its text form is its MX_ name.
type Status int32

// The numbers. Their names are those of the Magenta headers with the prefix
// MX_ERR_ turned into Err; [Status.String] gives the original back.
const (
	OK                  Status = 0
	ErrInternal         Status = -1
	ErrNotSupported     Status = -2
	ErrNoResources      Status = -3
	ErrNoMemory         Status = -4
	ErrCallFailed       Status = -5
	ErrInterruptedRetry Status = -6
	ErrInvalidArgs      Status = -10
	ErrBadHandle        Status = -11
	ErrWrongType        Status = -12
	ErrBadSyscall       Status = -13
	ErrOutOfRange       Status = -14
	ErrBufferTooSmall   Status = -15
	ErrBadState         Status = -20
	ErrTimedOut         Status = -21
	ErrShouldWait       Status = -22
	ErrCanceled         Status = -23
	ErrPeerClosed       Status = -24
	ErrNotFound         Status = -25
	ErrAlreadyExists    Status = -26
	ErrAlreadyBound     Status = -27
	ErrUnavailable      Status = -28
	ErrAccessDenied     Status = -30
	ErrIO               Status = -40
	ErrIORefused        Status = -41
	ErrIODataIntegrity  Status = -42
	ErrIODataLoss       Status = -43
	ErrBadPath          Status = -50
	ErrNotDir           Status = -51
	ErrNotFile          Status = -52
	ErrFileBig          Status = -53
	ErrNoSpace          Status = -54
	ErrStop             Status = -60
	ErrNext             Status = -61
)

// Err returns the status as an error: nil for OK, itself for any other. It
// allocates nothing for the statuses that have a name.
func (s Status) Err() error {
	if s == OK {
		return nil
	}
	if i, ok := s.index(); ok {
		return ready[i]
	}
	return s
}

// Error returns the same as [Status.String].
func (s Status) Error() string { return s.String() }

// ready holds every named status as an error, at its number without the sign:
// turning a number that is not a constant into an interface would allocate.
var ready = func() (errs [len(names)]error) {
	for i, name := range names {
		if name != "" {
			errs[i] = Status(-i)
		}
	}
	return errs
}()

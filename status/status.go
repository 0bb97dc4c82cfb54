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

// names is ordered as the constants are, from OK downwards.
var names = [...]struct {
	status Status
	name   string // without MX_ or ZX_
}{
	{OK, "OK"},
	{ErrInternal, "ERR_INTERNAL"},
	{ErrNotSupported, "ERR_NOT_SUPPORTED"},
	{ErrNoResources, "ERR_NO_RESOURCES"},
	{ErrNoMemory, "ERR_NO_MEMORY"},
	{ErrCallFailed, "ERR_CALL_FAILED"},
	{ErrInterruptedRetry, "ERR_INTERRUPTED_RETRY"},
	{ErrInvalidArgs, "ERR_INVALID_ARGS"},
	{ErrBadHandle, "ERR_BAD_HANDLE"},
	{ErrWrongType, "ERR_WRONG_TYPE"},
	{ErrBadSyscall, "ERR_BAD_SYSCALL"},
	{ErrOutOfRange, "ERR_OUT_OF_RANGE"},
	{ErrBufferTooSmall, "ERR_BUFFER_TOO_SMALL"},
	{ErrBadState, "ERR_BAD_STATE"},
	{ErrTimedOut, "ERR_TIMED_OUT"},
	{ErrShouldWait, "ERR_SHOULD_WAIT"},
	{ErrCanceled, "ERR_CANCELED"},
	{ErrPeerClosed, "ERR_PEER_CLOSED"},
	{ErrNotFound, "ERR_NOT_FOUND"},
	{ErrAlreadyExists, "ERR_ALREADY_EXISTS"},
	{ErrAlreadyBound, "ERR_ALREADY_BOUND"},
	{ErrUnavailable, "ERR_UNAVAILABLE"},
	{ErrAccessDenied, "ERR_ACCESS_DENIED"},
	{ErrIO, "ERR_IO"},
	{ErrIORefused, "ERR_IO_REFUSED"},
	{ErrIODataIntegrity, "ERR_IO_DATA_INTEGRITY"},
	{ErrIODataLoss, "ERR_IO_DATA_LOSS"},
	{ErrBadPath, "ERR_BAD_PATH"},
	{ErrNotDir, "ERR_NOT_DIR"},
	{ErrNotFile, "ERR_NOT_FILE"},
	{ErrFileBig, "ERR_FILE_BIG"},
	{ErrNoSpace, "ERR_NO_SPACE"},
	{ErrStop, "ERR_STOP"},
	{ErrNext, "ERR_NEXT"},
}

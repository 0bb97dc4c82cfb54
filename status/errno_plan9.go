package status

// Errno stands in for an error number of the host: Plan 9 has none, its errors
// are strings.
type Errno uintptr

// Error returns a text that says so.
func (e Errno) Error() string {
	if e == 0 {
		return "errno 0"
	}
	return Status(-int32(e)).String()
}

// FromErrno returns OK for 0, and otherwise the status that [Status.Errno]
// makes e from.
func FromErrno(e Errno) Status { return Status(-int32(e)) }

// Errno returns the number of s without its sign.
func (s Status) Errno() Errno { return Errno(-s) }

package bench

// A Kind says what sort of thing a contestant is.
type Kind string

const (
	InProcess   Kind = "in-process"
	Descriptors Kind = "descriptors"
	Limit       Kind = "limit"
)

// A Contestant is something that does the work of the workloads.
type Contestant struct {
	Name      string `json:"name"`
	Kind      Kind   `json:"kind"`
	Datagrams bool   `json:"datagrams"` // it keeps the boundaries of messages
	About     string `json:"about"`
	// Available says that it exists here; if not, Why says why.
	Available bool   `json:"available"`
	Why       string `json:"why"`
}

// A contestant is one with what it can be put to. What it cannot do is nil.
type contestant struct {
	Contestant
	writeRead    func(size int) (loop, error)
	open         func(size int) (a, b end, err error) // to carry messages of a size
	openBlocking func() (a, b end, err error)
	createClose  func() (loop, error)
	idle         func() (bytes float64, err error)
}

// contestants are all of them, in the order of reports.
func contestants() []*contestant {
	all := append(sockets(), descriptors()...)
	return append(all, limits()...)
}

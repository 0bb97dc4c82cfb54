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
	empty        bool // messages have no bytes in them
	createClose  func() (loop, error)
	idle         func() (bytes float64, err error)
}

// What follows makes the work of a workload ready, or is nil.

func (c *contestant) writing(size int) func() (loop, error) {
	if c.writeRead == nil {
		return nil
	}
	return func() (loop, error) { return c.writeRead(size) }
}

func (c *contestant) streaming(size int) func() (loop, error) {
	if c.open == nil || c.empty {
		return nil
	}
	return func() (loop, error) {
		a, b, err := c.open(size)
		return streaming(a, b, size), err
	}
}

func (c *contestant) streamingBlocking(size int) func() (loop, error) {
	if c.openBlocking == nil || c.empty {
		return nil
	}
	return func() (loop, error) {
		a, b, err := c.openBlocking()
		return streaming(a, b, size), err
	}
}

func (c *contestant) rally(int) func() (loop, error) {
	if c.open == nil {
		return nil
	}
	return func() (loop, error) {
		a, b, err := c.open(1)
		return pingPong(a, b), err
	}
}

func (c *contestant) rallyBlocking(int) func() (loop, error) {
	if c.openBlocking == nil {
		return nil
	}
	return func() (loop, error) {
		a, b, err := c.openBlocking()
		return pingPong(a, b), err
	}
}

// contestants are all of them, in the order of reports.
func contestants() []*contestant {
	all := append(sockets(), descriptors()...)
	return append(all, limits()...)
}

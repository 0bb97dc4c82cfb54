package bench

// The workloads, by the names that reports and command lines use.
const (
	WriteRead        = "write+read"
	Stream           = "stream"
	StreamBlocking   = "stream-blocking"
	PingPong         = "ping-pong"
	PingPongBlocking = "ping-pong-blocking"
	Latency          = "latency"
	LatencyBlocking  = "latency-blocking"
	CreateClose      = "create+close"
	Memory           = "memory"
	Tables           = "tables"
	Handles          = "handles"
	HandlesAny       = "handles-any"
	HandlesCreate    = "handles-create"
)

// What varies within a workload, as its [Workload.Parameter].
const (
	MessageBytes = "message_bytes"
	LiveHandles  = "live_handles"
)

// A Workload is a piece of work that several contestants are put to.
type Workload struct {
	Name  string `json:"name"`
	About string `json:"about"`
	// Parameter is what varies in it: MessageBytes, LiveHandles, or nothing.
	Parameter string `json:"parameter"`
}

// Workloads are all there are, in the order in which they are measured.
func Workloads() []Workload {
	return []Workload{
		{WriteRead, "a message written and read on one goroutine", MessageBytes},
		{Stream, "messages from one goroutine to another, plain calls and waits", MessageBytes},
		{StreamBlocking, "messages from one goroutine to another, blocking calls", MessageBytes},
		{PingPong, "a byte to another goroutine and one back, plain calls and waits", ""},
		{PingPongBlocking, "a byte to another goroutine and one back, blocking calls", ""},
		{Latency, "each such round trip by itself, plain calls and waits", ""},
		{LatencyBlocking, "each such round trip by itself, blocking calls", ""},
		{CreateClose, "a pair created and closed", ""},
		{Memory, "what a pair takes that was created and left alone", ""},
		{Tables, "a byte written and read on each of two sockets, by a goroutine each, with both in one table or in two", ""},
		{Handles, "a byte written and read on the same pair of a table with so many live handles", LiveHandles},
		{HandlesAny, "a byte written and read on a pair at random in a table with so many live handles", LiveHandles},
		{HandlesCreate, "a pair created and closed in a table with so many live handles", LiveHandles},
	}
}

// The sizes of messages, and the counts of live handles.
var (
	writeReadSizes = []int{1, 16, 64, 256, 1 << 10, 4 << 10, 16 << 10, 64 << 10}
	streamSizes    = []int{1 << 10, 64 << 10}
	handleCounts   = []int{2, 100, 10_000, 1_000_000}
)

// Percentiles are those that latencies are given at: so many of a hundred
// round trips took no longer.
var Percentiles = []float64{50, 75, 90, 95, 99, 99.5, 99.9}

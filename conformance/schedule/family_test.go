package schedule

import (
	"mx.example/handle"
)

// A family is a scene and calls that bear on one another in it. Of a family
// every two calls, and every three, are run at the same time.
type family struct {
	name  string
	scene []string
	calls []string
	// only has calls of some editions.
	only map[handle.Edition][]string
}

const pair = "create stream capacity=2 table=p -> OK a b"

var tables = []string{"table p -> OK", "table q -> OK"}

var families = []family{
	{
		name:  "waits",
		scene: []string{pair},
		calls: []string{
			"wait b READABLE until=never",
			"wait b USER_0 until=1ms",
			"wait-many b:READABLE a:PEER_CLOSED until=never table=p",
			`write a "x"`,
			"read b 2",
			"signal b set=USER_0; signal b clear=USER_0",
			"close a; read b 2",
			"close b",
			"replace b SAME -> OK c",
			"transfer b q -> OK d",
		},
	},
	{
		name: "ports",
		scene: []string{
			pair,
			"port table=p -> OK o",
			"duplicate o SAME -> OK o2",
			"wait-async b READABLE port=o key=1",
		},
		calls: []string{
			"port-wait o until=never",
			"port-wait o2 until=1ms",
			"port-queue o key=7",
			"wait-async b WRITABLE port=o key=1",
			`write a "x"`,
			"read b 2",
			"port-cancel o source=b key=1",
			"close b",
			"close o; port-wait o2 until=past",
			"replace o2 SAME -> OK o3",
		},
		only: map[handle.Edition][]string{
			handle.Manual:     {"wait-async b READABLE repeating port=o key=2"},
			handle.Kernel2017: {"wait-async b READABLE repeating port=o key=2"},
			handle.Zircon:     {"wait-async b READABLE options=2 port=o key=2"},
		},
	},
	{
		name:  "stream",
		scene: []string{"create stream capacity=1 table=p -> OK a b"},
		calls: []string{
			`write-all a "xy"`,
			`write-all a "z" until=1ms`,
			"read-full b 2",
			"read-full b 1 until=1ms",
			`write a "w"`,
			"read b 1",
			"close a",
			"close b",
			"replace b SAME -> OK c",
		},
		only: endings,
	},
	{
		name:  "datagrams",
		scene: []string{"create datagram capacity=3 table=p -> OK a b", `write a "pq"`},
		calls: []string{
			`write-all a "xyz" until=1ms`,
			`write-all a "u"`,
			`write-all a "vw"`,
			"read-full b 3",
			"read b 3",
			"close b",
			"transfer a q -> OK d",
		},
		only: endings,
	},
}

// endings are the calls that end a direction.
var endings = map[handle.Edition][]string{
	handle.Manual:     {`write b "" half-close`},
	handle.Kernel2017: {`write a "" half-close`},
	handle.Zircon:     {"set-disposition a mine=disabled"},
}

// all are the calls of the family in an edition.
func (f *family) all(e handle.Edition) []string {
	return append(append([]string(nil), f.calls...), f.only[e]...)
}

// groups are the numbers of every n calls of m, of which some may be the same.
func groups(n, m int) (all [][]int) {
	if n == 0 {
		return [][]int{nil}
	}
	for _, g := range groups(n-1, m) {
		from := 0
		if len(g) > 0 {
			from = g[len(g)-1]
		}
		for i := from; i < m; i++ {
			all = append(all, append(append([]int(nil), g...), i))
		}
	}
	return all
}

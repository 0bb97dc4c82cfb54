package peers

import (
	"fmt"

	"mx.example/conformance/external/baseline"
)

// A Claim is a number that the sockets are to reach.
type Claim struct {
	What, Of, Over string
	// Got has one value a round: of times, how much longer Of takes than
	// Over; for a claim about memory it is a single value.
	Got  Sample
	Most float64 // what Got may be at most, or, for Less, has to be below
	Less bool
	Show func(float64) string // a value, as text
}

// Reached reports whether the median is what was claimed.
func (c *Claim) Reached() bool {
	if c.Less {
		return c.Got.Median() < c.Most
	}
	return c.Got.Median() <= c.Most
}

func (c *Claim) row() []string {
	show, sign, reached := c.Show, "≤", "yes"
	if c.Less {
		sign = "<"
	}
	if len(c.Got) == 0 {
		return []string{c.What, c.Of, c.Over, "–", "", sign + " " + show(c.Most), "not measured"}
	}
	if !c.Reached() {
		reached = "NO"
	}
	between := ""
	if len(c.Got) > 1 {
		between = show(c.Got.quantile(0)) + "–" + show(c.Got.quantile(1))
	}
	return []string{c.What, c.Of, c.Over, show(c.Got.Median()), between, sign + " " + show(c.Most), reached}
}

func ratio(v float64) string { return fmt.Sprintf("%.2f", v) }
func fine(v float64) string  { return fmt.Sprintf("%.4f", v) }

// Claims are the numbers to reach, with what was measured of them. Ratios are
// of times within one round, so that the smaller is always the better.
func (r *Report) Claims() []Claim {
	var claims []Claim
	// over claims that the first takes at most so many times as long.
	over := func(workload, of, over string, most float64, less bool) {
		got := r.Samples.Of(workload, of).Over(r.Samples.Of(workload, over))
		claims = append(claims, Claim{What: workload, Of: of, Over: over, Got: got, Most: most, Less: less, Show: ratio})
	}
	over(WriteRead(1), MXStream, baseline.BufConn, 0.85, false)
	over(WriteRead(1), MXStream, baseline.RingMutexes, 1.1, false)
	over(WriteRead(1<<10), MXStream, baseline.RingMutexes, 1.05, false)
	over(WriteRead(64<<10), MXStream, baseline.Ring, 1.05, false)
	for _, size := range WriteReadSizes {
		over(WriteRead(size), MXDatagram, MXStream, 1.15, false)
	}
	for _, size := range StreamSizes {
		over(Stream(size), MXStream, baseline.BufConn, 1, true)
	}
	for _, size := range StreamSizes {
		over(Stream(size), MXBlocking, r.fastestPeer(Stream(size)), 1, true)
	}
	over(PingPong, MXStream, baseline.TwoChannels, 1.6, false)
	over(PingPong, MXBlocking, baseline.TwoChannels, 1.3, false)
	over(CreateClose, MXStream, baseline.NetPipe, 0.6, false)
	// 0.95 of what two tables reach is 1/0.95 of their time.
	over(TwoSockets, OneTable, TwoTables, 1/0.95, false)
	over(CrowdedCalls, Million, Few, 1.2, false)
	over(CrowdedPairs, Million, Few, 1.2, false)

	size := func(what string, got, most float64) {
		claims = append(claims, Claim{What: what, Of: MXStream, Got: Sample{got}, Most: most, Show: group})
	}
	size("heap of an idle pair, bytes", r.Idle[MXStream], 448)
	size("heap of a drained pair, bytes", r.Drained, 4096)
	size("heap of 1,000,000 pairs, bytes", r.Million, 500e6)
	for _, name := range []string{MXStream, MXDatagram, MXBlocking} {
		// The runtime itself allocates now and then: one in a thousand turns
		// of a loop is not the loop.
		claims = append(claims, Claim{What: "allocations a turn, most in " + r.Allocs[name].Workload, Of: name,
			Got: Sample{r.Allocs[name].N}, Most: 0.001, Less: true, Show: fine})
	}
	return claims
}

// fastestPeer is the one that takes least time for a workload.
func (r *Report) fastestPeer(workload string) string {
	name, least := "", 0.0
	for _, s := range baseline.Peers() {
		if got := r.Samples.Of(workload, s.Name); got != nil && (name == "" || got.Median() < least) {
			name, least = s.Name, got.Median()
		}
	}
	return name
}

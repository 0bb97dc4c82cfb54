package bench

import "mx.example/handle"

// A Ratio is how many times as long as Over something takes, or how many times
// as much memory: below 1, Of is the better. Each round has its own.
type Ratio struct {
	Workload string
	Param    int
	Of, Over string
	// OverParam is Param, but for ratios within one contestant.
	OverParam int
	Sample    Sample
}

// Ratios are those that mean something:
//
//   - the streams of the first edition over the descriptors and the limits;
//   - its datagrams over its streams, and over descriptors that keep
//     boundaries;
//   - the other editions over the first;
//   - one table over two, and many handles over the fewest.
func (r *Report) Ratios() []Ratio {
	var all []Ratio
	for _, w := range r.Workloads {
		if w.Name == Latency || w.Name == LatencyBlocking {
			continue // no single number
		}
		params := r.Params(w.Name)
		for _, param := range params {
			over := func(of, over string, overParam int) {
				x, y := r.Of(w.Name, of, param), r.Of(w.Name, over, overParam)
				if x == nil || y == nil {
					return
				}
				all = append(all, Ratio{w.Name, param, of, over, overParam, x.Sample.Over(y.Sample)})
			}
			if w.Parameter == LiveHandles {
				if stream := StreamOf(handle.Manual); param != params[0] {
					over(stream, stream, params[0])
				}
				continue
			}
			over(OneTable, TwoTables, param)
			for _, p := range pairings(r.Contestants) {
				over(p[0], p[1], param)
			}
		}
	}
	return all
}

// pairings are the contestants that are compared with each other, whatever the
// workload.
func pairings(all []Contestant) [][2]string {
	stream, datagram := StreamOf(handle.Manual), DatagramOf(handle.Manual)
	var streams, datagrams, editions [][2]string
	datagrams = append(datagrams, [2]string{datagram, stream})
	for _, c := range all {
		switch {
		case c.Kind != InProcess && c.Datagrams:
			datagrams = append(datagrams, [2]string{datagram, c.Name})
		case c.Kind != InProcess:
			streams = append(streams, [2]string{stream, c.Name})
		case c.Name == stream || c.Name == datagram:
		case c.Datagrams:
			editions = append(editions, [2]string{c.Name, datagram})
		default:
			editions = append(editions, [2]string{c.Name, stream})
		}
	}
	return append(append(streams, datagrams...), editions...)
}

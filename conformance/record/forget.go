package record

import "mx.example/conformance/trace"

// bases are what the names of handles begin with.
var bases = [...]string{"a", "b", "e", "p"}

// forget lets go of what neither a call that is kept nor a live handle needs, after
// the calls before the kept ones have become base: a program that makes handles
// and closes them for ever, or goroutines, does not make the recorder grow. A name
// that was forgotten is not given again, for the numbers behind names only rise.
func (r *Recorder) forget() {
	handles, objects, lanes := map[string]bool{}, map[string]bool{}, map[string]bool{"": true}
	for _, ev := range r.events {
		lanes[ev.actor] = true
		for _, name := range named(&ev.call) {
			handles[name] = true
		}
	}
	s := r.base.s
	for name, h := range s.Handles {
		if h.Live || handles[name] {
			handles[name] = true
		} else {
			delete(s.Handles, name)
		}
	}
	for _, o := range s.Objects {
		objects[o.Name] = true
	}
	for v, m := range r.handles {
		if handles[m.name] {
			objects[m.object] = true
		} else {
			delete(r.handles, v)
		}
	}
	for koid, name := range r.koids {
		if !objects[name] {
			delete(r.koids, koid)
		}
	}
	for name := range r.labels {
		if !objects[name] {
			delete(r.labels, name)
		}
	}
	for g, name := range r.actors {
		if !lanes[name] {
			delete(r.actors, g)
		}
	}
	names := make(map[string]int)
	keep := func(name string) {
		if n := r.names[name]; n > 0 {
			names[name] = n
		}
	}
	for _, name := range bases {
		keep(name)
	}
	for name := range handles {
		keep(name)
	}
	for name := range objects {
		keep(name)
		keep(name + nth)
	}
	r.names = names
}

// named returns the names in a call.
func named(c *trace.Call) []string {
	names := append([]string{c.H.Name, c.To.Name}, c.Out...)
	for _, it := range c.Items {
		names = append(names, it.Ref.Name)
	}
	return names
}

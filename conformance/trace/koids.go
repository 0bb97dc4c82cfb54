package trace

import (
	"fmt"
	"maps"
	"slices"

	"mx.example/handle"
)

// Koids follows through one run which object has which koid, so that the names
// in the answers of OpInfo can be judged: an object has one koid for good, two
// objects never have the same, and none has 0. The zero value is ready for the
// first call of a case.
type Koids struct {
	handles map[string]*object // by the name of any handle
	firsts  map[string]*object // by the name of the object's first handle
	owners  map[handle.Koid]*object
}

// An object is what one of two endpoints, an event or a port is to the run.
type object struct {
	name string // of its first handle
	koid handle.Koid
	peer *object
}

// Gave takes note of the names that c gives. It is to be called for every call
// that succeeded, before the next one.
func (k *Koids) Gave(c *Call) {
	if len(c.Out) == 0 {
		return
	}
	if k.handles == nil {
		k.handles = make(map[string]*object)
		k.firsts = make(map[string]*object)
	}
	if c.Op.MakesObjects() {
		var peer *object
		for _, name := range c.Out {
			o := &object{name: name, peer: peer}
			if peer != nil {
				peer.peer = o
			}
			peer = o
			k.handles[name], k.firsts[name] = o, o
		}
		return
	}
	k.handles[c.Out[0]] = k.handles[c.H.Name]
}

// Known returns the koids that objects of the run are known to have, also those
// that are gone.
func (k *Koids) Known() []handle.Koid { return slices.Collect(maps.Keys(k.owners)) }

// Check compares the koids that an OpInfo told with those that are wanted, and
// keeps them in mind if they agree. It is "" then, and otherwise says in a
// line what is wrong. Names that no earlier call gave are of objects of their
// own.
func (k *Koids) Check(w *InfoWant, got *handle.Info) string {
	o := k.first(w.Koid)
	if reason := k.differs(o, got.Koid); reason != "" {
		return reason
	}
	if w.Related == "" {
		if got.RelatedKoid != 0 {
			return fmt.Sprintf("wanted no related koid, got %d", got.RelatedKoid)
		}
		k.keep(o, got.Koid)
		return ""
	}
	peer := k.first(w.Related)
	if reason := k.differs(peer, got.RelatedKoid); reason != "" {
		return reason
	}
	if o != peer && got.Koid == got.RelatedKoid {
		return fmt.Sprintf("wanted different koids for %s and %s, got %d for both", o.name, peer.name, got.Koid)
	}
	k.keep(o, got.Koid)
	k.keep(peer, got.RelatedKoid)
	return ""
}

// Info is the answer to an OpInfo at h that told got. An object whose koid is
// known from an earlier [Koids.Check] has its name; one that is not is taken
// to be the one that h refers to by what the calls so far gave, or its peer.
func (k *Koids) Info(h Ref, got *handle.Info) InfoWant {
	w := InfoWant{Type: got.Type, Rights: got.Rights, Waitable: got.Waitable, Koid: h.Name}
	if got.RelatedKoid != 0 {
		w.Related = h.Name
	}
	if k == nil {
		return w
	}
	if o := k.handles[h.Name]; o != nil {
		w.Koid = o.name
		if o.peer != nil && w.Related != "" {
			w.Related = o.peer.name
		}
	}
	if o := k.owners[got.Koid]; o != nil {
		w.Koid = o.name
	}
	if o := k.owners[got.RelatedKoid]; o != nil {
		w.Related = o.name
	}
	return w
}

// first is the object that name was the first handle to.
func (k *Koids) first(name string) *object {
	o := k.firsts[name]
	if o == nil {
		o = &object{name: name}
		if k.firsts == nil {
			k.firsts = make(map[string]*object)
			k.handles = make(map[string]*object)
		}
		k.firsts[name] = o
	}
	return o
}

// differs says why koid cannot be that of o, or "".
func (k *Koids) differs(o *object, koid handle.Koid) string {
	switch owner := k.owners[koid]; {
	case koid == 0:
		return fmt.Sprintf("wanted the koid of %s, got 0, which no object has", o.name)
	case o.koid != 0 && o.koid != koid:
		return fmt.Sprintf("wanted the koid of %s, which is %d, got %d", o.name, o.koid, koid)
	case owner != nil && owner != o:
		return fmt.Sprintf("wanted the koid of %s, got %d, which is that of another object, %s", o.name, koid, owner.name)
	}
	return ""
}

func (k *Koids) keep(o *object, koid handle.Koid) {
	if k.owners == nil {
		k.owners = make(map[handle.Koid]*object)
	}
	o.koid = koid
	k.owners[koid] = o
}

package handle

import "mx.example/status"

// A Topic is a kind of information about a handle or its object.
type Topic uint32

// The topics of [Table.GetInfo].
const (
	TopicHandleValid Topic = 1  // only that the handle is one; the answer is nil
	TopicHandleBasic Topic = 2  // the answer is an [Info]
	TopicSocket      Topic = 22 // in [Zircon]; the answer is a mxsocket.Info
)

// A Property is a value of an object that programs may read and change.
type Property uint32

// The properties, in [Zircon] only (Z-THRESHOLD). Both are of sockets, and in
// bytes.
const (
	SocketRxThreshold Property = 12
	SocketTxThreshold Property = 13
)

// A Described object has a topic of its own.
type Described interface {
	Object
	// Describe answers for the topic, if it is the object's. It is called
	// under the lock.
	Describe(Topic) (answer any, ok bool)
}

// A Propertied object has properties.
type Propertied interface {
	Object
	// Property and SetProperty are called under the lock, with a property
	// that exists.
	Property(Property) (uint64, error)
	SetProperty(p Property, value uint64) error
}

// GetInfo tells about h by topic: see the constants for what the answer is.
// [Table.Info] is the same as [TopicHandleBasic], without the allocation.
//
// NOT_SUPPORTED: the edition has no such topic. BAD_HANDLE: h is not a handle
// of this table. WRONG_TYPE, ACCESS_DENIED (X-INFO): the topic is of another
// type of object; h lacks RightInspect, which the topics of an object need.
func (t *Table) GetInfo(h Handle, topic Topic) (any, error) {
	t.check()
	if t.Hooked() {
		return t.toldGetInfo(h, topic)
	}
	switch {
	case topic == TopicHandleValid:
		_, err := t.Info(h)
		return nil, err
	case topic == TopicHandleBasic:
		return t.Info(h)
	case topic != TopicSocket || !t.rules.objectTopics:
		return nil, status.ErrNotSupported
	}
	o, e, err := find[Described](t, h, RightInspect)
	if err != nil {
		return nil, err
	}
	e.Lock()
	defer e.Unlock()
	if !e.Live() {
		return nil, status.ErrBadHandle
	}
	if answer, ok := o.Describe(topic); ok {
		return answer, nil
	}
	return nil, status.ErrWrongType
}

// GetProperty reads a property of the object that h refers to.
//
// INVALID_ARGS: the edition has no properties. BAD_HANDLE: h is not a handle of
// this table. ACCESS_DENIED: h lacks RightGetProperty, which no handle to an
// event or a port can have. NOT_SUPPORTED: there is no such property.
// WRONG_TYPE: the object has no properties.
func (t *Table) GetProperty(h Handle, p Property) (value uint64, err error) {
	if t.Hooked() {
		return t.toldGetProperty(h, p)
	}
	err = t.withProperty(h, p, RightGetProperty, func(o Propertied) (err error) {
		value, err = o.Property(p)
		return err
	})
	return value, err
}

// SetProperty changes a property of the object that h refers to.
//
// It fails as [Table.GetProperty] does, but for the right, which is
// RightSetProperty. INVALID_ARGS, PEER_CLOSED (Z-THRESHOLD): the value is
// above the capacity; the peer, whose buffer SocketTxThreshold is about, is
// gone.
func (t *Table) SetProperty(h Handle, p Property, value uint64) error {
	if t.Hooked() {
		return t.toldSetProperty(h, p, value)
	}
	return t.withProperty(h, p, RightSetProperty, func(o Propertied) error {
		return o.SetProperty(p, value)
	})
}

// withProperty makes the checks that both calls share, and calls f under the
// lock of the object.
func (t *Table) withProperty(h Handle, p Property, r Rights, f func(Propertied) error) error {
	t.check()
	if !t.rules.properties {
		return status.ErrInvalidArgs
	}
	e := t.Lookup(h)
	if e == nil {
		return t.NoHandle()
	}
	if e.rights&r == 0 {
		return status.ErrAccessDenied
	}
	if p != SocketRxThreshold && p != SocketTxThreshold {
		return status.ErrNotSupported
	}
	o, ok := e.object.(Propertied)
	if !ok {
		return status.ErrWrongType
	}
	e.Lock()
	defer e.Unlock()
	if !e.Live() {
		return status.ErrBadHandle
	}
	return f(o)
}

package mxsocket

import (
	"mx.example/handle"
	"mx.example/mxsocket/usermem"
	"mx.example/status"
)

// WriteRaw is [Write] as the system call has it: with an address and a size,
// which can say what a slice cannot. It fails as Write does, and besides:
//
//   - INVALID_ARGS, before the handle is looked at: size > 0 and addr is null
//     (W-NULL).
//   - INVALID_ARGS: the memory that would be copied cannot be read. In the
//     edition [handle.Manual] nothing is written then. In [handle.Kernel2017]
//     a stream takes the bytes before the first bad page and the call is OK,
//     or SHOULD_WAIT if there are none. In [handle.Zircon] a stream takes them
//     too, but the call is INVALID_ARGS (W-FAULT).
//
// Only the bytes that would be taken are looked at: a full socket is
// SHOULD_WAIT whatever the memory is.
//
// On success *actual is the count of bytes written; a failed call leaves it
// alone, and a nil actual is ignored. If *actual cannot be written, the call
// has had its effect all the same and is INVALID_ARGS. A half close has no
// count, and looks at no actual (W-ACTUAL).
//
// addr is the address of foreign memory (from mmap, or C), or of Go memory that
// the caller keeps alive and in place until the call returns, such as by
// [runtime.Pinner]. An address that the process cannot access is an error as
// above, never a crash; an accessible address of something else is the
// caller's bug.
func WriteRaw(t *handle.Table, h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error {
	if t.Hooked() {
		return toldRaw(handle.OpWriteRaw, t, h, options, addr, size, actual)
	}
	if size > 0 && addr == 0 || options != 0 && editionRules[t.Edition()].optionsEarly {
		return status.ErrInvalidArgs // W-NULL, W-OPTIONS-EARLY
	}
	ep, e, err := find(t, h, handle.RightWrite)
	if err != nil {
		return err
	}
	if options != 0 {
		return ep.halfClose(e, options, size)
	}
	n, st := ep.writeRaw(e, addr, size)
	if st != status.OK {
		return st.Err()
	}
	return storeActual(actual, n)
}

func (ep *endpoint) writeRaw(e *handle.Entry, addr uintptr, size uint64) (int, status.Status) {
	e.Lock()
	defer e.Unlock()
	if !e.Live() {
		return 0, status.ErrBadHandle
	}
	n, st := ep.writeAllowance(size)
	if n == 0 {
		return 0, st
	}
	p, peer := ep.pair, ep.peer()
	in := &peer.in
	before := in.size
	done := 0
	var a appending
	// A write that fails at its first byte takes no memory.
	if usermem.CopyIn(make([]byte, 1), addr) == 1 {
		a = in.begin(n, p.datagram)
		for done < n {
			dst := a.room()
			k := usermem.CopyIn(dst, addr+uintptr(done))
			a.copied(k)
			done += k
			if k < len(dst) {
				break
			}
		}
	}
	if done < n {
		rule := &p.rules.streamWriteFault
		if p.datagram {
			rule = &p.rules.datagramWriteFault
		}
		keep := 0
		st = rule.none
		if done > 0 {
			st = rule.some
			if rule.keep {
				keep = done
			}
		}
		p.creator.Release(uint64(n - keep))
		if n = keep; n == 0 {
			return 0, st // what was appended is not committed
		}
	}
	a.commit()
	peer.sizeChanged(before)
	return n, st
}

// ReadRaw is [Read] as the system call has it: with an address and a size,
// which can say what a slice cannot. It fails as Read does, and besides:
//
//   - INVALID_ARGS, before anything else: size > 0 and addr is null (R-NULL).
//   - INVALID_ARGS: the memory that would be filled cannot be written. In the
//     edition [handle.Manual] nothing is consumed then, though the bytes
//     before the first bad page may have been copied. In [handle.Kernel2017]
//     the call is OK with the count before the first bad page, which may be
//     0; that much is consumed, and of a datagram the rest is discarded. In
//     [handle.Zircon] the same is consumed, but the call is INVALID_ARGS
//     (R-FAULT).
//
// With addr null and size 0 it is the query, as [Outstanding]; in
// [handle.Zircon], which has none, an ordinary read of no bytes (R-QUERY).
//
// actual and addr are as for [WriteRaw].
func ReadRaw(t *handle.Table, h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error {
	if t.Hooked() {
		return toldRaw(handle.OpReadRaw, t, h, options, addr, size, actual)
	}
	if options&^editionRules[t.Edition()].readOptions != 0 || size > 0 && addr == 0 {
		return status.ErrInvalidArgs // R-OPTIONS, R-NULL
	}
	n, err := 0, error(nil)
	if addr == 0 && !editionRules[t.Edition()].noQuery {
		n, err = Outstanding(t, h)
	} else {
		n, err = readRaw(t, h, options, addr, size)
	}
	if err != nil {
		return err
	}
	return storeActual(actual, n)
}

func readRaw(t *handle.Table, h handle.Handle, options uint32, addr uintptr, size uint64) (int, error) {
	ep, e, err := find(t, h, handle.RightRead)
	if err != nil {
		return 0, err
	}
	p := ep.pair
	e.Lock()
	defer e.Unlock()
	if !e.Live() {
		return 0, status.ErrBadHandle
	}
	n, st := ep.readAllowance(size)
	if n == 0 {
		return 0, st.Err()
	}
	n = ep.faultyRead(n)
	done := 0
	for s := ep.in.head; done < n; s = s.next {
		src := s.buf[s.r:min(s.w, s.r+n-done)]
		k := usermem.CopyOut(addr+uintptr(done), src)
		done += k
		if k < len(src) {
			break
		}
	}
	if done < n {
		rule := &p.rules.readFault
		if st = rule.some; !rule.keep {
			return 0, st.Err()
		}
		n = done
	}
	if options&Peek == 0 {
		ep.consume(n)
	}
	return n, st.Err()
}

// storeActual reports a count to the caller of a raw call (W-ACTUAL).
func storeActual(actual *uint64, n int) error {
	if actual != nil && !usermem.Store(actual, uint64(n)) {
		return status.ErrInvalidArgs
	}
	return nil
}

package mutants

import (
	"mx.example/handle"
	"mx.example/status"
)

func (p *process) Create(options uint32, capacity *uint64) (handle.Handle, handle.Handle, error) {
	k := p.k
	k.mu.Lock()
	defer k.mu.Unlock()
	c := &call{k: k, p: p, options: options, capacity: capacity}
	if st := c.run("create"); st != pass {
		return 0, 0, st.Err()
	}
	n := p.r.capacity
	if capacity != nil {
		n = *capacity
	}
	if k.is(datagramsHoldLess) && options == 1 && capacity == nil {
		n = 65536
	}
	x := &object{typ: handle.TypeSocket, creator: p, datagram: c.options&1 == 1, capacity: n}
	y := &object{typ: handle.TypeSocket, creator: p, datagram: c.options&1 == 1, capacity: n}
	x.other, y.other = y, x
	x.koid, y.koid = k.nextKoid(), k.nextKoid()
	switch {
	case k.is(koidsAreEqual):
		y.koid = x.koid
	case k.is(koidsPerProcess):
		x.koid, y.koid = handle.Koid(len(p.handles)+1), handle.Koid(len(p.handles)+2)
	case k.is(koidIsReused):
		x.koid, y.koid = 1, 2
	}
	x.related, y.related = y.koid, x.koid
	if k.is(relatedIsOwn) {
		x.related, y.related = x.koid, y.koid
	}
	p.used += p.r.pairCharge
	a, b := p.insert(x, p.r.rights), p.insert(y, p.r.rights)
	switch {
	case k.is(secondHandleReadsOnly):
		b.rights &^= handle.RightWrite
	case k.is(secondHandleStays):
		b.rights &^= handle.RightTransfer
	case k.is(freshUserSignal):
		y.user = handle.UserSignal7
	}
	return a.h, b.h, nil
}

func (k *kernel) nextKoid() handle.Koid {
	k.koid++
	return k.koid
}

// payer is the table that the bytes of a pair are charged to (L-ACCOUNT).
func (k *kernel) payer(e *object, caller *process) *process {
	if k.is(callerPays) {
		return caller
	}
	return e.creator
}

// take reads the bytes that a write moves (W-FAULT).
func (c *call) take() status.Status {
	e := c.end()
	if e == nil || c.half() {
		return pass
	}
	k := c.k
	n := min(c.buf.size, e.room(), k.payer(e, c.p).free())
	if k.is(faultBeforeRoom) && c.buf.reach(min(c.buf.size, 1<<20)) < min(c.buf.size, 1<<20) && c.r.faultUndoes {
		return status.ErrInvalidArgs
	}
	c.data = c.buf.fetch(n)
	c.n = uint64(len(c.data))
	if c.n == n {
		return pass
	}
	if k.is(faultKeepsDatagram) && e.datagram && c.n > 0 {
		return pass
	}
	if k.is(faultByPage) && c.n < 4096 && !c.r.faultUndoes && !e.datagram {
		return status.ErrShouldWait
	}
	if k.is(faultAtOnceIsOK) && c.n == 0 && !c.r.faultUndoes && !e.datagram {
		return status.OK
	}
	if k.is(faultAtOnceIsInvalid) && c.n == 0 {
		return status.ErrInvalidArgs
	}
	if c.r.faultKeeps && !e.datagram {
		switch {
		case k.is(keptFaultIsOK) && c.n > 0:
			return pass
		case !k.is(keptFaultKeepsNothing):
			e.other.push(c.data)
			e.creator.used += c.n
			k.changed(byWrite, e.other, e)
		}
		return status.ErrInvalidArgs
	}
	if e.datagram || c.r.faultUndoes {
		if k.is(faultLeavesBytes) && !e.datagram {
			e.other.push(c.data)
			e.creator.used += c.n
		}
		if k.is(faultLeavesCharge) {
			e.creator.used += c.n
		}
		return status.ErrInvalidArgs
	}
	return when(c.n == 0, status.ErrShouldWait)
}

// write is a write of whatever memory.
func (p *process) write(h handle.Handle, options uint32, b buffer) (uint64, status.Status) {
	k := p.k
	c := &call{k: k, p: p, h: h, options: options, buf: b}
	if st := c.run("write"); st != pass {
		return 0, st
	}
	e := c.end()
	if e == nil {
		return 0, status.ErrInternal // a check that is missing let it through
	}
	if c.half() {
		k.halfClose(e, c.r)
		return 0, status.OK
	}
	n := uint64(len(c.data))
	data := c.data
	switch {
	case k.is(shortWriteLosesLast) && n < b.size && n > 1:
		data = data[:n-1]
	case k.is(shortWriteSaysAll) && n < b.size:
		n = b.size
	case k.is(shortWriteSaysRoom) && n < b.size && !e.datagram:
		n--
	case k.is(shortWriteRefused) && n < b.size && !e.datagram && len(e.other.in) > 0:
		return 0, status.ErrShouldWait
	case k.is(largeWriteCut) && n > 65536:
		data = data[:65536]
		n = 65536
	}
	had := len(e.other.in) > 0
	e.other.push(data)
	k.payer(e, p).used += uint64(len(data))
	if k.is(shortWriteCharged) {
		e.creator.used += b.size - n
	}
	switch {
	case k.is(rawWriteIsQuiet) && b.raw, k.is(smallWriteIsQuiet) && had && n < 3:
	default:
		k.changed(byWrite, e.other, e)
	}
	return n, status.OK
}

// halfClose ends a direction of e's pair (H-DIRECTION).
func (k *kernel) halfClose(e *object, r *rules) {
	reader := e.ends(r)
	reader.ended = true
	switch {
	case k.is(halfCloseEndsBoth):
		reader.other.ended = true
	case k.is(halfCloseDropsBytes):
		reader.creator.used -= uint64(len(reader.in))
		reader.in, reader.lens = nil, nil
	case k.is(halfCloseDropsOtherBytes):
		reader.creator.used -= uint64(len(reader.other.in))
		reader.other.in, reader.other.lens = nil, nil
	case k.is(halfCloseEndsDatagramsElsewhere) && e.datagram:
		reader.ended, reader.other.ended = false, true
	case k.is(halfCloseClearsUser):
		reader.user = 0
	case k.is(halfCloseNeedsEmpty) && len(reader.in) > 0:
		reader.ended = false
	}
	k.changed(byHalf, reader, reader.other)
}

// give decides how much a read delivers, and delivers it (R-FAULT).
func (c *call) give() status.Status {
	e := c.end()
	if e == nil || len(e.in) == 0 {
		return pass
	}
	k := c.k
	have := uint64(len(e.in))
	switch {
	case e.datagram && k.is(datagramsRunTogether):
	case e.datagram:
		have = uint64(e.lens[0])
	case k.is(readStopsAtWrite) && have > 3 && e.accepted > have:
		have--
	case k.is(readCutAtPage):
		have = min(have, 4096)
	}
	n := min(c.buf.size, have)
	if k.is(readLeavesOne) && n == have && n > 1 && !e.datagram {
		n--
	}
	done := c.buf.store(e.in[:n])
	if done < n {
		if c.r.faultUndoes && !k.is(readFaultConsumes) {
			return status.ErrInvalidArgs
		}
		switch {
		case k.is(readFaultRefused) && !c.r.faultUndoes, k.is(readFaultAtOnceRefused) && done == 0:
			return status.ErrInvalidArgs
		case k.is(readFaultConsumesAll):
			done = n
		case k.is(readFaultKeepsDatagram) && e.datagram && !c.r.faultUndoes:
			c.n = done
			return status.OK
		}
	}
	c.n = done
	wrong := pass
	if done < n && (c.r.faultUndoes || c.r.faultKeeps) && !k.is(keptFaultIsOK) {
		wrong = status.ErrInvalidArgs
	}
	if c.options&8 != 0 && c.r.readOptions&8 != 0 && !k.is(peekConsumes) { // R-PEEK
		switch {
		case k.is(peekCutsDatagram) && e.datagram && done < have:
			e.in = append(e.in[:done:done], e.in[have:]...)
			e.lens[0] = int(done)
		case k.is(peekEndsReadable) && done == uint64(len(e.in)):
			e.in, e.lens = nil, nil
		}
		return wrong
	}
	if k.is(keptFaultKeepsNothing) && c.r.faultKeeps && wrong != pass {
		return wrong
	}
	discard := uint64(0)
	if e.datagram {
		discard = have - done
		if k.is(datagramsRunTogether) {
			e.lens = append([]int{int(have)}, 0)
		}
	}
	_, freed := e.pop(done, discard)
	pays := k.payer(e, c.p)
	switch {
	case k.is(readGivesNothingBack) && e.datagram:
	case k.is(cutGivesBackRead):
		pays.used -= done
	case k.is(readerIsRefunded) && c.p != e.creator:
		c.p.used -= min(freed, c.p.used)
	case k.is(lastByteStaysCharged) && len(e.in) == 0 && freed > 1:
		pays.used -= freed - 1
	default:
		pays.used -= freed
	}
	if !(k.is(rawReadIsQuiet) && c.buf.raw) {
		k.readMade(e)
	}
	return wrong
}

// readMade tells the waits of a read at e.
func (k *kernel) readMade(e *object) {
	k.changed(byRead, e.other, e)
}

// read is a read into whatever memory, or a query.
func (p *process) read(h handle.Handle, options uint32, b buffer) (uint64, status.Status) {
	c := &call{k: p.k, p: p, h: h, options: options, buf: b}
	st := c.run("read")
	switch {
	case st == pass || st == status.OK:
		return c.n, status.OK
	}
	return 0, st
}

func (p *process) Write(h handle.Handle, options uint32, b []byte) (int, error) {
	p.k.mu.Lock()
	defer p.k.mu.Unlock()
	n, st := p.write(h, options, slice(b))
	return int(n), st.Err()
}

func (p *process) Read(h handle.Handle, options uint32, b []byte) (int, error) {
	p.k.mu.Lock()
	defer p.k.mu.Unlock()
	n, st := p.read(h, options, slice(b))
	if p.k.is(failedReadCounts) && st == status.ErrShouldWait {
		n = 1
	}
	return int(n), st.Err()
}

func (p *process) Outstanding(h handle.Handle) (int, error) {
	p.k.mu.Lock()
	defer p.k.mu.Unlock()
	n, st := p.read(h, 0, buffer{raw: true, query: true})
	return int(n), st.Err()
}

func (p *process) WriteRaw(h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error {
	p.k.mu.Lock()
	defer p.k.mu.Unlock()
	if p.k.is(nullActualRefused) && actual == nil || p.k.is(badActualFirst) && !put(actual, 1<<63) {
		return status.ErrInvalidArgs
	}
	if p.k.is(nullOfNoSizeRefused) && addr == 0 && options == 0 {
		return status.ErrInvalidArgs
	}
	n, st := p.write(h, options, buffer{addr: addr, size: size, raw: true})
	if options != 0 && st == status.OK && !p.k.is(halfCloseStoresCount) {
		return nil
	}
	return p.counted(n, st, actual)
}

func (p *process) ReadRaw(h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error {
	p.k.mu.Lock()
	defer p.k.mu.Unlock()
	n, st := p.read(h, options, buffer{addr: addr, size: size, raw: true})
	return p.counted(n, st, actual)
}

// counted stores the count of a call that succeeded (W-ACTUAL).
func (p *process) counted(n uint64, st status.Status, actual *uint64) error {
	k := p.k
	if st != status.OK {
		switch {
		case k.is(failureStoresZero), k.is(shouldWaitStoresZero) && st == status.ErrShouldWait,
			k.is(badHandleStoresZero) && st == status.ErrBadHandle:
			put(actual, 0)
		}
		return st.Err()
	}
	if !put(actual, n) && !k.is(badActualIgnored) {
		return status.ErrInvalidArgs
	}
	return nil
}

package mutants

import (
	"mx.example/conformance"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

var _ conformance.ZirconProcess = (*process)(nil)

func dispositionChecks() []check {
	return []check{
		{"Z-DISPOSITION", func(c *call) status.Status {
			return when(c.mine > 2 || c.peers > 2, status.ErrInvalidArgs)
		}},
		{"X-STALE", (*call).find},
		{"W-TYPE", (*call).socket},
		{"Z-DISPOSITION right", func(c *call) status.Status { return c.may(c.p.r.manageRight) }},
		{"Z-ENABLE", func(c *call) status.Status {
			e := c.end()
			if e == nil {
				return pass
			}
			if c.k.is(halfOfADisposition) && c.mine == 1 {
				e.other.ended = true
			}
			return when(c.k.stuck(e.other, c.mine) || c.k.stuck(e, c.peers) && !(c.k.is(goneIsNotAsked) && e.gone()), status.ErrBadState)
		}},
	}
}

// stuck reports whether the writer that reader reads cannot be enabled.
func (k *kernel) stuck(reader *object, d uint32) bool {
	ended := reader.ended || k.is(enableNeedsEmpty)
	return d == 2 && ended && len(reader.in) > 0 && !k.is(enableAlways)
}

func (p *process) SetDisposition(h handle.Handle, mine, peers uint32) error {
	k := p.k
	k.mu.Lock()
	defer k.mu.Unlock()
	if !p.r.zircon {
		return status.ErrNotSupported
	}
	c := &call{k: k, p: p, h: h, mine: mine, peers: peers}
	if k.is(nothingNeedsNothing) && mine == 0 && peers == 0 {
		return nil
	}
	if st := c.run("disposition"); st != pass {
		return st.Err()
	}
	e := c.end()
	if e == nil {
		return status.ErrInternal
	}
	switch {
	case k.is(dispositionNeedsPeer) && e.gone():
		return status.ErrPeerClosed
	case k.is(dispositionsSwapped):
		mine, peers = peers, mine
	case k.is(disableOnlyMine) && peers == 1:
		peers = 0
	case k.is(enableDoesNothing) && mine == 2:
		mine = 0
	case k.is(disableDropsBytes) && mine == 1:
		e.creator.used -= uint64(len(e.other.in))
		e.other.in, e.other.lens = nil, nil
	}
	e.dispose(mine)
	if !e.gone() || k.is(goneIsDisposedToo) {
		e.other.dispose(peers)
	}
	k.changed(byDisposition, e, e.other)
	return nil
}

// dispose changes whether e may write.
func (e *object) dispose(d uint32) {
	if d == 0 {
		return
	}
	k := e.creator.k
	e.other.ended = d == 1
	switch {
	case d == 1 && k.is(disableKeepsWritable):
	case d == 2 && (k.is(enableSetsNothing) || k.is(enableNeedsRoom) && e.room() == 0 || k.is(enableNeedsPeer) && e.gone()):
	default:
		e.unset = d == 1
	}
}

func propertyChecks() []check {
	return []check{
		{"X-STALE", (*call).find},
		{"Z-THRESHOLD right", func(c *call) status.Status { return c.may(c.rights) }},
		{"Z-THRESHOLD property", (*call).known},
	}
}

// known refuses a property that there is none of.
func (c *call) known() status.Status {
	none := status.ErrNotSupported
	if c.k.is(noPropertyIsInvalid) {
		none = status.ErrInvalidArgs
	}
	return when(c.property != handle.SocketRxThreshold && c.property != handle.SocketTxThreshold, none)
}

func (p *process) GetProperty(h handle.Handle, property handle.Property) (uint64, error) {
	k := p.k
	k.mu.Lock()
	defer k.mu.Unlock()
	if !p.r.zircon {
		return 0, status.ErrInvalidArgs
	}
	c := &call{k: k, p: p, h: h, property: property, rights: p.r.getRight}
	if st := c.run("property"); st != pass || c.end() == nil {
		return 0, st.Err()
	}
	if property == handle.SocketRxThreshold || k.is(propertiesAreOne) {
		return c.o.rx, nil
	}
	return c.o.tx, nil
}

func (p *process) SetProperty(h handle.Handle, property handle.Property, value uint64) error {
	k := p.k
	k.mu.Lock()
	defer k.mu.Unlock()
	if !p.r.zircon {
		return status.ErrInvalidArgs
	}
	c := &call{k: k, p: p, h: h, property: property, rights: p.r.setRight}
	if st := c.run("property"); st != pass || c.end() == nil {
		return st.Err()
	}
	e := c.o
	most := e.capacity
	switch {
	case k.is(thresholdBelowCapacity):
		most--
	case k.is(thresholdOneOver):
		most++
	case k.is(thresholdIgnoresZero) && value == 0:
		return nil
	}
	if k.is(goneBeforeThreshold) && e.gone() && property == handle.SocketTxThreshold {
		return status.ErrPeerClosed
	}
	switch {
	case value > most:
		return status.ErrInvalidArgs
	case property == handle.SocketRxThreshold && k.is(rxNeedsPeer) && e.gone(),
		property == handle.SocketTxThreshold && e.gone() && !k.is(txWithoutPeer):
		return status.ErrPeerClosed
	case property == handle.SocketRxThreshold || k.is(propertiesAreOne):
		e.rx = value
	default:
		e.tx = value
	}
	k.changed(byThreshold, e)
	return nil
}

// thresholds are the signals of Z-THRESHOLD.
func (e *object) thresholds() (s handle.Signals) {
	k := e.creator.k
	in, room, rx, tx := uint64(len(e.in)), e.room(), e.rx, e.tx
	switch {
	case k.is(thresholdIsAbove):
		rx, tx = rx+min(rx, 1), tx+min(tx, 1)
	case k.is(rxCountsDatagram) && e.datagram && len(e.lens) > 0:
		in = uint64(e.lens[0])
	case k.is(txCountsUsed):
		room = uint64(len(e.other.in))
	case k.is(rxEndsWithDirection) && e.ended, k.is(rxEndsWithPeer) && e.gone():
		in = 0
	case k.is(txNeedsWritable) && e.other.ended:
		room = 0
	}
	if rx > 0 && in >= rx {
		s |= handle.ReadThreshold
	}
	met := tx > 0 && room >= tx
	if e.gone() && !k.is(txIsLevel) {
		met = e.heldTx && !k.is(txEndsWithPeer)
	}
	if met {
		s |= handle.WriteThreshold
	}
	return s
}

func socketInfoChecks() []check {
	return []check{
		{"X-STALE", (*call).find},
		{"W-TYPE", (*call).socket},
		{"Z-INFO right", func(c *call) status.Status { return c.may(c.p.r.infoRight) }},
	}
}

func (p *process) SocketInfo(h handle.Handle) (trace.SocketInfo, error) {
	k := p.k
	k.mu.Lock()
	defer k.mu.Unlock()
	if !p.r.zircon {
		return trace.SocketInfo{}, status.ErrNotSupported
	}
	c := &call{k: k, p: p, h: h}
	if st := c.run("socket-info"); st != pass || c.end() == nil {
		return trace.SocketInfo{}, st.Err()
	}
	e := c.o
	i := trace.SocketInfo{RxBufMax: e.capacity, RxBufSize: uint64(len(e.in)), RxBufAvailable: uint64(len(e.in))}
	if e.datagram {
		i.Options = 1
		if len(e.lens) > 0 && !k.is(availableIsAll) {
			i.RxBufAvailable = uint64(e.lens[0])
		}
	}
	if !e.gone() || k.is(infoOfGonePeer) {
		i.TxBufMax, i.TxBufSize = e.capacity, uint64(len(e.other.in))
	}
	switch {
	case k.is(infoIsAlwaysStream):
		i.Options = 0
	case k.is(rxMaxIsRoom):
		i.RxBufMax -= i.RxBufSize
	case k.is(txSizeIsRoom) && !e.gone():
		i.TxBufSize = e.room()
	}
	return i, nil
}

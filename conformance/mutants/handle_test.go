package mutants

import (
	"mx.example/conformance"
	"mx.example/handle"
	"mx.example/status"
)

func (p *process) NewEvent() (handle.Handle, error) {
	k := p.k
	k.mu.Lock()
	defer k.mu.Unlock()
	if p.slots() < 1 || p.r.handleCharge+p.r.eventCharge > p.free() {
		return 0, status.ErrNoMemory
	}
	p.used += p.r.eventCharge
	o := &object{typ: handle.TypeEvent, creator: p, koid: k.nextKoid()}
	return p.insert(o, p.r.eventRights).h, nil
}

func (p *process) Close(h handle.Handle) error {
	k := p.k
	k.mu.Lock()
	defer k.mu.Unlock()
	c := &call{k: k, p: p, h: h}
	if (k.is(closeZeroIsFine) || p.r.closeZero) && h == 0 {
		return nil
	}
	if st := c.run("close"); st != pass {
		if k.is(closeTwiceIsFine) && p.old[h] != nil {
			return nil
		}
		return st.Err()
	}
	if k.is(closeNeedsRight) && c.ref.rights == 0 {
		return status.ErrAccessDenied
	}
	p.remove(c.ref, byClose)
	k.cancel(c.ref, byCloseCancel)
	k.drop(c.o, byClose)
	return nil
}

// drop takes a handle from the count of its object (X-LAST).
func (k *kernel) drop(o *object, why cause) {
	o.refs--
	if o.refs > 0 && !(k.is(anyCloseIsLast) && why == byClose) {
		k.changed(why, o)
		return
	}
	if o.typ != handle.TypeSocket {
		if !k.is(eventStaysCharged) {
			o.creator.used -= o.creator.r.eventCharge
		}
		return
	}
	o.other.heldTx = o.other.signals()&handle.WriteThreshold != 0
	o.closed = true
	if !k.is(goneKeepsWritable) {
		o.other.unset = true
	}
	switch {
	case k.is(closedKeepsInbound):
	case k.is(closedInboundStaysCharged):
		o.in, o.lens = nil, nil
	default:
		o.creator.used -= uint64(len(o.in))
		o.in, o.lens = nil, nil
	}
	switch {
	case k.is(closeDropsSent), k.is(closeDropsSentDatagrams) && o.datagram:
		o.creator.used -= uint64(len(o.other.in))
		o.other.in, o.other.lens = nil, nil
	case k.is(closeKeepsFirstDatagram) && len(o.other.lens) > 1:
		o.other.in, o.other.lens = o.other.in[:o.other.lens[0]], o.other.lens[:1]
	case k.is(closeClearsUser):
		o.other.user = 0
	case k.is(closeForgetsRelated):
		o.other.related = 0
	case k.is(closeEndsQuietly):
		o.closed = o.other.ended
		o.other.ended = true
	}
	if o.gone() && !k.is(pairStaysCharged) {
		o.creator.used -= o.creator.r.pairCharge
	}
	k.changed(byPeerClose, o.other)
}

func (p *process) Duplicate(h handle.Handle, r handle.Rights) (handle.Handle, error) {
	k := p.k
	k.mu.Lock()
	defer k.mu.Unlock()
	c := &call{k: k, p: p, h: h, asked: r}
	if st := c.run("duplicate"); st != pass {
		switch {
		case k.is(refusedDuplicateCounts) && c.o != nil && st == status.ErrNoMemory:
			c.o.refs++
		case k.is(refusedDuplicateCharges) && st == status.ErrNoMemory:
			p.used += p.r.handleCharge
		}
		return 0, st.Err()
	}
	n := p.insert(c.o, c.rights)
	if k.is(duplicateIsFree) {
		p.used -= p.r.handleCharge
	}
	k.changed(byDuplicate, c.o)
	return n.h, nil
}

func (p *process) Replace(h handle.Handle, r handle.Rights) (handle.Handle, error) {
	k := p.k
	k.mu.Lock()
	defer k.mu.Unlock()
	c := &call{k: k, p: p, h: h, asked: r}
	if st := c.run("replace"); st != pass {
		if (k.is(refusedReplaceCloses) || p.r.replaceConsumes) && c.ref != nil {
			p.remove(c.ref, byClose)
			k.cancel(c.ref, byReplaceCancel)
			k.drop(c.o, byClose)
		}
		return 0, st.Err()
	}
	switch {
	case p.slots() < 1 && !k.is(replaceNeedsNoSlot), p.r.handleCharge > p.free() && !k.is(replaceNeedsNoMemory):
		return 0, status.ErrNoMemory
	case k.is(replaceNeedsDuplicate) && c.ref.rights&handle.RightDuplicate == 0,
		k.is(replaceNeedsTransfer) && c.ref.rights&handle.RightTransfer == 0:
		return 0, status.ErrAccessDenied
	case k.is(replaceKeepsRights):
		c.rights = c.ref.rights
	case k.is(replaceKeepsOld):
		return p.insert(c.o, c.rights).h, nil
	case k.is(replaceKeepsValue):
		c.ref.rights = c.rights
		k.cancel(c.ref, byReplaceCancel)
		return h, nil
	case k.is(replaceOfSameIsNothing) && r == handle.SameRights:
		return h, nil
	case k.is(replaceChargesAgain):
		p.used += p.r.handleCharge
	}
	return k.move(c.ref, p, c.rights, byReplaceCancel), nil
}

func (p *process) Transfer(h handle.Handle, to conformance.Process) (handle.Handle, error) {
	k := p.k
	k.mu.Lock()
	defer k.mu.Unlock()
	c := &call{k: k, p: p, h: h, to: to.(*process)}
	if st := c.run("transfer"); st != pass {
		if k.is(refusedTransferCancels) && c.ref != nil {
			k.cancel(c.ref, byTransferCancel)
		}
		if k.is(refusedTransferLoses) && c.ref != nil && st == status.ErrNoMemory {
			p.remove(c.ref, byClose)
			k.drop(c.o, byClose)
		}
		return 0, st.Err()
	}
	rights := c.ref.rights
	switch {
	case k.is(transferGivesDefault):
		rights = p.r.rights
	case k.is(transferLosesTransfer):
		rights &^= handle.RightTransfer
	case k.is(transferCopies):
		return c.to.insert(c.o, rights).h, nil
	case k.is(transferOwnsPair) && c.o.typ == handle.TypeSocket && c.to != p:
		c.o.creator.used -= uint64(len(c.o.in))
		c.o.creator = c.to
		c.to.used += uint64(len(c.o.in))
	case k.is(transferToOwnIsNothing) && c.to == p:
		return h, nil
	}
	if k.is(transferSourcePays) && c.to != p {
		p.used += p.r.handleCharge
	}
	return k.move(c.ref, c.to, rights, byTransferCancel), nil
}

// move makes a handle take the place of r. The object's count does not change.
func (k *kernel) move(r *ref, to *process, rights handle.Rights, why cause) handle.Handle {
	o := r.o
	r.p.remove(r, why)
	k.cancel(r, why)
	o.refs--
	if k.is(moveFlickersToLast) && o.refs == 1 {
		k.changed(why, o)
	}
	h := to.insert(o, rights).h
	k.changed(why, o)
	return h
}

func (p *process) Info(h handle.Handle) (handle.Info, error) {
	k := p.k
	k.mu.Lock()
	defer k.mu.Unlock()
	c := &call{k: k, p: p, h: h}
	if k.is(staleInfo) && p.handles[h] == nil && p.old[h] != nil {
		c.ref = p.old[h]
	} else if st := c.run("info"); st != pass {
		return handle.Info{}, st.Err()
	}
	o := c.ref.o
	i := handle.Info{Koid: o.koid, Rights: c.ref.rights, Type: o.typ, RelatedKoid: o.related, Waitable: true}
	switch {
	case k.is(infoNeedsRead) && c.ref.rights&handle.RightRead == 0:
		return handle.Info{}, status.ErrAccessDenied
	case k.is(infoOfEventIsSocket):
		i.Type = handle.TypeSocket
	case k.is(infoOfEventIsRelated) && o.typ == handle.TypeEvent:
		i.RelatedKoid = o.koid
	case k.is(infoNotWaitable) && c.ref.rights&handle.RightRead == 0:
		i.Waitable = false
	case k.is(infoEventNotWaitable) && o.typ == handle.TypeEvent:
		i.Waitable = false
	case k.is(infoRightsOfObject):
		i.Rights = p.r.rights
	case k.is(infoKoidOfHandle):
		i.Koid = handle.Koid(h)
	}
	return i, nil
}

func (p *process) Signal(h handle.Handle, clear, set handle.Signals) error {
	k := p.k
	k.mu.Lock()
	defer k.mu.Unlock()
	c := &call{k: k, p: p, h: h, clear: clear, set: set}
	if st := c.run("signal"); st != pass {
		return st.Err()
	}
	if e := c.end(); k.is(ownSignalNeedsPeer) && e != nil && e.gone() {
		return status.ErrPeerClosed
	}
	k.signal(c.o, c.clear, c.set, bySignal)
	return nil
}

func (p *process) SignalPeer(h handle.Handle, clear, set handle.Signals) error {
	k := p.k
	k.mu.Lock()
	defer k.mu.Unlock()
	c := &call{k: k, p: p, h: h, clear: clear, set: set}
	if st := c.run("signal-peer"); st != pass {
		if k.is(peerSignalToNobody) && st == status.ErrPeerClosed {
			return nil
		}
		return st.Err()
	}
	o := c.o.other
	if k.is(peerSignalIsOwn) {
		o = c.o
	}
	if k.is(peerSignalAtBoth) {
		k.signal(c.o, c.clear, c.set, bySignalPeer)
	}
	k.signal(o, c.clear, c.set, bySignalPeer)
	return nil
}

// signal clears, then sets (S-USER).
func (k *kernel) signal(o *object, clear, set handle.Signals, why cause) {
	switch {
	case k.is(clearAfterSet):
		o.user = (o.user | set) &^ clear
	case k.is(clearsNothing):
		o.user |= set
	case k.is(setReplaces):
		o.user = set
	case k.is(togglesSignals):
		o.user = o.user&^clear ^ set
	case k.is(clearsAllOrNothing) && o.user&clear != clear:
		o.user |= set
	default:
		o.user = o.user&^clear | set
	}
	k.changed(why, o)
}

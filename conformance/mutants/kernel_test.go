// Package wrong asks how good the suite is. Its tests hold a second, small
// implementation of the contract, written from the contract and the exported
// documentation of package conformance alone: one mutex, slices, maps, a
// channel for each wait. It passes the whole suite. Then it is made wrong in
// one place after the other, and every time the suite has to notice.
package mutants

import (
	"sync"

	"mx.example/conformance"
	"mx.example/handle"
	"mx.example/status"
)

// A backend boots kernels with one mutant, or none.
type backend struct{ mutant *mutant }

func (backend) Name() string               { return "toy" }
func (backend) Editions() []handle.Edition { return handle.Editions() }
func (backend) Available() error           { return nil }

func (b backend) Boot(e handle.Edition) (conformance.Kernel, error) {
	k := &kernel{edition: e, checks: rightChecks(), rules: rightRules(), deaf: map[cause]bool{}}
	if b.mutant != nil {
		k.mutation = b.mutant.mutation
		if b.mutant.alter != nil {
			b.mutant.alter(k)
		}
	}
	return k, nil
}

// A kernel is everything, under one lock.
type kernel struct {
	mu      sync.Mutex
	edition handle.Edition
	procs   []*process
	serial  uint32 // of the last handle that was made
	koid    handle.Koid
	waits   []*wait // under way

	checks   map[string][]check        // of each call, in their order
	rules    map[handle.Edition]*rules // of each edition
	deaf     map[cause]bool            // what waits are not told of
	mutation mutation                  // the mutant that is in the code, if it is
}

// is reports whether the kernel has this mutant.
func (k *kernel) is(t mutation) bool { return k.mutation == t }

// rules are what differs between editions.
type rules struct {
	rights        handle.Rights // C-RIGHTS
	eventRights   handle.Rights
	capacity      uint64 // C-CAPACITY
	least, most   uint64
	endsInbound   bool          // H-DIRECTION
	noMemory      status.Status // W-NO-MEMORY
	faultUndoes   bool          // W-FAULT and R-FAULT
	faultKeeps    bool          // there: INVALID_ARGS, and what was moved is moved
	signalRight   handle.Rights // S-RIGHT
	peerRight     handle.Rights
	waitRight     handle.Rights // T-RIGHT
	waitMany      int           // T-MANY
	tooMany       status.Status
	pairCharge    uint64 // L-ACCOUNT
	handleCharge  uint64
	eventCharge   uint64
	userSignals   handle.Signals // S-USER
	eventSignals  handle.Signals
	defaultLimit  uint64
	largestBuffer uint64 // W-HUGE, R-HUGE

	zircon          bool // options of write, query, LAST_HANDLE, the calls Z-
	typeFirst       bool // O-ORDER
	readOptions     uint32
	lowBitsSet      bool          // X-STALE
	tooBig          status.Status // W-DGRAM-TOO-BIG
	readEnded       status.Status // R-ENDED
	closeZero       bool          // X-CLOSE
	replaceConsumes bool          // X-REPLACE-RIGHTS
	atOnce          bool          // T-OBSERVED, T-CANCEL
	endedForReader  handle.Signals
	endedForWriter  handle.Signals
	manageRight     handle.Rights // Z-DISPOSITION
	getRight        handle.Rights // Z-THRESHOLD
	setRight        handle.Rights
	infoRight       handle.Rights // Z-INFO
}

func rightRules() map[handle.Edition]*rules {
	const basic = handle.RightDuplicate | handle.RightTransfer | handle.RightRead | handle.RightWrite
	manual := rules{
		rights: basic, eventRights: basic,
		capacity: 257024, least: 1, most: 1<<32 - 1,
		endsInbound: true, noMemory: status.ErrNoMemory, faultUndoes: true,
		signalRight: handle.RightWrite, peerRight: handle.RightWrite, waitRight: handle.RightRead,
		waitMany: 1024, tooMany: status.ErrInvalidArgs,
		pairCharge: 512, handleCharge: 64, eventCharge: 128,
		userSignals:  handle.UserSignals,
		eventSignals: handle.UserSignals | handle.Signaled,
		defaultLimit: 262144, largestBuffer: 1<<32 - 1,
		tooBig: status.ErrShouldWait, readEnded: status.ErrPeerClosed,
		endedForReader: handle.PeerClosed,
	}
	kernel2017 := manual
	kernel2017.endsInbound = false
	kernel2017.noMemory = status.ErrShouldWait
	kernel2017.faultUndoes = false
	kernel2017.peerRight = 0
	zircon := kernel2017
	zircon.zircon, zircon.typeFirst, zircon.atOnce, zircon.faultKeeps = true, true, true, true
	zircon.closeZero, zircon.replaceConsumes = true, true
	zircon.capacity = 264160
	zircon.rights |= handle.RightWait | handle.RightInspect | handle.RightGetProperty | handle.RightSetProperty |
		handle.RightSignal | handle.RightSignalPeer | handle.RightManageSocket
	zircon.eventRights = handle.RightDuplicate | handle.RightTransfer | handle.RightWait | handle.RightInspect | handle.RightSignal
	zircon.signalRight, zircon.peerRight, zircon.waitRight = handle.RightSignal, handle.RightSignalPeer, handle.RightWait
	zircon.waitMany, zircon.tooMany = 64, status.ErrOutOfRange
	zircon.readOptions = 8
	zircon.lowBitsSet = true
	zircon.tooBig, zircon.readEnded = status.ErrOutOfRange, status.ErrBadState
	zircon.endedForReader, zircon.endedForWriter = handle.PeerWriteDisabled, handle.WriteDisabled
	zircon.manageRight, zircon.infoRight = handle.RightManageSocket, handle.RightInspect
	zircon.getRight, zircon.setRight = handle.RightGetProperty, handle.RightSetProperty
	return map[handle.Edition]*rules{handle.Manual: &manual, handle.Kernel2017: &kernel2017, handle.Zircon: &zircon}
}

// A process is a handle table.
type process struct {
	conformance.Unimplemented // what is beyond sockets, events and their handles

	k       *kernel
	edition handle.Edition
	r       *rules
	handles map[handle.Handle]*ref
	old     map[handle.Handle]*ref // handles that went, for the mutants that use them
	dead    []handle.Handle        // their values, the earliest first
	limit   uint64
	memory  uint64 // what may be used
	used    uint64
}

var (
	_ conformance.RawProcess           = (*process)(nil)
	_ conformance.BlockingAwareProcess = (*process)(nil)
)

// A ref is what a handle value means.
type ref struct {
	p      *process
	h      handle.Handle
	o      *object
	rights handle.Rights
}

func (k *kernel) NewProcess(l conformance.Limits) (conformance.Process, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	p := &process{k: k, edition: k.edition, limit: l.Handles, memory: 1<<64 - 1,
		handles: map[handle.Handle]*ref{}, old: map[handle.Handle]*ref{}}
	if l.Edition != nil && !k.is(tableHasNoEdition) {
		p.edition = *l.Edition
	}
	p.r = k.rules[p.edition]
	if l.HasMemory {
		p.memory = l.Memory
	}
	if p.limit == 0 {
		p.limit = p.r.defaultLimit
	}
	k.procs = append(k.procs, p)
	return p, nil
}

// Close ends the waits that are still under way; the rest is garbage.
func (k *kernel) Close() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, w := range k.waits {
		w.canceled = true
		w.end()
	}
	return nil
}

// find is what the value h means in p, or nil.
func (p *process) find(h handle.Handle) *ref {
	if r := p.handles[h]; r != nil {
		return r
	}
	switch k := p.k; {
	case k.is(lowBitsIgnored):
		for d := range handle.Handle(4) {
			if r := p.handles[h&^3|d]; r != nil {
				return r
			}
		}
	case k.is(highBitIgnored):
		return p.handles[h^1<<30]
	case k.is(signBitIgnored):
		return p.handles[h^1<<31]
	case k.is(anyTable):
		for _, q := range k.procs {
			if r := q.handles[h]; r != nil {
				return r
			}
		}
	case k.is(zeroIsLast) && h == 0:
		for _, r := range p.handles {
			return r
		}
	}
	return nil
}

// free is how much memory p may still use.
func (p *process) free() uint64 {
	if p.used >= p.memory {
		return 0
	}
	return p.memory - p.used
}

// slots is how many handles p may still make.
func (p *process) slots() uint64 {
	n := p.limit - uint64(len(p.handles))
	if p.k.is(limitOneLess) && n > 0 {
		n--
	}
	if p.k.is(limitOneMore) {
		n++
	}
	return n
}

// insert makes a handle. Values go all over the 31 bits and are never used
// again (X-STALE), not even by another process (X-TABLE).
func (p *process) insert(o *object, rights handle.Rights) *ref {
	k := p.k
	var h handle.Handle
	if n := len(p.dead); n > 0 {
		switch {
		case k.is(valueReusedAtOnce):
			h, p.dead = p.dead[n-1], p.dead[:n-1]
		case (k.is(closedValueComesBack) || k.is(replacedValueComesBack) || k.is(movedValueComesBack)) && n == 1 && k.serial%128 == 0:
			h, p.dead = p.dead[0], nil
		case k.is(valueReusedAfter2) && n > 2,
			k.is(valueReusedAfter64) && n > 64,
			k.is(valueReusedAfter512) && n > 512:
			h, p.dead = p.dead[0], p.dead[1:]
		}
	}
	for h == 0 {
		k.serial++
		h = handle.Handle(k.serial * 0x5bd1e995 & (1<<31 - 1))
		if p.r.lowBitsSet && !k.is(lowBitsVary) {
			h = handle.Handle(k.serial*0x5bd1e995<<2|3) & (1<<31 - 1)
		}
		if k.is(valuesAreSmall) {
			h = handle.Handle(k.serial)
		}
		if k.is(valuesAreNegative) && k.serial%4 == 0 {
			h |= 1 << 31
		}
	}
	r := &ref{p, h, o, rights}
	p.handles[h] = r
	p.used += p.r.handleCharge
	o.refs++
	return r
}

// remove takes a handle away. The object keeps its count: see [process.drop].
// why tells a close from a replace and a transfer.
func (p *process) remove(r *ref, why cause) {
	k := p.k
	delete(p.handles, r.h)
	p.used -= p.r.handleCharge
	if k.mutation == 0 {
		return
	}
	p.old[r.h] = r
	switch {
	case k.is(closedValueComesBack) && why != byClose,
		k.is(replacedValueComesBack) && why != byReplaceCancel,
		k.is(movedValueComesBack) && why != byTransferCancel:
	case (k.is(closedValueComesBack) || k.is(replacedValueComesBack) || k.is(movedValueComesBack)) && len(p.dead) > 0:
	default:
		p.dead = append(p.dead, r.h)
	}
}

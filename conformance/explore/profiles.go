package explore

import (
	"slices"

	"mx.example/conformance/trace"
)

// A kind is what a generator decides to do next.
type kind uint8

const (
	doWrite kind = iota
	doRead
	doOutstanding
	doHalfClose
	doRaw // a write or a read that no slice can express, or with odd options
	doClose
	doDuplicate
	doReplace
	doTransfer
	doInfo
	doSignal
	doSignalPeer
	doSignals
	doWait
	doWaitMany
	doStart // a wait that blocks, on an actor
	doCreate
	doEvent
	doTable // with limits
	doOther // a table in another edition
	doDisposition
	doGetProperty
	doSetProperty
	doSocketInfo
	doPort
	doPortQueue
	doPortWait
	doWaitAsync
	doPortCancel
	kinds
)

// ops are the calls; that of doRaw and doStart is decided later.
var ops = [kinds]trace.Op{
	doWrite:       trace.OpWrite,
	doRead:        trace.OpRead,
	doOutstanding: trace.OpOutstanding,
	doHalfClose:   trace.OpWrite,
	doClose:       trace.OpClose,
	doDuplicate:   trace.OpDuplicate,
	doReplace:     trace.OpReplace,
	doTransfer:    trace.OpTransfer,
	doInfo:        trace.OpInfo,
	doSignal:      trace.OpSignal,
	doSignalPeer:  trace.OpSignalPeer,
	doSignals:     trace.OpSignals,
	doWait:        trace.OpWait,
	doWaitMany:    trace.OpWaitMany,
	doCreate:      trace.OpCreate,
	doEvent:       trace.OpEvent,
	doTable:       trace.OpTable,
	doOther:       trace.OpTable,
	doDisposition: trace.OpSetDisposition,
	doGetProperty: trace.OpGetProperty,
	doSetProperty: trace.OpSetProperty,
	doSocketInfo:  trace.OpSocketInfo,
	doPort:        trace.OpPort,
	doPortQueue:   trace.OpPortQueue,
	doPortWait:    trace.OpPortWait,
	doWaitAsync:   trace.OpWaitAsync,
	doPortCancel:  trace.OpPortCancel,
}

// needs says what each kind of call is rarely made without.
var needs = [kinds]trait{
	doEvent:      noEvents,
	doTable:      noTables,
	doOther:      noTables,
	doInfo:       noInfo,
	doReplace:    noReplace,
	doTransfer:   noTransfer,
	doSignal:     noSignals,
	doSignalPeer: noSignals,
	doRaw:        noRaw,
	doStart:      hosted,
	doDuplicate:  noDuplicate,
}

// A profile is how often each kind of call is made for a while.
type profile struct{ kinds []kind }

// profiles rotate so that every kind of state gets its share. The weights of
// one add up to about 200.
var profiles = []profile{
	mix(weights{doWrite: 52, doRead: 50, doOutstanding: 12, doHalfClose: 2, doRaw: 4, doClose: 3, doDuplicate: 4,
		doReplace: 3, doTransfer: 3, doInfo: 4, doSignal: 5, doSignalPeer: 5, doSignals: 22, doWait: 12,
		doWaitMany: 5, doStart: 2, doCreate: 1, doEvent: 1}),
	mix(weights{doWrite: 120, doRead: 20, doOutstanding: 12, doHalfClose: 1, doRaw: 3, doSignals: 24, doWait: 8,
		doWaitMany: 2, doStart: 1, doDuplicate: 1}),
	mix(weights{doWrite: 16, doRead: 120, doOutstanding: 12, doHalfClose: 1, doRaw: 3, doSignals: 24, doWait: 8,
		doWaitMany: 2, doStart: 1, doDuplicate: 1}),
	mix(weights{doWrite: 24, doRead: 24, doOutstanding: 8, doHalfClose: 10, doRaw: 3, doClose: 16, doDuplicate: 6,
		doReplace: 2, doInfo: 4, doSignal: 5, doSignalPeer: 8, doSignals: 30, doWait: 14, doWaitMany: 5, doStart: 4,
		doCreate: 8}),
	mix(weights{doWrite: 14, doRead: 14, doOutstanding: 6, doHalfClose: 1, doRaw: 4, doClose: 18, doDuplicate: 34,
		doReplace: 20, doTransfer: 20, doInfo: 16, doSignal: 8, doSignalPeer: 8, doSignals: 24, doWait: 8,
		doWaitMany: 4, doStart: 4, doCreate: 3, doEvent: 3}),
}

// watching is the profile in which ports hear of what happens to the others.
var watching = mix(weights{doWaitAsync: 30, doPortWait: 36, doPortQueue: 12, doPortCancel: 8, doPort: 2,
	doWrite: 24, doRead: 24, doHalfClose: 2, doSignal: 16, doSignalPeer: 10, doSignals: 6, doWait: 2,
	doClose: 6, doDuplicate: 6, doReplace: 4, doTransfer: 4, doInfo: 2, doStart: 8, doCreate: 2, doEvent: 3})

// profilesOf are the profiles of a sequence: in the editions that have the calls of
// the group Z, and where it is about ports.
func profilesOf(zircon, ports bool) []profile { return allProfiles[one(zircon)][one(ports)] }

var allProfiles = func() (all [2][2][]profile) {
	all[0] = [2][]profile{profiles, append(slices.Clone(profiles), watching, watching, watching)}
	for ports, list := range all[0] {
		for i, m := range list {
			more := weights{doDisposition: 4, doGetProperty: 2, doSetProperty: 5, doSocketInfo: 8}
			if i == ending {
				more[doDisposition] = 24
			}
			all[1][ports] = append(all[1][ports], profile{append(slices.Clone(m.kinds), mix(more).kinds...)})
		}
	}
	return all
}()

// ending is the profile in which directions and endpoints come to their end.
const ending = 3

type weights [kinds]int

// mix lays out the kinds as often as they weigh, to be drawn from.
func mix(w weights) profile {
	var m profile
	for k, n := range w {
		for range n {
			m.kinds = append(m.kinds, kind(k))
		}
	}
	return m
}

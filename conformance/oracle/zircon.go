package oracle

import (
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// This file holds the calls of the group Z, which only zircon has.

// Dispositions, and what stays as it is.
const (
	Unchanged     = 0
	WriteDisabled = 1
	WriteEnabled  = 2
)

// Properties.
const (
	RxThreshold = 12
	TxThreshold = 13
)

// setDisposition says of each endpoint whether it may write.
func (s *State) setDisposition(c *trace.Call) trace.Want {
	if !s.called(c.H).Zircon {
		return answer(status.ErrNotSupported)
	}
	if c.Mine > WriteEnabled || c.Peers > WriteEnabled {
		return answer(status.ErrInvalidArgs) // Z-DISPOSITION: before the handle
	}
	h, st := s.socket(c.H, handle.RightManageSocket)
	if st != status.OK {
		return answer(st)
	}
	p := s.Objects[h.Peer]
	// A direction is kept at the endpoint that reads it.
	if !acceptsDisposition(h, c.Peers) || !acceptsDisposition(p, c.Mine) {
		return answer(status.ErrBadState) // Z-ENABLE: neither side changes
	}
	dispose(h, p, c.Mine)
	if !p.Closed { // Z-GONE: else h's own side only
		dispose(p, h, c.Peers)
	}
	return answer(status.OK)
}

// acceptsDisposition reports whether the endpoint whose bytes the reader gets
// may be given the disposition d (Z-ENABLE).
func acceptsDisposition(reader *Object, d uint32) bool {
	return d != WriteEnabled || !reader.Ended || len(reader.Inbound) == 0
}

// dispose gives it to that endpoint (Z-DISABLED, Z-ENABLE, S-WRITABLE).
func dispose(writer, reader *Object, d uint32) {
	switch d {
	case WriteDisabled:
		reader.Ended, writer.Writable = true, false
	case WriteEnabled:
		reader.Ended, writer.Writable = false, true
	}
}

// property checks what both calls on properties check (Z-THRESHOLD).
func (s *State) property(c *trace.Call, need handle.Rights) (*Object, status.Status) {
	if !s.called(c.H).Zircon {
		return nil, status.ErrInvalidArgs
	}
	_, o, st := s.use(c.H, need) // which no event and no port can have
	if st == status.OK && c.Property != RxThreshold && c.Property != TxThreshold {
		st = status.ErrNotSupported
	}
	return o, st
}

// getProperty reads a threshold.
func (s *State) getProperty(c *trace.Call) trace.Want {
	h, st := s.property(c, handle.RightGetProperty)
	if st != status.OK {
		return answer(st)
	}
	if c.Property == RxThreshold {
		return trace.Want{Status: status.OK, N: h.ReadThreshold}
	}
	return trace.Want{Status: status.OK, N: h.WriteThreshold}
}

// setProperty changes a threshold.
func (s *State) setProperty(c *trace.Call) trace.Want {
	h, st := s.property(c, handle.RightSetProperty)
	switch {
	case st != status.OK:
		return answer(st)
	case c.Value > h.Capacity:
		return answer(status.ErrInvalidArgs)
	case c.Property == RxThreshold:
		h.ReadThreshold = c.Value
	case s.Peer(h) == nil:
		return answer(status.ErrPeerClosed)
	default:
		h.WriteThreshold = c.Value
	}
	return answer(status.OK)
}

// socketInfo is the topic of sockets (Z-INFO).
func (s *State) socketInfo(c *trace.Call) trace.Want {
	if !s.called(c.H).Zircon {
		return answer(status.ErrNotSupported)
	}
	h, st := s.socket(c.H, handle.RightInspect) // X-INFO
	if st != status.OK {
		return answer(st)
	}
	return trace.Want{Status: status.OK, Socket: s.SocketInfo(h)}
}

// SocketInfo is what the topic of sockets tells of an endpoint (Z-INFO).
func (s *State) SocketInfo(h *Object) trace.SocketInfo {
	info := trace.SocketInfo{
		Options:        Stream,
		RxBufMax:       h.Capacity,
		RxBufSize:      uint64(len(h.Inbound)),
		RxBufAvailable: uint64(len(h.Inbound)),
	}
	if h.Datagram {
		info.Options = Datagram
		if len(h.Lengths) > 0 {
			info.RxBufAvailable = uint64(h.Lengths[0])
		}
	}
	if p := s.Peer(h); p != nil {
		info.TxBufMax, info.TxBufSize = p.Capacity, uint64(len(p.Inbound))
	}
	return info
}

//go:build cgo && unix

package main

import "C"

import (
	"mx.example/handle"
	"mx.example/status"
)

//export libmx_port_create
func libmx_port_create(options uint32, out uintptr) int32 {
	if !writable(out, handleSize) {
		return invalidArgs
	}
	t := table()
	h, err := handle.NewPort(t, options)
	return made(t, h, err, out)
}

// A packet is 48 bytes: key, type and status, and at payload 32 bytes that
// depend on the type.
const (
	packetSize = 48
	payload    = 16
)

//export libmx_port_queue
func libmx_port_queue(port uint32, packet uintptr) int32 {
	var b [packetSize]byte
	if !load(b[:], packet) {
		return invalidArgs
	}
	pk := handle.Packet{
		Key:    native.Uint64(b[0:]),
		Type:   handle.PacketType(native.Uint32(b[8:])),
		Status: status.Status(native.Uint32(b[12:])),
		User:   [32]byte(b[payload:]),
	}
	return code(table().QueuePacket(handle.Handle(port), &pk))
}

//export libmx_port_wait
func libmx_port_wait(port uint32, deadline int64, packet uintptr) int32 {
	if !writable(packet, packetSize) {
		return invalidArgs // before a packet is taken, which would be lost
	}
	pk, err := table().WaitPortFunc(handle.Handle(port), at(deadline), onBlock())
	if err != nil {
		return code(err)
	}
	var b [packetSize]byte
	native.PutUint64(b[0:], pk.Key)
	native.PutUint32(b[8:], uint32(pk.Type))
	native.PutUint32(b[12:], uint32(pk.Status))
	if pk.Type == handle.PacketUser {
		copy(b[payload:], pk.User[:])
	} else {
		native.PutUint32(b[payload:], uint32(pk.Signal.Trigger))
		native.PutUint32(b[payload+4:], uint32(pk.Signal.Observed))
		native.PutUint64(b[payload+8:], pk.Signal.Count)
		if pk.Signal.Timestamp != 0 {
			native.PutUint64(b[payload+16:], uint64(epoch+pk.Signal.Timestamp))
		}
	}
	if !store(packet, b[:]) {
		return invalidArgs
	}
	return 0
}

//export libmx_port_cancel
func libmx_port_cancel(port, source uint32, key uint64) int32 {
	return code(table().CancelAsync(handle.Handle(source), handle.Handle(port), key))
}

//export libmx_port_cancel_key
func libmx_port_cancel_key(port, options uint32, key uint64) int32 {
	return code(table().CancelKey(handle.Handle(port), options, key))
}

// libmx_port_v1 ends a call that is for a port of the first version, of which
// there are none.
//
//export libmx_port_v1
func libmx_port_v1(h, right uint32) int32 {
	t := table()
	i, err := t.Info(handle.Handle(h))
	if err != nil {
		return code(err)
	}
	return code(t.Refuse(false, i.Rights&handle.Rights(right) != 0))
}

//export libmx_object_wait_async
func libmx_object_wait_async(h, port uint32, key uint64, signals, options uint32) int32 {
	return code(table().WaitAsync(handle.Handle(h), handle.Handle(port), key, handle.Signals(signals), options))
}

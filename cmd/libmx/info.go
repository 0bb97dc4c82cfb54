//go:build cgo && unix

package main

import "C"

import (
	"encoding/binary"
	"math"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

var native = binary.NativeEndian

//export libmx_object_get_info
func libmx_object_get_info(h, topic uint32, buffer uintptr, size uint64, actual, avail uintptr) int32 {
	answer, err := table().GetInfo(handle.Handle(h), handle.Topic(topic))
	if err != nil || handle.Topic(topic) == handle.TopicHandleValid {
		return code(err) // that has no record, and tells no number of them
	}
	record := encodeInfo(answer)
	given, st := uintptr(1), status.OK
	if uint64(len(record)) > size {
		given, st, record = 0, status.ErrBufferTooSmall, nil
	}
	// Nothing is written unless all of it can be.
	if record != nil && !writable(buffer, uintptr(len(record))) ||
		actual != 0 && !writable(actual, sizeSize) ||
		avail != 0 && !writable(avail, sizeSize) {
		return invalidArgs
	}
	if record != nil && !store(buffer, record) ||
		actual != 0 && !storeSize(actual, given) ||
		avail != 0 && !storeSize(avail, 1) {
		return invalidArgs
	}
	return int32(st)
}

// encodeInfo is the record that answers a topic, as mx_info_handle_basic_t and
// zx_info_socket_t have it.
func encodeInfo(answer any) []byte {
	switch i := answer.(type) {
	case handle.Info:
		const size = 32
		b := native.AppendUint64(make([]byte, 0, size), uint64(i.Koid))
		b = native.AppendUint32(b, uint32(i.Rights))
		b = native.AppendUint32(b, uint32(i.Type))
		b = native.AppendUint64(b, uint64(i.RelatedKoid))
		waitable := uint32(0)
		if i.Waitable {
			waitable = 1
		}
		b = native.AppendUint32(b, waitable)
		return b[:size] // with the padding
	case mxsocket.Info:
		b := native.AppendUint32(nil, i.Options)
		b = native.AppendUint32(b, 0)
		for _, n := range []uint64{i.RxBufMax, i.RxBufSize, i.RxAvailable, i.TxBufMax, i.TxBufSize} {
			b = appendSize(b, n)
		}
		return b
	}
	return nil
}

//export libmx_object_get_property
func libmx_object_get_property(h, property uint32, value uintptr, size uint64) int32 {
	if value == 0 {
		return invalidArgs
	}
	t := table()
	if t.Edition() != handle.Zircon {
		return noProperty(t, h)
	}
	v, err := t.GetProperty(handle.Handle(h), handle.Property(property))
	if err != nil {
		return code(err)
	}
	if size < uint64(sizeSize) {
		return int32(status.ErrBufferTooSmall)
	}
	if !storeSize(value, uintptr(v)) {
		return invalidArgs
	}
	return 0
}

//export libmx_object_set_property
func libmx_object_set_property(h, property uint32, value uintptr, size uint64) int32 {
	if value == 0 {
		return invalidArgs
	}
	t := table()
	if t.Edition() != handle.Zircon {
		return noProperty(t, h)
	}
	// Without a value to set, one that no property takes finds out whether
	// the handle, its right and the property are all right: they come first.
	var v uintptr
	st := status.OK
	switch {
	case size < uint64(sizeSize):
		st = status.ErrBufferTooSmall
	case !load(bytesOf(&v), value):
		st = status.ErrInvalidArgs
	default:
		return code(t.SetProperty(handle.Handle(h), handle.Property(property), uint64(v)))
	}
	if err := t.SetProperty(handle.Handle(h), handle.Property(property), math.MaxUint64); err != status.ErrInvalidArgs {
		return code(err)
	}
	return int32(st)
}

// noProperty ends a call about a property in the editions of 2017: the handle
// comes first, and then the right, which no handle to what is here has.
func noProperty(t *handle.Table, h uint32) int32 {
	if _, err := t.Info(handle.Handle(h)); err != nil {
		return code(err)
	}
	return int32(status.ErrAccessDenied)
}

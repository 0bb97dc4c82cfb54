// The system calls of Magenta, as of 2017, that this library has: sockets,
// events and ports, the handles to them, waiting, and time. What each call
// does, and in which order it finds out what is wrong, depends a little on the
// edition; see <libmx/host.h> for that, for pointers, and for what a program
// must know about signal handlers, threads and fork.
//
// Each call returns MX_OK or a negative status. A call that fails has changed
// nothing, unless it says otherwise.

#ifndef LIBMX_MAGENTA_SYSCALLS_H_
#define LIBMX_MAGENTA_SYSCALLS_H_

#include <libmx/host.h>
#include <magenta/syscalls/types.h>

__BEGIN_CDECLS

// Sockets.

// mx_socket_create makes a connected pair and puts a handle to each end into
// *out0 and *out1. options is MX_SOCKET_STREAM or MX_SOCKET_DATAGRAM.
mx_status_t mx_socket_create(uint32_t options, mx_handle_t* out0, mx_handle_t* out1);

// mx_socket_write puts bytes into the buffer of the other end, and how many it
// took into *actual, unless actual is null. It never blocks. With
// MX_SOCKET_HALF_CLOSE and no bytes it ends a direction.
mx_status_t mx_socket_write(mx_handle_t handle, uint32_t options, const void* buffer, size_t size,
                            size_t* actual);

// mx_socket_read takes bytes that the other end has written: of a stream what
// there is, or one datagram. It never blocks. With a null buffer and size 0 it
// takes nothing, and *actual is the count of all bytes there are.
mx_status_t mx_socket_read(mx_handle_t handle, uint32_t options, void* buffer, size_t size,
                           size_t* actual);

// Handles.

mx_status_t mx_handle_close(mx_handle_t handle);

// mx_handle_duplicate makes another handle to the same object, with rights that
// are a subset of the handle's own, or MX_RIGHT_SAME_RIGHTS.
mx_status_t mx_handle_duplicate(mx_handle_t handle, mx_rights_t rights, mx_handle_t* out);

// mx_handle_replace does the same and closes the old handle at one instant.
mx_status_t mx_handle_replace(mx_handle_t handle, mx_rights_t rights, mx_handle_t* out);

// Objects.

// mx_object_wait_one blocks until one of the signals is asserted on the object,
// until the deadline (MX_ERR_TIMED_OUT), or until the handle is closed
// (MX_ERR_CANCELED). In these cases *observed, unless observed is null, tells
// what was seen. Deadline 0 polls.
mx_status_t mx_object_wait_one(mx_handle_t handle, mx_signals_t signals, mx_time_t deadline,
                               mx_signals_t* observed);

// mx_object_wait_many waits for any of several objects, and fills in pending of
// every item. It takes up to MX_WAIT_MANY_MAX_ITEMS.
mx_status_t mx_object_wait_many(mx_wait_item_t* items, uint32_t count, mx_time_t deadline);

// mx_object_wait_async asks for a packet in a port when one of the signals is
// asserted.
mx_status_t mx_object_wait_async(mx_handle_t handle, mx_handle_t port, uint64_t key,
                                 mx_signals_t signals, uint32_t options);

// mx_object_signal clears and then sets signals that belong to programs:
// MX_USER_SIGNAL_ALL, and of an event MX_EVENT_SIGNALED. mx_object_signal_peer
// does so at the other end of a socket.
mx_status_t mx_object_signal(mx_handle_t handle, uint32_t clear_mask, uint32_t set_mask);
mx_status_t mx_object_signal_peer(mx_handle_t handle, uint32_t clear_mask, uint32_t set_mask);

// mx_object_get_info tells whether the handle is one (MX_INFO_HANDLE_VALID,
// with nothing filled in), or fills in buffer with records about the topic, and
// puts how many into *actual and how many there are into *avail, unless these
// are null. MX_ERR_BUFFER_TOO_SMALL: there is no room for the record; *actual
// and *avail are filled in.
mx_status_t mx_object_get_info(mx_handle_t handle, uint32_t topic, void* buffer, size_t buffer_size,
                               size_t* actual, size_t* avail);

// mx_object_get_property and mx_object_set_property read and change a property.
// No handle of 2017 to the objects that are here has the right to, so in the
// editions of 2017 they always fail, with MX_ERR_ACCESS_DENIED at best.
mx_status_t mx_object_get_property(mx_handle_t handle, uint32_t property, void* value, size_t size);
mx_status_t mx_object_set_property(mx_handle_t handle, uint32_t property, const void* value,
                                   size_t size);

// mx_object_get_child finds an object inside another by its koid. The objects
// that are here have none inside, and no handle to them has MX_RIGHT_ENUMERATE,
// so it always fails, with MX_ERR_ACCESS_DENIED at best.
mx_status_t mx_object_get_child(mx_handle_t handle, uint64_t koid, mx_rights_t rights,
                                mx_handle_t* out);

// Events and ports.

// mx_event_create makes an event. options is 0.
mx_status_t mx_event_create(uint32_t options, mx_handle_t* out);

// mx_port_create makes a port. options is MX_PORT_OPT_V2.
mx_status_t mx_port_create(uint32_t options, mx_handle_t* out);

// mx_port_queue puts a packet into a port: its key, status and user bytes, with
// the type MX_PKT_TYPE_USER. packet is a mx_port_packet_t. size is 0; any other
// is of a packet for a port of the first version, which this one is not:
// MX_ERR_WRONG_TYPE, or above 128 MX_ERR_BUFFER_TOO_SMALL.
mx_status_t mx_port_queue(mx_handle_t handle, const void* packet, size_t size);

// mx_port_wait takes the earliest packet, and blocks until there is one. packet
// is a mx_port_packet_t. size is 0; any other is MX_ERR_WRONG_TYPE.
mx_status_t mx_port_wait(mx_handle_t handle, mx_time_t deadline, void* packet, size_t size);

// mx_port_cancel ends what mx_object_wait_async began with this very source,
// port and key.
mx_status_t mx_port_cancel(mx_handle_t handle, mx_handle_t source, uint64_t key);

// Time.

// mx_time_get reads a clock, in nanoseconds; one that there is not shows 0.
mx_time_t mx_time_get(uint32_t clock_id);

// mx_deadline_after is that much from now; what lies beyond all time is
// MX_TIME_INFINITE.
mx_time_t mx_deadline_after(mx_duration_t nanoseconds);

// mx_nanosleep blocks until the deadline.
mx_status_t mx_nanosleep(mx_time_t deadline);

mx_ticks_t mx_ticks_get(void);
mx_ticks_t mx_ticks_per_second(void);

// This machine and this process.

uint32_t mx_system_get_num_cpus(void);
uint64_t mx_system_get_physmem(void);

// mx_process_exit ends the process at once, with the low 8 bits of retcode for
// its parent, and mx_thread_exit the thread.
__NO_RETURN void mx_process_exit(int retcode);
__NO_RETURN void mx_thread_exit(void);

__END_CDECLS

#ifndef LIBMX_ONLY_SUPPORTED
#include <libmx/unsupported_mx.h>
#endif

#endif

//go:build cgo && unix

// The calls spelled mx_: each hands its arguments on to Go, pointers as numbers.

#include <pthread.h>
#include <stdint.h>
#include <unistd.h>

#include <magenta/syscalls.h>

#include "_cgo_export.h"
#include "shim.h"

#define ENTER(otherwise)           \
    do {                           \
        if (!libmx_enter(LIBMX_MX)) \
            return otherwise;      \
    } while (0)

#define ADDRESS(pointer) ((uintptr_t)(pointer))

mx_status_t mx_socket_create(uint32_t options, mx_handle_t* out0, mx_handle_t* out1) {
    ENTER(MX_ERR_BAD_STATE);
    return libmx_socket_create(options, ADDRESS(out0), ADDRESS(out1));
}

mx_status_t mx_socket_write(mx_handle_t handle, uint32_t options, const void* buffer, size_t size,
                            size_t* actual) {
    ENTER(MX_ERR_BAD_STATE);
    return libmx_socket_write(handle, options, ADDRESS(buffer), size, ADDRESS(actual));
}

mx_status_t mx_socket_read(mx_handle_t handle, uint32_t options, void* buffer, size_t size,
                           size_t* actual) {
    ENTER(MX_ERR_BAD_STATE);
    return libmx_socket_read(handle, options, ADDRESS(buffer), size, ADDRESS(actual));
}

mx_status_t mx_handle_close(mx_handle_t handle) {
    ENTER(MX_ERR_BAD_STATE);
    return libmx_handle_close(handle);
}

mx_status_t mx_handle_duplicate(mx_handle_t handle, mx_rights_t rights, mx_handle_t* out) {
    ENTER(MX_ERR_BAD_STATE);
    return libmx_handle_duplicate(handle, rights, ADDRESS(out));
}

mx_status_t mx_handle_replace(mx_handle_t handle, mx_rights_t rights, mx_handle_t* out) {
    ENTER(MX_ERR_BAD_STATE);
    return libmx_handle_replace(handle, rights, ADDRESS(out));
}

// until is a deadline for Go, which has a sign there. INT64_MAX means none, and
// is 292 years away.
static int64_t until(mx_time_t deadline) {
    return deadline > INT64_MAX ? INT64_MAX : (int64_t)deadline;
}

mx_status_t mx_object_wait_one(mx_handle_t handle, mx_signals_t signals, mx_time_t deadline,
                               mx_signals_t* observed) {
    ENTER(MX_ERR_BAD_STATE);
    return libmx_object_wait_one(handle, signals, until(deadline), ADDRESS(observed));
}

mx_status_t mx_object_wait_many(mx_wait_item_t* items, uint32_t count, mx_time_t deadline) {
    ENTER(MX_ERR_BAD_STATE);
    return libmx_object_wait_many(ADDRESS(items), count, until(deadline));
}

mx_status_t mx_object_wait_async(mx_handle_t handle, mx_handle_t port, uint64_t key,
                                 mx_signals_t signals, uint32_t options) {
    ENTER(MX_ERR_BAD_STATE);
    return libmx_object_wait_async(handle, port, key, signals, options);
}

mx_status_t mx_object_signal(mx_handle_t handle, uint32_t clear_mask, uint32_t set_mask) {
    ENTER(MX_ERR_BAD_STATE);
    return libmx_object_signal(handle, clear_mask, set_mask);
}

mx_status_t mx_object_signal_peer(mx_handle_t handle, uint32_t clear_mask, uint32_t set_mask) {
    ENTER(MX_ERR_BAD_STATE);
    return libmx_object_signal_peer(handle, clear_mask, set_mask);
}

mx_status_t mx_object_get_info(mx_handle_t handle, uint32_t topic, void* buffer, size_t buffer_size,
                               size_t* actual, size_t* avail) {
    ENTER(MX_ERR_BAD_STATE);
    return libmx_object_get_info(handle, topic, ADDRESS(buffer), buffer_size, ADDRESS(actual),
                                 ADDRESS(avail));
}

mx_status_t mx_object_get_property(mx_handle_t handle, uint32_t property, void* value, size_t size) {
    ENTER(MX_ERR_BAD_STATE);
    return libmx_object_get_property(handle, property, ADDRESS(value), size);
}

mx_status_t mx_object_set_property(mx_handle_t handle, uint32_t property, const void* value,
                                   size_t size) {
    ENTER(MX_ERR_BAD_STATE);
    return libmx_object_set_property(handle, property, ADDRESS(value), size);
}

mx_status_t mx_object_get_child(mx_handle_t handle, uint64_t koid, mx_rights_t rights,
                                mx_handle_t* out) {
    ENTER(MX_ERR_BAD_STATE);
    (void)koid;
    (void)rights;
    return libmx_object_get_child(handle, ADDRESS(out));
}

mx_status_t mx_event_create(uint32_t options, mx_handle_t* out) {
    ENTER(MX_ERR_BAD_STATE);
    return libmx_event_create(options, ADDRESS(out));
}

mx_status_t mx_port_create(uint32_t options, mx_handle_t* out) {
    ENTER(MX_ERR_BAD_STATE);
    return libmx_port_create(options, ADDRESS(out));
}

// A size is of a packet for a port of the first version. The kernel of 2017
// looked for such a port then, with the right that the call needed of it.
mx_status_t mx_port_queue(mx_handle_t handle, const void* packet, size_t size) {
    ENTER(MX_ERR_BAD_STATE);
    if (size > MX_PORT_MAX_PKT_SIZE) {
        return MX_ERR_BUFFER_TOO_SMALL;
    }
    return size != 0 ? libmx_port_v1(handle, MX_RIGHT_WRITE)
                     : libmx_port_queue(handle, ADDRESS(packet));
}

mx_status_t mx_port_wait(mx_handle_t handle, mx_time_t deadline, void* packet, size_t size) {
    ENTER(MX_ERR_BAD_STATE);
    if (packet == NULL) {
        return MX_ERR_INVALID_ARGS;
    }
    return size != 0 ? libmx_port_v1(handle, MX_RIGHT_READ)
                     : libmx_port_wait(handle, until(deadline), ADDRESS(packet));
}

mx_status_t mx_port_cancel(mx_handle_t handle, mx_handle_t source, uint64_t key) {
    ENTER(MX_ERR_BAD_STATE);
    return libmx_port_cancel(handle, source, key);
}

mx_time_t mx_time_get(uint32_t clock_id) {
    ENTER(0);
    return clock_id == MX_CLOCK_MONOTONIC ? libmx_now() : libmx_clock(clock_id);
}

mx_time_t mx_deadline_after(mx_duration_t nanoseconds) {
    ENTER(0);
    mx_time_t now = libmx_now();
    return nanoseconds > MX_TIME_INFINITE - now ? MX_TIME_INFINITE : now + nanoseconds;
}

mx_status_t mx_nanosleep(mx_time_t deadline) {
    ENTER(MX_ERR_BAD_STATE);
    libmx_nanosleep(until(deadline));
    return MX_OK;
}

mx_ticks_t mx_ticks_get(void) {
    ENTER(0);
    return libmx_now();
}

mx_ticks_t mx_ticks_per_second(void) {
    return MX_SEC(1);
}

uint32_t mx_system_get_num_cpus(void) {
    return libmx_system(_SC_NPROCESSORS_ONLN);
}

uint64_t mx_system_get_physmem(void) {
    return libmx_system(_SC_PHYS_PAGES) * libmx_system(_SC_PAGESIZE);
}

void mx_process_exit(int retcode) {
    _exit(retcode);
}

void mx_thread_exit(void) {
    pthread_exit(NULL);
}

int32_t mx_set_edition(const char* edition) {
    if (libmx_first_spelling() == LIBMX_FORKED) {
        return MX_ERR_BAD_STATE;
    }
    return libmx_set_edition(ADDRESS(edition));
}

//go:build cgo && unix

// The calls spelled zx_: each hands its arguments on to Go, pointers as numbers.

#include <pthread.h>
#include <stdint.h>
#include <unistd.h>

#include <zircon/syscalls.h>

#include "_cgo_export.h"
#include "shim.h"

#define ENTER(otherwise)           \
    do {                           \
        if (!libmx_enter(LIBMX_ZX)) \
            return otherwise;      \
    } while (0)

#define ADDRESS(pointer) ((uintptr_t)(pointer))

zx_status_t zx_socket_create(uint32_t options, zx_handle_t* out0, zx_handle_t* out1) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_socket_create(options, ADDRESS(out0), ADDRESS(out1));
}

zx_status_t zx_socket_write(zx_handle_t handle, uint32_t options, const void* buffer, size_t size,
                            size_t* actual) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_socket_write(handle, options, ADDRESS(buffer), size, ADDRESS(actual));
}

zx_status_t zx_socket_read(zx_handle_t handle, uint32_t options, void* buffer, size_t size,
                           size_t* actual) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_socket_read(handle, options, ADDRESS(buffer), size, ADDRESS(actual));
}

zx_status_t zx_socket_set_disposition(zx_handle_t handle, uint32_t disposition,
                                      uint32_t disposition_peer) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_socket_set_disposition(handle, disposition, disposition_peer);
}

zx_status_t zx_handle_close(zx_handle_t handle) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_handle_close(handle);
}

zx_status_t zx_handle_close_many(const zx_handle_t* handles, size_t num_handles) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_handle_close_many(ADDRESS(handles), num_handles);
}

zx_status_t zx_handle_check_valid(zx_handle_t handle) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_object_get_info(handle, ZX_INFO_HANDLE_VALID, 0, 0, 0, 0);
}

zx_status_t zx_handle_duplicate(zx_handle_t handle, zx_rights_t rights, zx_handle_t* out) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_handle_duplicate(handle, rights, ADDRESS(out));
}

zx_status_t zx_handle_replace(zx_handle_t handle, zx_rights_t rights, zx_handle_t* out) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_handle_replace(handle, rights, ADDRESS(out));
}

zx_status_t zx_object_wait_one(zx_handle_t handle, zx_signals_t signals, zx_time_t deadline,
                               zx_signals_t* observed) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_object_wait_one(handle, signals, deadline, ADDRESS(observed));
}

zx_status_t zx_object_wait_many(zx_wait_item_t* items, size_t num_items, zx_time_t deadline) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_object_wait_many(ADDRESS(items), num_items, deadline);
}

zx_status_t zx_object_wait_async(zx_handle_t handle, zx_handle_t port, uint64_t key,
                                 zx_signals_t signals, uint32_t options) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_object_wait_async(handle, port, key, signals, options);
}

zx_status_t zx_object_signal(zx_handle_t handle, uint32_t clear_mask, uint32_t set_mask) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_object_signal(handle, clear_mask, set_mask);
}

zx_status_t zx_object_signal_peer(zx_handle_t handle, uint32_t clear_mask, uint32_t set_mask) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_object_signal_peer(handle, clear_mask, set_mask);
}

zx_status_t zx_object_get_info(zx_handle_t handle, uint32_t topic, void* buffer, size_t buffer_size,
                               size_t* actual, size_t* avail) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_object_get_info(handle, topic, ADDRESS(buffer), buffer_size, ADDRESS(actual),
                                 ADDRESS(avail));
}

zx_status_t zx_object_get_property(zx_handle_t handle, uint32_t property, void* value, size_t value_size) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_object_get_property(handle, property, ADDRESS(value), value_size);
}

zx_status_t zx_object_set_property(zx_handle_t handle, uint32_t property, const void* value,
                                   size_t value_size) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_object_set_property(handle, property, ADDRESS(value), value_size);
}

zx_status_t zx_object_get_child(zx_handle_t handle, uint64_t koid, zx_rights_t rights,
                                zx_handle_t* out) {
    ENTER(ZX_ERR_BAD_STATE);
    (void)koid;
    (void)rights;
    return libmx_object_get_child(handle, ADDRESS(out));
}

zx_status_t zx_event_create(uint32_t options, zx_handle_t* out) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_event_create(options, ADDRESS(out));
}

zx_status_t zx_port_create(uint32_t options, zx_handle_t* out) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_port_create(options, ADDRESS(out));
}

zx_status_t zx_port_queue(zx_handle_t handle, const zx_port_packet_t* packet) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_port_queue(handle, ADDRESS(packet));
}

zx_status_t zx_port_wait(zx_handle_t handle, zx_time_t deadline, zx_port_packet_t* packet) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_port_wait(handle, deadline, ADDRESS(packet));
}

zx_status_t zx_port_cancel(zx_handle_t handle, zx_handle_t source, uint64_t key) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_port_cancel(handle, source, key);
}

zx_status_t zx_port_cancel_key(zx_handle_t handle, uint32_t options, uint64_t key) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_port_cancel_key(handle, options, key);
}

zx_instant_mono_t zx_clock_get_monotonic(void) {
    ENTER(0);
    return libmx_now();
}

zx_instant_boot_t zx_clock_get_boot(void) {
    return zx_clock_get_monotonic();
}

zx_status_t zx_clock_get(zx_clock_t clock_id, zx_time_t* out) {
    ENTER(ZX_ERR_BAD_STATE);
    return libmx_clock_get(clock_id, ADDRESS(out));
}

zx_status_t zx_clock_get_new(zx_clock_t clock_id, zx_time_t* out) {
    return zx_clock_get(clock_id, out);
}

zx_time_t zx_time_get(zx_clock_t clock_id) {
    ENTER(0);
    return clock_id == ZX_CLOCK_MONOTONIC ? libmx_now() : libmx_clock(clock_id);
}

zx_instant_mono_t zx_deadline_after(zx_duration_mono_t nanoseconds) {
    ENTER(0);
    return zx_time_add_duration(libmx_now(), nanoseconds);
}

zx_status_t zx_nanosleep(zx_time_t deadline) {
    ENTER(ZX_ERR_BAD_STATE);
    libmx_nanosleep(deadline);
    return ZX_OK;
}

zx_instant_mono_ticks_t zx_ticks_get(void) {
    return zx_clock_get_monotonic();
}

zx_instant_boot_ticks_t zx_ticks_get_boot(void) {
    return zx_clock_get_monotonic();
}

zx_ticks_t zx_ticks_per_second(void) {
    return ZX_SEC(1);
}

uint32_t zx_system_get_num_cpus(void) {
    return libmx_system(_SC_NPROCESSORS_ONLN);
}

uint32_t zx_system_get_page_size(void) {
    return libmx_system(_SC_PAGESIZE);
}

uint64_t zx_system_get_physmem(void) {
    return libmx_system(_SC_PHYS_PAGES) * libmx_system(_SC_PAGESIZE);
}

void zx_cprng_draw(void* buffer, size_t buffer_size) {
    libmx_random(buffer, buffer_size);
}

void zx_process_exit(int64_t retcode) {
    _exit((int)retcode);
}

void zx_thread_exit(void) {
    pthread_exit(NULL);
}

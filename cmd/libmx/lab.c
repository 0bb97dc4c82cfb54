//go:build cgo && unix

// The calls for experiments, and what a thread remembers for them.

#include <stddef.h>

#include <libmx/lab.h>

#include "_cgo_export.h"
#include "shim.h"

#define ADDRESS(pointer) ((uintptr_t)(pointer))

#define ENTER()                       \
    do {                              \
        if (!libmx_enter(LIBMX_MX)) { \
            return MX_ERR_BAD_STATE;  \
        }                             \
    } while (0)

static __thread uint64_t place;
static __thread struct libmx_hook hook;

uint64_t libmx_lab_place(void) {
    return place;
}

void libmx_lab_set_place(uint64_t new_place) {
    place = new_place;
}

struct libmx_hook libmx_lab_take_hook(void) {
    struct libmx_hook taken = hook;
    hook.blocks = NULL;
    return taken;
}

void libmx_lab_call_hook(struct libmx_hook taken) {
    taken.blocks(taken.argument);
}

mx_status_t mx_lab_reset(const char* edition) {
    ENTER();
    return libmx_lab_reset(ADDRESS(edition));
}

mx_status_t mx_lab_process_create(const char* edition, uint64_t max_handles, uint64_t max_bytes,
                                  uint32_t* process) {
    ENTER();
    return libmx_lab_process_create(ADDRESS(edition), max_handles, max_bytes, ADDRESS(process));
}

mx_status_t mx_lab_process_enter(uint32_t process) {
    ENTER();
    return libmx_lab_process_enter(process);
}

mx_status_t mx_lab_handle_transfer(mx_handle_t handle, uint32_t process, mx_handle_t* out) {
    ENTER();
    return libmx_lab_handle_transfer(handle, process, ADDRESS(out));
}

mx_status_t mx_lab_socket_create(uint32_t options, uint64_t capacity, mx_handle_t* out0,
                                 mx_handle_t* out1) {
    ENTER();
    return libmx_lab_socket_create(options, capacity, ADDRESS(out0), ADDRESS(out1));
}

mx_status_t mx_lab_socket_outstanding(mx_handle_t handle, size_t* actual) {
    ENTER();
    return libmx_lab_socket_outstanding(handle, ADDRESS(actual));
}

mx_status_t mx_lab_on_block(void (*blocks)(void* argument), void* argument) {
    ENTER();
    if (!libmx_lab_active()) {
        return MX_ERR_BAD_STATE;
    }
    hook.blocks = blocks;
    hook.argument = argument;
    return MX_OK;
}

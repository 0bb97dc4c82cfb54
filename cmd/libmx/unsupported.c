//go:build cgo && unix

// The calls and handles that this library has not.

#define LIBMX_UNSUPPORTED_BODY         \
    {                                  \
        return MX_ERR_NOT_SUPPORTED;   \
    }

#include <magenta/process.h>
#include <magenta/syscalls.h>
#include <zircon/process.h>
#include <zircon/syscalls.h>

mx_handle_t mx_get_startup_handle(uint32_t hnd_info) {
    (void)hnd_info;
    return MX_HANDLE_INVALID;
}

mx_handle_t mx_thread_self(void) {
    return MX_HANDLE_INVALID;
}

mx_handle_t mx_process_self(void) {
    return MX_HANDLE_INVALID;
}

mx_handle_t mx_vmar_root_self(void) {
    return MX_HANDLE_INVALID;
}

mx_handle_t mx_job_default(void) {
    return MX_HANDLE_INVALID;
}

zx_handle_t zx_take_startup_handle(uint32_t hnd_info) {
    (void)hnd_info;
    return ZX_HANDLE_INVALID;
}

zx_handle_t zx_thread_self(void) {
    return ZX_HANDLE_INVALID;
}

zx_handle_t zx_process_self(void) {
    return ZX_HANDLE_INVALID;
}

zx_handle_t zx_vmar_root_self(void) {
    return ZX_HANDLE_INVALID;
}

zx_handle_t zx_job_default(void) {
    return ZX_HANDLE_INVALID;
}

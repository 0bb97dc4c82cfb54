// System calls of Magenta that this library has not. They are declared so that
// programs that mention them compile and link, and each returns
// MX_ERR_NOT_SUPPORTED without a look at its arguments. A program that wants to
// be told by the compiler instead defines LIBMX_ONLY_SUPPORTED before it
// includes any header of libmx.
//
// <magenta/syscalls.h> includes this.

#ifndef LIBMX_UNSUPPORTED_MX_H_
#define LIBMX_UNSUPPORTED_MX_H_

#include <magenta/syscalls/types.h>

__BEGIN_CDECLS

// What follows the declarator: nothing but for the library itself, which
// defines the calls with this list.
#ifndef LIBMX_UNSUPPORTED_BODY
#define LIBMX_UNSUPPORTED ;
#else
#define LIBMX_UNSUPPORTED LIBMX_UNSUPPORTED_BODY
#endif

// Ports of the first version.

mx_status_t mx_port_bind(mx_handle_t handle, uint64_t key, mx_handle_t source,
                         mx_signals_t signals) LIBMX_UNSUPPORTED

// Waiting sets.

mx_status_t mx_waitset_create(uint32_t options, mx_handle_t* out) LIBMX_UNSUPPORTED
mx_status_t mx_waitset_add(mx_handle_t waitset_handle, uint64_t cookie, mx_handle_t handle,
                           mx_signals_t signals) LIBMX_UNSUPPORTED
mx_status_t mx_waitset_remove(mx_handle_t waitset_handle, uint64_t cookie) LIBMX_UNSUPPORTED
mx_status_t mx_waitset_wait(mx_handle_t waitset_handle, mx_time_t deadline,
                            mx_waitset_result_t* results, uint32_t* count) LIBMX_UNSUPPORTED

// Cookies of objects.

mx_status_t mx_object_set_cookie(mx_handle_t handle, mx_handle_t scope,
                                 uint64_t cookie) LIBMX_UNSUPPORTED
mx_status_t mx_object_get_cookie(mx_handle_t handle, mx_handle_t scope,
                                 uint64_t* cookie) LIBMX_UNSUPPORTED

// Channels.

mx_status_t mx_channel_create(uint32_t options, mx_handle_t* out0,
                              mx_handle_t* out1) LIBMX_UNSUPPORTED
mx_status_t mx_channel_read(mx_handle_t handle, uint32_t options, void* bytes,
                            mx_handle_t* handles, uint32_t num_bytes, uint32_t num_handles,
                            uint32_t* actual_bytes, uint32_t* actual_handles) LIBMX_UNSUPPORTED
mx_status_t mx_channel_write(mx_handle_t handle, uint32_t options, const void* bytes,
                             uint32_t num_bytes, const mx_handle_t* handles,
                             uint32_t num_handles) LIBMX_UNSUPPORTED
mx_status_t mx_channel_call(mx_handle_t handle, uint32_t options, mx_time_t deadline,
                            const mx_channel_call_args_t* args, uint32_t* actual_bytes,
                            uint32_t* actual_handles,
                            mx_status_t* read_status) LIBMX_UNSUPPORTED

// Pairs of events, fifos, timers.

mx_status_t mx_eventpair_create(uint32_t options, mx_handle_t* out0,
                                mx_handle_t* out1) LIBMX_UNSUPPORTED
mx_status_t mx_fifo_create(uint32_t elem_count, uint32_t elem_size, uint32_t options,
                           mx_handle_t* out0, mx_handle_t* out1) LIBMX_UNSUPPORTED
mx_status_t mx_fifo_read(mx_handle_t handle, void* data, size_t len,
                         uint32_t* num_written) LIBMX_UNSUPPORTED
mx_status_t mx_fifo_write(mx_handle_t handle, const void* data, size_t len,
                          uint32_t* num_written) LIBMX_UNSUPPORTED
mx_status_t mx_timer_create(uint32_t options, uint32_t clock_id,
                            mx_handle_t* out) LIBMX_UNSUPPORTED
mx_status_t mx_timer_start(mx_handle_t handle, mx_time_t deadline, mx_duration_t period,
                           mx_duration_t slack) LIBMX_UNSUPPORTED
mx_status_t mx_timer_set(mx_handle_t handle, mx_time_t deadline,
                         mx_duration_t slack) LIBMX_UNSUPPORTED
mx_status_t mx_timer_cancel(mx_handle_t handle) LIBMX_UNSUPPORTED

// Futexes.

mx_status_t mx_futex_wait(mx_futex_t* value_ptr, int current_value,
                          mx_time_t deadline) LIBMX_UNSUPPORTED
mx_status_t mx_futex_wake(const mx_futex_t* value_ptr, uint32_t count) LIBMX_UNSUPPORTED
mx_status_t mx_futex_requeue(mx_futex_t* wake_ptr, uint32_t wake_count, int current_value,
                             mx_futex_t* requeue_ptr, uint32_t requeue_count) LIBMX_UNSUPPORTED

// Memory.

mx_status_t mx_vmo_create(uint64_t size, uint32_t options, mx_handle_t* out) LIBMX_UNSUPPORTED
mx_status_t mx_vmo_read(mx_handle_t handle, void* data, uint64_t offset, size_t len,
                        size_t* actual) LIBMX_UNSUPPORTED
mx_status_t mx_vmo_write(mx_handle_t handle, const void* data, uint64_t offset, size_t len,
                         size_t* actual) LIBMX_UNSUPPORTED
mx_status_t mx_vmo_get_size(mx_handle_t handle, uint64_t* size) LIBMX_UNSUPPORTED
mx_status_t mx_vmo_set_size(mx_handle_t handle, uint64_t size) LIBMX_UNSUPPORTED
mx_status_t mx_vmo_op_range(mx_handle_t handle, uint32_t op, uint64_t offset, uint64_t size,
                            void* buffer, size_t buffer_size) LIBMX_UNSUPPORTED
mx_status_t mx_vmo_clone(mx_handle_t handle, uint32_t options, uint64_t offset, uint64_t size,
                         mx_handle_t* out) LIBMX_UNSUPPORTED
mx_status_t mx_vmo_set_cache_policy(mx_handle_t handle, uint32_t cache_policy) LIBMX_UNSUPPORTED
mx_status_t mx_vmar_allocate(mx_handle_t parent_vmar_handle, size_t offset, size_t size,
                             uint32_t map_flags, mx_handle_t* child_vmar,
                             uintptr_t* child_addr) LIBMX_UNSUPPORTED
mx_status_t mx_vmar_destroy(mx_handle_t vmar_handle) LIBMX_UNSUPPORTED
mx_status_t mx_vmar_map(mx_handle_t vmar_handle, size_t vmar_offset, mx_handle_t vmo_handle,
                        uint64_t vmo_offset, size_t len, uint32_t map_flags,
                        uintptr_t* mapped_addr) LIBMX_UNSUPPORTED
mx_status_t mx_vmar_unmap(mx_handle_t vmar_handle, uintptr_t addr, size_t len) LIBMX_UNSUPPORTED
mx_status_t mx_vmar_protect(mx_handle_t vmar_handle, uintptr_t addr, size_t len,
                            uint32_t prot_flags) LIBMX_UNSUPPORTED
mx_status_t mx_vmar_unmap_handle_close_thread_exit(mx_handle_t vmar_handle, uintptr_t addr,
                                                   size_t len,
                                                   mx_handle_t handle) LIBMX_UNSUPPORTED
mx_status_t mx_vmo_create_contiguous(mx_handle_t rsrc_handle, size_t size,
                                     uint32_t alignment_log2,
                                     mx_handle_t* out) LIBMX_UNSUPPORTED
mx_status_t mx_cache_flush(const void* addr, size_t len, uint32_t options) LIBMX_UNSUPPORTED

// Threads, processes, jobs.

mx_status_t mx_thread_create(mx_handle_t process, const char* name, uint32_t name_len,
                             uint32_t options, mx_handle_t* out) LIBMX_UNSUPPORTED
mx_status_t mx_thread_start(mx_handle_t handle, uintptr_t thread_entry, uintptr_t stack,
                            uintptr_t arg1, uintptr_t arg2) LIBMX_UNSUPPORTED
mx_status_t mx_thread_read_state(mx_handle_t handle, uint32_t kind, void* buffer, uint32_t len,
                                 uint32_t* actual) LIBMX_UNSUPPORTED
mx_status_t mx_thread_write_state(mx_handle_t handle, uint32_t kind, const void* buffer,
                                  uint32_t buffer_len) LIBMX_UNSUPPORTED
mx_status_t mx_process_create(mx_handle_t job, const char* name, uint32_t name_len,
                              uint32_t options, mx_handle_t* proc_handle,
                              mx_handle_t* vmar_handle) LIBMX_UNSUPPORTED
mx_status_t mx_process_start(mx_handle_t process_handle, mx_handle_t thread_handle,
                             uintptr_t entry, uintptr_t stack, mx_handle_t arg_handle,
                             uintptr_t arg2) LIBMX_UNSUPPORTED
mx_status_t mx_process_read_memory(mx_handle_t proc, uintptr_t vaddr, void* buffer, size_t len,
                                   size_t* actual) LIBMX_UNSUPPORTED
mx_status_t mx_process_write_memory(mx_handle_t proc, uintptr_t vaddr, const void* buffer,
                                    size_t len, size_t* actual) LIBMX_UNSUPPORTED
mx_status_t mx_job_create(mx_handle_t parent_job, uint32_t options,
                          mx_handle_t* out) LIBMX_UNSUPPORTED
mx_status_t mx_job_set_policy(mx_handle_t job, uint32_t options, uint32_t topic,
                              const void* policy, uint32_t count) LIBMX_UNSUPPORTED
mx_status_t mx_task_bind_exception_port(mx_handle_t object, mx_handle_t eport, uint64_t key,
                                        uint32_t options) LIBMX_UNSUPPORTED
mx_status_t mx_task_suspend(mx_handle_t task_handle) LIBMX_UNSUPPORTED
mx_status_t mx_task_resume(mx_handle_t task_handle, uint32_t options) LIBMX_UNSUPPORTED
mx_status_t mx_task_kill(mx_handle_t task_handle) LIBMX_UNSUPPORTED
mx_status_t mx_thread_set_priority(int32_t prio) LIBMX_UNSUPPORTED

// Logs, debugging, random numbers.

mx_status_t mx_log_create(uint32_t options, mx_handle_t* out) LIBMX_UNSUPPORTED
mx_status_t mx_log_write(mx_handle_t handle, uint32_t len, const void* buffer,
                         uint32_t options) LIBMX_UNSUPPORTED
mx_status_t mx_log_read(mx_handle_t handle, uint32_t len, void* buffer,
                        uint32_t options) LIBMX_UNSUPPORTED
mx_status_t mx_debug_read(mx_handle_t handle, void* buffer, uint32_t length) LIBMX_UNSUPPORTED
mx_status_t mx_debug_write(const void* buffer, uint32_t length) LIBMX_UNSUPPORTED
mx_status_t mx_debug_send_command(mx_handle_t resource_handle, const void* buffer,
                                  uint32_t length) LIBMX_UNSUPPORTED
mx_status_t mx_cprng_draw(void* buffer, size_t len, size_t* actual) LIBMX_UNSUPPORTED
mx_status_t mx_cprng_add_entropy(const void* buffer, size_t len) LIBMX_UNSUPPORTED

// The system and its devices.

mx_status_t mx_system_get_version(char* version, uint32_t version_len) LIBMX_UNSUPPORTED
mx_status_t mx_clock_adjust(mx_handle_t handle, uint32_t clock_id,
                            int64_t offset) LIBMX_UNSUPPORTED
mx_status_t mx_interrupt_complete(mx_handle_t handle) LIBMX_UNSUPPORTED
mx_status_t mx_interrupt_wait(mx_handle_t handle) LIBMX_UNSUPPORTED
mx_status_t mx_interrupt_signal(mx_handle_t handle) LIBMX_UNSUPPORTED
mx_status_t mx_resource_create(mx_handle_t parent_handle, const mx_rrec_t* records,
                               uint32_t count, mx_handle_t* resource_out) LIBMX_UNSUPPORTED
mx_status_t mx_resource_destroy(mx_handle_t handle) LIBMX_UNSUPPORTED
mx_status_t mx_resource_get_handle(mx_handle_t handle, uint32_t index, uint32_t options,
                                   mx_handle_t* out) LIBMX_UNSUPPORTED
mx_status_t mx_resource_do_action(mx_handle_t handle, uint32_t index, uint32_t action,
                                  uint32_t arg0, uint32_t arg1) LIBMX_UNSUPPORTED
mx_status_t mx_resource_connect(mx_handle_t handle, mx_handle_t channel) LIBMX_UNSUPPORTED
mx_status_t mx_resource_accept(mx_handle_t handle, mx_handle_t* channel) LIBMX_UNSUPPORTED
mx_status_t mx_hypervisor_create(mx_handle_t handle, uint32_t options,
                                 mx_handle_t* out) LIBMX_UNSUPPORTED
mx_status_t mx_hypervisor_op(mx_handle_t handle, uint32_t opcode, const void* args,
                             uint32_t args_len, void* result,
                             uint32_t result_len) LIBMX_UNSUPPORTED
#undef LIBMX_UNSUPPORTED

__END_CDECLS

#endif

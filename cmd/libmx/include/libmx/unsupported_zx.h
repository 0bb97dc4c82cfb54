// System calls of Zircon that this library has not. They are declared so that
// programs that mention them compile and link, and each returns
// ZX_ERR_NOT_SUPPORTED without a look at its arguments. A program that wants to
// be told by the compiler instead defines LIBMX_ONLY_SUPPORTED before it
// includes any header of libmx.
//
// <zircon/syscalls.h> includes this.

#ifndef LIBMX_UNSUPPORTED_ZX_H_
#define LIBMX_UNSUPPORTED_ZX_H_

#include <zircon/syscalls/types.h>

__BEGIN_CDECLS

// What follows the declarator: nothing but for the library itself, which
// defines the calls with this list.
#ifndef LIBMX_UNSUPPORTED_BODY
#define LIBMX_UNSUPPORTED ;
#else
#define LIBMX_UNSUPPORTED LIBMX_UNSUPPORTED_BODY
#endif

// Sockets, as of 2018.

zx_status_t zx_socket_share(zx_handle_t handle, zx_handle_t socket_to_share) LIBMX_UNSUPPORTED
zx_status_t zx_socket_accept(zx_handle_t handle, zx_handle_t* out_socket) LIBMX_UNSUPPORTED
zx_status_t zx_socket_shutdown(zx_handle_t handle, uint32_t options) LIBMX_UNSUPPORTED

// Objects.

zx_status_t zx_object_set_cookie(zx_handle_t handle, zx_handle_t scope,
                                 uint64_t cookie) LIBMX_UNSUPPORTED
zx_status_t zx_object_get_cookie(zx_handle_t handle, zx_handle_t scope,
                                 uint64_t* cookie) LIBMX_UNSUPPORTED
zx_status_t zx_object_set_profile(zx_handle_t handle, zx_handle_t profile,
                                  uint32_t options) LIBMX_UNSUPPORTED

// Channels.

zx_status_t zx_channel_create(uint32_t options, zx_handle_t* out0,
                              zx_handle_t* out1) LIBMX_UNSUPPORTED
zx_status_t zx_channel_read(zx_handle_t handle, uint32_t options, void* bytes,
                            zx_handle_t* handles, uint32_t num_bytes, uint32_t num_handles,
                            uint32_t* actual_bytes, uint32_t* actual_handles) LIBMX_UNSUPPORTED
zx_status_t zx_channel_read_etc(zx_handle_t handle, uint32_t options, void* bytes,
                                zx_handle_info_t* handles, uint32_t num_bytes,
                                uint32_t num_handles, uint32_t* actual_bytes,
                                uint32_t* actual_handles) LIBMX_UNSUPPORTED
zx_status_t zx_channel_write(zx_handle_t handle, uint32_t options, const void* bytes,
                             uint32_t num_bytes, const zx_handle_t* handles,
                             uint32_t num_handles) LIBMX_UNSUPPORTED
zx_status_t zx_channel_call(zx_handle_t handle, uint32_t options, zx_time_t deadline,
                            const zx_channel_call_args_t* args, uint32_t* actual_bytes,
                            uint32_t* actual_handles) LIBMX_UNSUPPORTED
zx_status_t zx_channel_call_etc(zx_handle_t handle, uint32_t options,
                                zx_instant_mono_t deadline, zx_channel_call_etc_args_t* args,
                                uint32_t* actual_bytes,
                                uint32_t* actual_handles) LIBMX_UNSUPPORTED
zx_status_t zx_channel_write_etc(zx_handle_t handle, uint32_t options, const void* bytes,
                                 uint32_t num_bytes, zx_handle_disposition_t* handles,
                                 uint32_t num_handles) LIBMX_UNSUPPORTED

// Pairs of events, fifos, timers, counters, clocks.

zx_status_t zx_eventpair_create(uint32_t options, zx_handle_t* out0,
                                zx_handle_t* out1) LIBMX_UNSUPPORTED
zx_status_t zx_timer_create(uint32_t options, zx_clock_t clock_id,
                            zx_handle_t* out) LIBMX_UNSUPPORTED
zx_status_t zx_timer_set(zx_handle_t handle, zx_time_t deadline,
                         zx_duration_t slack) LIBMX_UNSUPPORTED
zx_status_t zx_timer_cancel(zx_handle_t handle) LIBMX_UNSUPPORTED
zx_status_t zx_fifo_create(size_t elem_count, size_t elem_size, uint32_t options,
                           zx_handle_t* out0, zx_handle_t* out1) LIBMX_UNSUPPORTED
zx_status_t zx_fifo_read(zx_handle_t handle, size_t elem_size, void* data, size_t count,
                         size_t* actual_count) LIBMX_UNSUPPORTED
zx_status_t zx_fifo_write(zx_handle_t handle, size_t elem_size, const void* data, size_t count,
                          size_t* actual_count) LIBMX_UNSUPPORTED
zx_status_t zx_counter_create(uint32_t options, zx_handle_t* out) LIBMX_UNSUPPORTED
zx_status_t zx_counter_add(zx_handle_t handle, int64_t value) LIBMX_UNSUPPORTED
zx_status_t zx_counter_read(zx_handle_t handle, int64_t* value) LIBMX_UNSUPPORTED
zx_status_t zx_counter_write(zx_handle_t handle, int64_t value) LIBMX_UNSUPPORTED
zx_status_t zx_clock_create(uint64_t options, const void* args,
                            zx_handle_t* out) LIBMX_UNSUPPORTED
zx_status_t zx_clock_read(zx_handle_t handle, zx_time_t* now) LIBMX_UNSUPPORTED
zx_status_t zx_clock_read_mapped(const void* clock_addr, zx_time_t* now) LIBMX_UNSUPPORTED
zx_status_t zx_clock_get_details(zx_handle_t handle, uint64_t options,
                                 void* details) LIBMX_UNSUPPORTED
zx_status_t zx_clock_get_details_mapped(const void* clock_addr, uint64_t options,
                                        void* details) LIBMX_UNSUPPORTED
zx_status_t zx_clock_update(zx_handle_t handle, uint64_t options,
                            const void* args) LIBMX_UNSUPPORTED
zx_status_t zx_clock_adjust(zx_handle_t handle, zx_clock_t clock_id,
                            int64_t offset) LIBMX_UNSUPPORTED

// Futexes.

zx_status_t zx_futex_wait(const zx_futex_t* value_ptr, int32_t current_value,
                          zx_handle_t new_futex_owner, zx_time_t deadline) LIBMX_UNSUPPORTED
zx_status_t zx_futex_wake(const zx_futex_t* value_ptr, uint32_t wake_count) LIBMX_UNSUPPORTED
zx_status_t zx_futex_requeue(const zx_futex_t* value_ptr, uint32_t wake_count,
                             int32_t current_value, const zx_futex_t* requeue_ptr,
                             uint32_t requeue_count,
                             zx_handle_t new_requeue_owner) LIBMX_UNSUPPORTED
zx_status_t zx_futex_wake_single_owner(const zx_futex_t* value_ptr) LIBMX_UNSUPPORTED
zx_status_t zx_futex_requeue_single_owner(const zx_futex_t* value_ptr, int32_t current_value,
                                          const zx_futex_t* requeue_ptr, uint32_t requeue_count,
                                          zx_handle_t new_requeue_owner) LIBMX_UNSUPPORTED
zx_status_t zx_futex_get_owner(const zx_futex_t* value_ptr, zx_koid_t* koid) LIBMX_UNSUPPORTED
zx_status_t zx_futex_wait_deprecated(const zx_futex_t* value_ptr, int32_t current_value,
                                     zx_time_t deadline) LIBMX_UNSUPPORTED
zx_status_t zx_futex_requeue_deprecated(const zx_futex_t* wake_ptr, uint32_t wake_count,
                                        int32_t current_value, const zx_futex_t* requeue_ptr,
                                        uint32_t requeue_count) LIBMX_UNSUPPORTED

// Memory, streams, pagers.

zx_status_t zx_vmo_create(uint64_t size, uint32_t options, zx_handle_t* out) LIBMX_UNSUPPORTED
zx_status_t zx_vmo_read(zx_handle_t handle, void* buffer, uint64_t offset,
                        size_t buffer_size) LIBMX_UNSUPPORTED
zx_status_t zx_vmo_write(zx_handle_t handle, const void* buffer, uint64_t offset,
                         size_t buffer_size) LIBMX_UNSUPPORTED
zx_status_t zx_vmo_get_size(zx_handle_t handle, uint64_t* size) LIBMX_UNSUPPORTED
zx_status_t zx_vmo_set_size(zx_handle_t handle, uint64_t size) LIBMX_UNSUPPORTED
zx_status_t zx_vmo_op_range(zx_handle_t handle, uint32_t op, uint64_t offset, uint64_t size,
                            void* buffer, size_t buffer_size) LIBMX_UNSUPPORTED
zx_status_t zx_vmo_clone(zx_handle_t handle, uint32_t options, uint64_t offset, uint64_t size,
                         zx_handle_t* out) LIBMX_UNSUPPORTED
zx_status_t zx_vmo_set_cache_policy(zx_handle_t handle, uint32_t cache_policy) LIBMX_UNSUPPORTED
zx_status_t zx_vmo_replace_as_executable(zx_handle_t handle, zx_handle_t vmex,
                                         zx_handle_t* out) LIBMX_UNSUPPORTED
zx_status_t zx_vmar_allocate_old(zx_handle_t parent_vmar, uint64_t offset, uint64_t size,
                                 uint32_t map_flags, zx_handle_t* child_vmar,
                                 zx_vaddr_t* child_addr) LIBMX_UNSUPPORTED
zx_status_t zx_vmar_map_old(zx_handle_t handle, uint64_t vmar_offset, zx_handle_t vmo,
                            uint64_t vmo_offset, uint64_t len, uint32_t map_flags,
                            zx_vaddr_t* mapped_addr) LIBMX_UNSUPPORTED
zx_status_t zx_vmar_protect_old(zx_handle_t handle, zx_vaddr_t addr, uint64_t len,
                                uint32_t prot_flags) LIBMX_UNSUPPORTED
zx_status_t zx_vmar_allocate(zx_handle_t parent_vmar, zx_vm_option_t options, uint64_t offset,
                             uint64_t size, zx_handle_t* child_vmar,
                             zx_vaddr_t* child_addr) LIBMX_UNSUPPORTED
zx_status_t zx_vmar_destroy(zx_handle_t handle) LIBMX_UNSUPPORTED
zx_status_t zx_vmar_map(zx_handle_t handle, zx_vm_option_t options, uint64_t vmar_offset,
                        zx_handle_t vmo, uint64_t vmo_offset, uint64_t len,
                        zx_vaddr_t* mapped_addr) LIBMX_UNSUPPORTED
zx_status_t zx_vmar_unmap(zx_handle_t handle, zx_vaddr_t addr, uint64_t len) LIBMX_UNSUPPORTED
zx_status_t zx_vmar_protect(zx_handle_t handle, zx_vm_option_t options, zx_vaddr_t addr,
                            uint64_t len) LIBMX_UNSUPPORTED
zx_status_t zx_vmo_create_contiguous(zx_handle_t bti, size_t size, uint32_t alignment_log2,
                                     zx_handle_t* out) LIBMX_UNSUPPORTED
zx_status_t zx_vmo_create_physical(zx_handle_t resource, zx_paddr_t paddr, size_t size,
                                   zx_handle_t* out) LIBMX_UNSUPPORTED
zx_status_t zx_pager_create(uint32_t options, zx_handle_t* out_pager) LIBMX_UNSUPPORTED
zx_status_t zx_pager_create_vmo(zx_handle_t pager, uint32_t options, zx_handle_t port,
                                uint64_t key, uint64_t size, zx_handle_t* out) LIBMX_UNSUPPORTED
zx_status_t zx_pager_detach_vmo(zx_handle_t pager, zx_handle_t vmo) LIBMX_UNSUPPORTED
zx_status_t zx_pager_supply_pages(zx_handle_t pager, zx_handle_t pager_vmo, uint64_t offset,
                                  uint64_t length, zx_handle_t aux_vmo,
                                  uint64_t aux_offset) LIBMX_UNSUPPORTED
zx_status_t zx_iob_create(uint64_t options, const void* regions, size_t num_regions,
                          zx_handle_t* ep0_out, zx_handle_t* ep1_out) LIBMX_UNSUPPORTED
zx_status_t zx_iob_writev(zx_handle_t handle, zx_iob_write_options_t options,
                          uint32_t region_index, const zx_iovec_t* vectors,
                          size_t num_vectors) LIBMX_UNSUPPORTED
zx_status_t zx_pager_op_range(zx_handle_t pager, uint32_t op, zx_handle_t pager_vmo,
                              uint64_t offset, uint64_t length, uint64_t data) LIBMX_UNSUPPORTED
zx_status_t zx_pager_query_vmo_stats(zx_handle_t pager, zx_handle_t pager_vmo, uint32_t options,
                                     void* buffer, size_t buffer_size) LIBMX_UNSUPPORTED
zx_status_t zx_stream_create(uint32_t options, zx_handle_t vmo, zx_off_t seek,
                             zx_handle_t* out_stream) LIBMX_UNSUPPORTED
zx_status_t zx_stream_readv(zx_handle_t handle, uint32_t options, zx_iovec_t* vectors,
                            size_t num_vectors, size_t* actual) LIBMX_UNSUPPORTED
zx_status_t zx_stream_readv_at(zx_handle_t handle, uint32_t options, zx_off_t offset,
                               zx_iovec_t* vectors, size_t num_vectors,
                               size_t* actual) LIBMX_UNSUPPORTED
zx_status_t zx_stream_seek(zx_handle_t handle, zx_stream_seek_origin_t whence, int64_t offset,
                           zx_off_t* out_seek) LIBMX_UNSUPPORTED
zx_status_t zx_stream_writev(zx_handle_t handle, uint32_t options, const zx_iovec_t* vectors,
                             size_t num_vectors, size_t* actual) LIBMX_UNSUPPORTED
zx_status_t zx_stream_writev_at(zx_handle_t handle, uint32_t options, zx_off_t offset,
                                const zx_iovec_t* vectors, size_t num_vectors,
                                size_t* actual) LIBMX_UNSUPPORTED
zx_status_t zx_vmar_map_clock(zx_handle_t handle, zx_vm_option_t options, size_t vmar_offset,
                              zx_handle_t clock, size_t len,
                              zx_vaddr_t* mapped_addr) LIBMX_UNSUPPORTED
zx_status_t zx_vmar_map_iob(zx_handle_t handle, zx_vm_option_t options, size_t vmar_offset,
                            zx_handle_t ep, uint32_t region_index, uint64_t region_offset,
                            size_t region_length, zx_vaddr_t* mapped_addr) LIBMX_UNSUPPORTED
zx_status_t zx_vmar_op_range(zx_handle_t handle, uint32_t op, zx_vaddr_t address, size_t size,
                             void* buffer, size_t buffer_size) LIBMX_UNSUPPORTED
zx_status_t zx_vmo_create_child(zx_handle_t handle, uint32_t options, uint64_t offset,
                                uint64_t size, zx_handle_t* out) LIBMX_UNSUPPORTED
zx_status_t zx_vmo_get_stream_size(zx_handle_t handle, uint64_t* size) LIBMX_UNSUPPORTED
zx_status_t zx_vmo_set_stream_size(zx_handle_t handle, uint64_t size) LIBMX_UNSUPPORTED
zx_status_t zx_vmo_transfer_data(zx_handle_t dst_vmo, uint32_t options, uint64_t offset,
                                 uint64_t length, zx_handle_t src_vmo,
                                 uint64_t src_offset) LIBMX_UNSUPPORTED
zx_status_t zx_cache_flush(const void* addr, size_t size, uint32_t options) LIBMX_UNSUPPORTED

// Threads, processes, jobs.

zx_status_t zx_thread_create(zx_handle_t process, const char* name, size_t name_size,
                             uint32_t options, zx_handle_t* out) LIBMX_UNSUPPORTED
zx_status_t zx_thread_start(zx_handle_t handle, zx_vaddr_t thread_entry, zx_vaddr_t stack,
                            uintptr_t arg1, uintptr_t arg2) LIBMX_UNSUPPORTED
zx_status_t zx_thread_read_state(zx_handle_t handle, uint32_t kind, void* buffer,
                                 size_t buffer_size) LIBMX_UNSUPPORTED
zx_status_t zx_thread_write_state(zx_handle_t handle, uint32_t kind, const void* buffer,
                                  size_t buffer_size) LIBMX_UNSUPPORTED
zx_status_t zx_thread_set_priority(int32_t prio) LIBMX_UNSUPPORTED
zx_status_t zx_process_create(zx_handle_t job, const char* name, size_t name_size,
                              uint32_t options, zx_handle_t* proc_handle,
                              zx_handle_t* vmar_handle) LIBMX_UNSUPPORTED
zx_status_t zx_process_start(zx_handle_t handle, zx_handle_t thread, zx_vaddr_t entry,
                             zx_vaddr_t stack, zx_handle_t arg1,
                             uintptr_t arg2) LIBMX_UNSUPPORTED
zx_status_t zx_process_read_memory(zx_handle_t handle, zx_vaddr_t vaddr, void* buffer,
                                   size_t buffer_size, size_t* actual) LIBMX_UNSUPPORTED
zx_status_t zx_process_write_memory(zx_handle_t handle, zx_vaddr_t vaddr, const void* buffer,
                                    size_t buffer_size, size_t* actual) LIBMX_UNSUPPORTED
zx_status_t zx_job_create(zx_handle_t parent_job, uint32_t options,
                          zx_handle_t* out) LIBMX_UNSUPPORTED
zx_status_t zx_job_set_policy(zx_handle_t handle, uint32_t options, uint32_t topic,
                              const void* policy, uint32_t policy_size) LIBMX_UNSUPPORTED
zx_status_t zx_task_bind_exception_port(zx_handle_t handle, zx_handle_t port, uint64_t key,
                                        uint32_t options) LIBMX_UNSUPPORTED
zx_status_t zx_task_suspend(zx_handle_t handle, zx_handle_t* token) LIBMX_UNSUPPORTED
zx_status_t zx_task_suspend_token(zx_handle_t handle, zx_handle_t* token) LIBMX_UNSUPPORTED
zx_status_t zx_task_resume_from_exception(zx_handle_t handle, zx_handle_t port,
                                          uint32_t options) LIBMX_UNSUPPORTED
zx_status_t zx_task_kill(zx_handle_t handle) LIBMX_UNSUPPORTED
zx_status_t zx_profile_create(zx_handle_t profile_rsrc, uint32_t options,
                              const zx_profile_info_t* profile,
                              zx_handle_t* out) LIBMX_UNSUPPORTED
zx_status_t zx_exception_get_process(zx_handle_t handle, zx_handle_t* out) LIBMX_UNSUPPORTED
zx_status_t zx_exception_get_thread(zx_handle_t handle, zx_handle_t* out) LIBMX_UNSUPPORTED
zx_status_t zx_job_set_critical(zx_handle_t job, uint32_t options,
                                zx_handle_t process) LIBMX_UNSUPPORTED
zx_status_t zx_task_create_exception_channel(zx_handle_t handle, uint32_t options,
                                             zx_handle_t* out) LIBMX_UNSUPPORTED
zx_status_t zx_thread_legacy_yield(uint32_t options) LIBMX_UNSUPPORTED
zx_status_t zx_thread_raise_exception(uint32_t options, uint32_t type,
                                      const zx_exception_context_t* context) LIBMX_UNSUPPORTED
zx_status_t zx_thread_start_regs(zx_handle_t handle, uint64_t pc, uint64_t sp, uint64_t arg1,
                                 uint64_t arg2, uint64_t tp, uint64_t abi_reg) LIBMX_UNSUPPORTED

// Logs, debugging, random numbers.

zx_status_t zx_debuglog_create(zx_handle_t resource, uint32_t options,
                               zx_handle_t* out) LIBMX_UNSUPPORTED
zx_status_t zx_debuglog_write(zx_handle_t handle, uint32_t options, const void* buffer,
                              size_t buffer_size) LIBMX_UNSUPPORTED
zx_status_t zx_debuglog_read(zx_handle_t handle, uint32_t options, void* buffer,
                             size_t buffer_size) LIBMX_UNSUPPORTED
zx_status_t zx_debug_read(zx_handle_t handle, char* buffer, size_t buffer_size,
                          size_t* actual) LIBMX_UNSUPPORTED
zx_status_t zx_debug_write(const char* buffer, size_t buffer_size) LIBMX_UNSUPPORTED
zx_status_t zx_debug_send_command(zx_handle_t resource, const char* buffer,
                                  size_t buffer_size) LIBMX_UNSUPPORTED
zx_status_t zx_cprng_add_entropy(const void* buffer, size_t buffer_size) LIBMX_UNSUPPORTED

// The system and its devices.

zx_status_t zx_system_get_version(char* version, size_t version_size) LIBMX_UNSUPPORTED
zx_status_t zx_system_get_features(uint32_t kind, uint32_t* features) LIBMX_UNSUPPORTED
zx_status_t zx_system_get_event(zx_handle_t root_job, uint32_t kind,
                                zx_handle_t* event) LIBMX_UNSUPPORTED
zx_status_t zx_system_get_performance_info(zx_handle_t resource, uint32_t topic, size_t count,
                                           void* info, size_t* output_count) LIBMX_UNSUPPORTED
zx_status_t zx_system_set_performance_info(zx_handle_t resource, uint32_t topic,
                                           const void* info, size_t count) LIBMX_UNSUPPORTED
zx_status_t zx_system_watch_memory_stall(zx_handle_t resource, uint32_t kind,
                                         zx_duration_t threshold, zx_duration_t window,
                                         zx_handle_t* event) LIBMX_UNSUPPORTED
zx_status_t zx_interrupt_create(zx_handle_t src_obj, uint32_t src_num, uint32_t options,
                                zx_handle_t* out_handle) LIBMX_UNSUPPORTED
zx_status_t zx_interrupt_bind(zx_handle_t handle, zx_handle_t port_handle, uint64_t key,
                              uint32_t options) LIBMX_UNSUPPORTED
zx_status_t zx_interrupt_wait(zx_handle_t handle, zx_time_t* out_timestamp) LIBMX_UNSUPPORTED
zx_status_t zx_interrupt_destroy(zx_handle_t handle) LIBMX_UNSUPPORTED
zx_status_t zx_interrupt_ack(zx_handle_t handle) LIBMX_UNSUPPORTED
zx_status_t zx_interrupt_trigger(zx_handle_t handle, uint32_t options,
                                 zx_time_t timestamp) LIBMX_UNSUPPORTED
zx_status_t zx_interrupt_bind_vcpu(zx_handle_t handle, zx_handle_t vcpu,
                                   uint32_t options) LIBMX_UNSUPPORTED
zx_status_t zx_ioports_request(zx_handle_t resource, uint16_t io_addr,
                               uint32_t len) LIBMX_UNSUPPORTED
zx_status_t zx_iommu_create(zx_handle_t resource, uint32_t type, const void* desc,
                            size_t desc_size, zx_handle_t* out) LIBMX_UNSUPPORTED
zx_status_t zx_bti_create(zx_handle_t iommu, uint32_t options, uint64_t bti_id,
                          zx_handle_t* out) LIBMX_UNSUPPORTED
zx_status_t zx_bti_pin(zx_handle_t handle, uint32_t options, zx_handle_t vmo, uint64_t offset,
                       uint64_t size, zx_paddr_t* addrs, size_t addrs_count,
                       zx_handle_t* pmt) LIBMX_UNSUPPORTED
zx_status_t zx_bti_release_quarantine(zx_handle_t handle) LIBMX_UNSUPPORTED
zx_status_t zx_pmt_unpin(zx_handle_t handle) LIBMX_UNSUPPORTED
zx_status_t zx_resource_create(zx_handle_t parent_rsrc, uint32_t options, uint64_t base,
                               size_t size, const char* name, size_t name_size,
                               zx_handle_t* resource_out) LIBMX_UNSUPPORTED
zx_status_t zx_guest_create(zx_handle_t resource, uint32_t options, zx_handle_t* guest_handle,
                            zx_handle_t* vmar_handle) LIBMX_UNSUPPORTED
zx_status_t zx_guest_set_trap(zx_handle_t handle, uint32_t kind, zx_vaddr_t addr, size_t size,
                              zx_handle_t port_handle, uint64_t key) LIBMX_UNSUPPORTED
zx_status_t zx_vcpu_create(zx_handle_t guest, uint32_t options, zx_vaddr_t entry,
                           zx_handle_t* out) LIBMX_UNSUPPORTED
zx_status_t zx_vcpu_resume(zx_handle_t handle, zx_port_packet_t* packet) LIBMX_UNSUPPORTED
zx_status_t zx_vcpu_interrupt(zx_handle_t handle, uint32_t vector) LIBMX_UNSUPPORTED
zx_status_t zx_vcpu_read_state(zx_handle_t handle, uint32_t kind, void* buffer,
                               size_t buffer_size) LIBMX_UNSUPPORTED
zx_status_t zx_vcpu_write_state(zx_handle_t handle, uint32_t kind, const void* buffer,
                                size_t buffer_size) LIBMX_UNSUPPORTED
zx_status_t zx_ioports_release(zx_handle_t resource, uint16_t io_addr,
                               uint32_t len) LIBMX_UNSUPPORTED
zx_status_t zx_msi_allocate(zx_handle_t handle, uint32_t count,
                            zx_handle_t* out_allocation) LIBMX_UNSUPPORTED
zx_status_t zx_msi_create(zx_handle_t handle, uint32_t options, uint32_t msi_id,
                          zx_handle_t vmo, size_t vmo_offset,
                          zx_handle_t* out_interrupt) LIBMX_UNSUPPORTED
zx_status_t zx_vcpu_enter(zx_handle_t handle, zx_port_packet_t* packet) LIBMX_UNSUPPORTED
zx_status_t zx_vcpu_kick(zx_handle_t handle) LIBMX_UNSUPPORTED
#undef LIBMX_UNSUPPORTED

__END_CDECLS

#endif

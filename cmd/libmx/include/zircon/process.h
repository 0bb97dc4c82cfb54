// What a program of Zircon has from its parent: handles to itself and to
// others. A process here has none of them, so each of these is
// ZX_HANDLE_INVALID.

#ifndef LIBMX_ZIRCON_PROCESS_H_
#define LIBMX_ZIRCON_PROCESS_H_

#include <zircon/types.h>

#ifndef LIBMX_ONLY_SUPPORTED

__BEGIN_CDECLS

zx_handle_t zx_take_startup_handle(uint32_t hnd_info);
zx_handle_t zx_thread_self(void);
zx_handle_t zx_process_self(void);
zx_handle_t zx_vmar_root_self(void);
zx_handle_t zx_job_default(void);

__END_CDECLS

#endif

#endif

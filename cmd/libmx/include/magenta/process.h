// What a program of Magenta has from its parent: handles to itself and to
// others. A process here has none of them, so each of these is
// MX_HANDLE_INVALID.

#ifndef LIBMX_MAGENTA_PROCESS_H_
#define LIBMX_MAGENTA_PROCESS_H_

#include <magenta/types.h>

#ifndef LIBMX_ONLY_SUPPORTED

__BEGIN_CDECLS

mx_handle_t mx_get_startup_handle(uint32_t hnd_info);
mx_handle_t mx_thread_self(void);
mx_handle_t mx_process_self(void);
mx_handle_t mx_vmar_root_self(void);
mx_handle_t mx_job_default(void);

__END_CDECLS

#endif

#endif

// What the C side and the Go side of the library share.

#ifndef LIBMX_SHIM_H_
#define LIBMX_SHIM_H_

#include <stddef.h>
#include <stdint.h>

// The spellings of a call, and what no call has after a fork.
enum {
    LIBMX_NONE = 0,
    LIBMX_MX = 1,
    LIBMX_ZX = 2,
    LIBMX_FORKED = 3,
};

// libmx_state is one of them: the spelling of the first call, or LIBMX_FORKED
// in a child process, which has the memory of its parent and none of the
// threads that Go needs.
extern int libmx_state;

int libmx_first_spelling(void);

// libmx_monotonic reads CLOCK_MONOTONIC, in nanoseconds.
int64_t libmx_monotonic(void);

// libmx_clock reads the clock of that number other than the monotonic one,
// or returns 0.
int64_t libmx_clock(uint32_t clock_id);

// A hook is what mx_lab_on_block leaves for the thread's next wait.
struct libmx_hook {
    void (*blocks)(void* argument);
    void* argument;
};

// libmx_lab_place is where the calling thread is, and libmx_lab_take_hook takes
// its hook away.
uint64_t libmx_lab_place(void);
void libmx_lab_set_place(uint64_t place);
struct libmx_hook libmx_lab_take_hook(void);
void libmx_lab_call_hook(struct libmx_hook hook);

// libmx_system is what sysconf says of name.
uint64_t libmx_system(int name);

// libmx_random fills a buffer with random bytes, or ends the process.
void libmx_random(void* buffer, size_t size);

int libmx_first_call(int spelling);

// libmx_enter begins a call, and reports whether it can be made at all.
static inline int libmx_enter(int spelling) {
    int state = __atomic_load_n(&libmx_state, __ATOMIC_RELAXED);
    if (__builtin_expect(state == LIBMX_MX || state == LIBMX_ZX, 1)) {
        return 1;
    }
    return libmx_first_call(spelling);
}

#endif

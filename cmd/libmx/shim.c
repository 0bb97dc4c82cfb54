//go:build cgo && unix

#include "shim.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#ifdef __APPLE__
#include <sys/random.h> // getentropy
#endif

static void complain(const char* message) {
    // There is nobody to tell if this fails.
    ssize_t ignored = write(STDERR_FILENO, message, strlen(message));
    (void)ignored;
}

int libmx_state = LIBMX_NONE;

int libmx_first_spelling(void) {
    return __atomic_load_n(&libmx_state, __ATOMIC_RELAXED);
}

// hands_on reports whether a handler can hand a fault on to the Go runtime, and
// can run on the stack that a fault may come on.
static int hands_on(int sig) {
    struct sigaction now;
    return sigaction(sig, NULL, &now) != 0 ||
           ((now.sa_flags & SA_SIGINFO) != 0 && (now.sa_flags & SA_ONSTACK) != 0);
}

int libmx_first_call(int spelling) {
    int state = LIBMX_NONE;
    if (!__atomic_compare_exchange_n(&libmx_state, &state, spelling, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
        return state != LIBMX_FORKED;
    }
    if (!hands_on(SIGSEGV) || !hands_on(SIGBUS)) {
        complain("libmx: the program has replaced this library's handler for SIGSEGV or SIGBUS with one that\n"
                 "libmx: cannot hand faults on (it lacks SA_SIGINFO or SA_ONSTACK): a call with a bad pointer\n"
                 "libmx: will hang or end the process. <libmx/host.h> says how to install it (SIGNAL HANDLERS).\n");
    }
    return 1;
}

#if defined(__linux__) && defined(__GLIBC__)
// One of them is in every process with glibc: the first in its shared library,
// the second in what a static program has of it, because the runtime prints.
// The runtime takes the arguments of the program from what glibc hands to
// constructors, and crashes with a C library that does not: so this one comes
// before its own.
extern const char* gnu_get_libc_version(void) __attribute__((weak));
extern char _IO_2_1_stderr_ __attribute__((weak));

__attribute__((constructor(101))) static void refuse_other_libraries(void) {
    if (&gnu_get_libc_version == NULL && &_IO_2_1_stderr_ == NULL) {
        complain("libmx: on Linux it works with glibc and not with musl: link the program with glibc\n");
        _exit(127);
    }
}
#endif

static void in_child(void) {
    __atomic_store_n(&libmx_state, LIBMX_FORKED, __ATOMIC_RELAXED);
}

__attribute__((constructor)) static void watch_forks(void) {
    pthread_atfork(0, 0, in_child);
}

static int64_t nanoseconds(clockid_t clock) {
    struct timespec t;
    if (clock_gettime(clock, &t) != 0) {
        return 0;
    }
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t libmx_monotonic(void) {
    return nanoseconds(CLOCK_MONOTONIC);
}

int64_t libmx_clock(uint32_t clock_id) {
    switch (clock_id) {
    case 1:
        return nanoseconds(CLOCK_REALTIME);
    case 2:
        return nanoseconds(CLOCK_THREAD_CPUTIME_ID);
    default:
        return 0;
    }
}

uint64_t libmx_system(int name) {
    long value = sysconf(name);
    return value < 0 ? 0 : (uint64_t)value;
}

void libmx_random(void* buffer, size_t size) {
    char* at = buffer;
    while (size > 0) {
        size_t most = 256; // of one getentropy
        size_t n = size < most ? size : most;
        if (getentropy(at, n) != 0) {
            abort();
        }
        at += n;
        size -= n;
    }
}

//go:build cgo && unix

#include "shim.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

int libmx_state = LIBMX_NONE;

int libmx_first_spelling(void) {
    return __atomic_load_n(&libmx_state, __ATOMIC_RELAXED);
}

int libmx_first_call(int spelling) {
    int state = LIBMX_NONE;
    return __atomic_compare_exchange_n(&libmx_state, &state, spelling, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED) ||
           state != LIBMX_FORKED;
}

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

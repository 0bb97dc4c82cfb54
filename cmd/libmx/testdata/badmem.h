// Memory that a process cannot access, of every sort.

#ifndef BADMEM_H_
#define BADMEM_H_

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum bad {
    IS_NULL,
    LOW,           // in the page of null
    UNMAPPED,      //
    FORBIDDEN,     // mapped, but not for reading either
    CROSSING,      // the last byte is in a forbidden page
    CROSSING_HOLE, // the last byte is unmapped
    PAST_FILE,     // mapped, but the file has ended: SIGBUS
    HIGH,          // of the kernel
    LAST,          // the last byte there is, and around to null
    NON_CANONICAL, // no address at all, on some machines
    READ_ONLY,     // from here on they are bad for outputs alone
    CROSSING_READ_ONLY,
    BAD_OUTPUTS,
    BAD_INPUTS = READ_ONLY,
};

__attribute__((unused)) static const char* const bad_names[] = {
    "null", "low", "unmapped", "forbidden", "crossing", "crossing to a hole", "past the end of a file",
    "high", "last", "non-canonical", "read-only", "crossing to read-only",
};

static char *forbidden, *hole, *past_file, *read_only;
static size_t page;

static char* map(void) {
    char* p = mmap(NULL, 4 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED) {
        perror("mmap");
        exit(3);
    }
    return p;
}

// Each is a good page, and two that are not.
static void make_bad_memory(void) {
    page = (size_t)sysconf(_SC_PAGESIZE);
    forbidden = map();
    mprotect(forbidden + page, 2 * page, PROT_NONE);
    read_only = map();
    mprotect(read_only + page, 2 * page, PROT_READ);
    FILE* f = tmpfile();
    if (f == NULL || ftruncate(fileno(f), (off_t)page) != 0) {
        perror("tmpfile");
        exit(3);
    }
    past_file = mmap(NULL, 3 * page, PROT_READ | PROT_WRITE, MAP_SHARED, fileno(f), 0);
    if (past_file == MAP_FAILED) {
        perror("mmap");
        exit(3);
    }
    hole = map(); // the last, so that nothing of the above comes to lie in it
    munmap(hole + page, 3 * page);
}

// bad is a pointer to memory for size bytes that is bad in some way.
__attribute__((unused)) static void* bad(int kind, size_t size) {
    switch (kind) {
    case IS_NULL:
        return NULL;
    case LOW:
        return (void*)8;
    case UNMAPPED:
        return hole + page;
    case FORBIDDEN:
        return forbidden + page;
    case CROSSING:
        return forbidden + page - size + 1;
    case CROSSING_HOLE:
        return hole + page - size + 1;
    case PAST_FILE:
        return past_file + page;
    case HIGH:
        return (void*)(UINTPTR_MAX - 0xfffff);
    case LAST:
        return (void*)UINTPTR_MAX;
    case NON_CANONICAL:
        return (void*)((uintptr_t)0xdead << 48);
    case READ_ONLY:
        return read_only + page;
    default:
        return read_only + page - size + 1;
    }
}

// crosses says that there are good bytes before the first bad one.
__attribute__((unused)) static int crosses(int kind) {
    return kind == CROSSING || kind == CROSSING_HOLE || kind == CROSSING_READ_ONLY;
}

#endif

// SPDX-License-Identifier: Apache-2.0
// Stands in for the C library's malloc in a test's process and counts, so that a test can show that something allocates nothing.

#include "allocation_count.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CARTLINK_SANITIZED 1
#endif
#endif

// Any header of the C library says which one it is.
#include <errno.h>
#include <stddef.h>

// The sanitizers bring a malloc of their own, and other C libraries have no second name for theirs.
#if defined(__GLIBC__) && !defined(CARTLINK_SANITIZED)

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static _Thread_local long allocations;

long cartlink_allocation_count(void) { return allocations; }

void *malloc(size_t size) {
    allocations += 1;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    allocations += 1;
    return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size) {
    allocations += 1;
    return __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    allocations += 1;
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
    allocations += 1;
    *memory = __libc_memalign(alignment, size);
    return *memory ? 0 : ENOMEM;
}

#else

long cartlink_allocation_count(void) { return -1; }

#endif

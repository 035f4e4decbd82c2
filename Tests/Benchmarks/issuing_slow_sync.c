// SPDX-License-Identifier: Apache-2.0
// Preloaded into a process it makes each sync take longer, as on a disk elsewhere in the network. issuing.py compiles it.

#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void wait_longer(void) {
    const char *text = getenv("CARTLINK_BENCH_SYNC_MICROSECONDS");
    long microseconds = text ? atol(text) : 0;
    struct timespec wait = {microseconds / 1000000, microseconds % 1000000 * 1000};
    if (microseconds > 0) nanosleep(&wait, NULL);
}

int fsync(int file) {
    long result = syscall(SYS_fsync, file);
    wait_longer();
    return (int)result;
}

int fdatasync(int file) {
    long result = syscall(SYS_fdatasync, file);
    wait_longer();
    return (int)result;
}

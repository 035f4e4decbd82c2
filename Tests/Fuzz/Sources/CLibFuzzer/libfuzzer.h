// SPDX-License-Identifier: Apache-2.0
#include <stddef.h>
#include <stdint.h>

// libFuzzer's entry for programs that bring their own main (llvm.org/docs/LibFuzzer.html, "Using libFuzzer as a library").
// The compiler links it in with -sanitize=fuzzer; SwiftPM always expects a main of the executable's own.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));

// SPDX-License-Identifier: Apache-2.0
// The Glibc module of Swift leaves epoll(7) out.

#include <sys/epoll.h>

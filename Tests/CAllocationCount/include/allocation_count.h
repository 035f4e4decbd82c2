// SPDX-License-Identifier: Apache-2.0

#ifndef CARTLINK_ALLOCATION_COUNT_H
#define CARTLINK_ALLOCATION_COUNT_H

/// How often the calling thread has asked for memory since it began; -1 where nobody counts.
long cartlink_allocation_count(void);

#endif

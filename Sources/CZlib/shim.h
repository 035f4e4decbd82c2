// SPDX-License-Identifier: Apache-2.0
// The door to zlib: its opening call is a macro, which Swift can't import by itself.

#ifndef CARTLINK_CZLIB_H
#define CARTLINK_CZLIB_H

#include <zlib.h>

// 16 more than the largest window asks for gzip's header and checksum.
static inline int cartlink_gzip_begin(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
}

#endif

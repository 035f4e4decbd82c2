// SPDX-License-Identifier: Apache-2.0
// PostgreSQL's client library (https://www.postgresql.org/docs/15/libpq.html).

#ifndef CARTLINK_CPOSTGRES_SHIM_H
#define CARTLINK_CPOSTGRES_SHIM_H

#include <libpq-fe.h>

// Character constants, which Swift doesn't import as macros.
static const int cartlink_diag_sqlstate = PG_DIAG_SQLSTATE;
static const int cartlink_diag_severity = PG_DIAG_SEVERITY_NONLOCALIZED;

#endif

// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Redaction

/// One error of Spryker's Glue API: `{status, code?, detail}`. The framework's own errors have no code.
struct GlueError: Equatable {
    let status: HTTPResponse.Status
    let code: String?
    let detail: String
    var headers: HTTPFields = [:]
    /// For the log; never sent.
    var cause: String?

    init(_ status: HTTPResponse.Status, _ code: String? = nil, _ detail: String) {
        self.status = status
        self.code = code
        self.detail = detail
    }

    var json: JSON {
        .object([("status", .number(Int64(status.code))), ("code", code.map(JSON.string)), ("detail", .string(detail))])
    }
}

/// Why a request under `/glue` was refused; more than one error only where attributes are wrong.
struct GlueRefusal: Error {
    let errors: [GlueError]

    /// Nil without an error: then nothing is refused.
    init?(_ errors: [GlueError]) {
        guard !errors.isEmpty else { return nil }
        self.errors = errors
    }

    init(_ error: GlueError) {
        errors = [error]
    }

    /// The last error's, as in Glue.
    var status: HTTPResponse.Status { errors.last?.status ?? .badRequest }

    var body: [UInt8] {
        JSON.object([("errors", .array(errors.map(\.json)))]).text
    }
}

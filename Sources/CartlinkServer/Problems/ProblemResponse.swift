// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Redaction
import ShareLinks

extension Problem {
    /// The problem as `application/problem+json`.
    func response(requestID: String) -> Response {
        rendered(requestID: requestID).response
    }

    func rendered(requestID: String) -> RenderedAnswer {
        let fields: HTTPFields = [.cacheControl: "no-store"]
        return RenderedAnswer(
            body(requestID: requestID),
            type: "application/problem+json",
            status: code.status,
            headers: fields.replacing(with: headers)
        )
    }

    func body(requestID: String) -> [UInt8] {
        JSON.object([
            ("type", .string("urn:cartlink:problem:\(code.rawValue)")),
            ("title", .string(code.title)),
            ("status", .number(Int64(code.status.code))),
            ("detail", detail.map(JSON.string)),
            ("code", .string(code.rawValue)),
            ("requestId", .string(requestID)),
            ("version", (version?.number).map(JSON.number)),
            (
                "errors",
                faults.isEmpty
                    ? nil
                    : .array(
                        faults.map { .object([("pointer", .string($0.pointer)), ("reason", .string($0.reason.rawValue))]) }
                    )
            ),
        ]).text
    }
}

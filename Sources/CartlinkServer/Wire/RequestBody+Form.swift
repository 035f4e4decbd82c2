// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import NIOCore
import ShareLinks

extension Request {
    /// Largest body that a page's form sends: 4 kB.
    static let formBody = 4 * 1024

    /// The fields of a small form; a field that is not `known`, or that comes twice, is refused.
    func formFields(_ known: Set<String>) async throws -> [String: String] {
        guard isForm else { throw Problem(code: .unsupportedMediaType, detail: "Send application/x-www-form-urlencoded.") }
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > Self.formBody { throw Problem(code: .tooLarge) }
        let bytes: [UInt8]
        do {
            bytes = Array(try await body.collect(upTo: Self.formBody).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Problem(code: .tooLarge)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Problem.malformedForm }
        let fields: [String: String]
        do {
            fields = try URLEncodedFormDecoder().decode([String: String].self, from: text)
        } catch {
            // The decoder's own words repeat what was sent.
            throw Problem.malformedForm
        }
        let unknown = fields.keys.filter { !known.contains($0) }.sorted()
        guard unknown.isEmpty else { throw Problem.invalidInput(unknown.map { InputFault("/\($0)", .unknown) }) }
        return fields
    }

    private var isForm: Bool {
        headers[.contentType]?.prefix { $0 != ";" }.lowercased().trimmingSpaces() == "application/x-www-form-urlencoded"
    }
}

extension Problem {
    fileprivate static var malformedForm: Problem {
        Problem(code: .malformedRequest, detail: "The body is no form, or names a field more than once.")
    }
}

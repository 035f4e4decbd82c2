// SPDX-License-Identifier: Apache-2.0

extension ShareError {
    /// The one place where what a platform answered becomes what a use case answers.
    init(_ error: SourceError) {
        switch error {
        case .gone: self = .cartNotFound
        case .noSuchItem: self = .itemNotFound
        case .notSold: self = .invalidInput([InputFault("/sku", .notSold)])
        case .notExpressible(let field): self = .invalidInput([InputFault("/\(field)", .notInPlatform)])
        case .limited: self = .invalidInput([InputFault("/quantity", .limited)])
        case .notEditable: self = .formatNotEditable
        case .unavailable, .outcomeUnknown, .stopped, .overtaken: self = .sourceUnavailable(error)
        }
    }
}

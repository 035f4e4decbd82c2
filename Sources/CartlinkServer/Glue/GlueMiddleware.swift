// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import ShareLinks

/// Under `/glue`: checks the headers before all else, as Glue does, and answers every refusal in Glue's shape.
struct GlueMiddleware: RouterMiddleware {
    func handle(
        _ request: Request,
        context: ServerContext,
        next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        guard request.isForGlue else { return try await next(request, context) }
        var response: Response
        do {
            try request.checkGlueHeaders()
            response = try await next(request, context)
        } catch let error as HTTPParserError {
            // The connection answers these: what follows on it can't be trusted.
            throw error
        } catch {
            let refusal = GlueRefusal(thrown: error)
            context.log(refusal)
            response = refusal.response
        }
        // The language of the shop's texts: nothing here is translated.
        response.headers[.contentLanguage] = "en_US"
        return response
    }
}

extension Request {
    /// `Accept` has to be there, whatever it says; `Content-Type` may be absent.
    fileprivate func checkGlueHeaders() throws(GlueRefusal) {
        guard headers[.accept] != nil else { throw GlueRefusal(.notAcceptable) }
        guard headers[.contentType] == nil || isJSON else { throw GlueRefusal(.unsupportedMediaType) }
    }
}

extension ServerContext {
    fileprivate func log(_ refusal: GlueRefusal) {
        for error in refusal.errors {
            guard let cause = error.cause else { continue }
            logger.log(
                level: error.status.kind == .serverError ? .error : .debug,
                "refused",
                metadata: ["code": "\(error.code ?? String(error.status.code))", "cause": "\(cause)"]
            )
        }
    }
}

extension GlueRefusal {
    fileprivate init(thrown error: any Error) {
        switch error {
        case let refusal as GlueRefusal: self = refusal
        case let problem as Problem: self.init(GlueError(problem))
        case let error as ShareError: self.init(GlueError(error, doing: .reading))
        case is NIOTooManyBytesError: self.init(GlueError(Problem(code: .tooLarge)))
        case is CancellationError: self.init(GlueError(Problem.stopping))
        // The router tells neither an unknown path from an unknown method, nor does Glue.
        case let error as any HTTPResponseError where error.status == .notFound: self.init(.notFound)
        case let error as any HTTPResponseError where error.status.kind == .clientError: self.init(.postDataInvalid)
        default:
            var failure = GlueError.internalError
            failure.cause = "\(type(of: error)): \(error)"
            self.init(failure)
        }
    }

    fileprivate var response: Response {
        var fields: HTTPFields = [.contentType: GlueVisit.mediaType]
        for error in errors { fields = fields.replacing(with: error.headers) }
        // The rest of a refused body would be read without a limit: end the connection instead.
        if status == .contentTooLarge { fields[.connection] = "close" }
        return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}

extension HTTPField.Name {
    fileprivate static let contentLanguage = HTTPField.Name("Content-Language")!
}

// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import ShareLinks

/// Turns whatever a route throws into a problem, and logs what a stranger must not see.
struct ProblemMiddleware: RouterMiddleware {
    let routes: RouteTable

    func handle(
        _ request: Request,
        context: ServerContext,
        next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPParserError {
            // The connection answers these: what follows on it can't be trusted.
            throw error
        } catch {
            let problem = Problem(thrown: error, request: request, routes: routes)
            if let cause = problem.cause {
                context.logger.log(
                    level: problem.code.status.kind == .serverError ? .error : .debug,
                    "refused",
                    metadata: ["code": "\(problem.code.rawValue)", "cause": "\(cause)"]
                )
            }
            var response = problem.response(requestID: context.id)
            // The rest of a refused body would be read without a limit: end the connection instead.
            if problem.code == .tooLarge { response.headers[.connection] = "close" }
            return response
        }
    }
}

extension Problem {
    fileprivate init(thrown error: any Error, request: Request, routes: RouteTable) {
        switch error {
        case let problem as Problem: self = problem
        case let error as ShareError: self.init(error)
        case is NIOTooManyBytesError: self.init(code: .tooLarge)
        case is CancellationError: self = .stopping
        case let error as any HTTPResponseError where error.status == .notFound:
            self = routes.isKnown(request.uri.path) ? .methodNotAllowed(routes.methods(of: request.uri.path)) : Problem(code: .notFound)
        case let error as any HTTPResponseError where error.status.kind == .clientError: self.init(code: .malformedRequest)
        default:
            self.init(code: .internal)
            cause = "\(type(of: error)): \(error)"
        }
    }

    /// The node stops and doesn't wait for this request.
    static var stopping: Problem {
        var problem = Problem.unavailable(cause: "stopping")
        problem.cause = nil
        return problem
    }

    static func methodNotAllowed(_ methods: [String]) -> Problem {
        var problem = Problem(code: .methodNotAllowed)
        problem.headers[.allow] = methods.joined(separator: ", ")
        return problem
    }
}

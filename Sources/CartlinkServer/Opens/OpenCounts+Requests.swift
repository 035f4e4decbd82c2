// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import ShareLinks

extension OpenCounts {
    /// Counts a robot that was given the page of a genuine link, if one asked. People are counted when their page says so.
    func note(_ page: Response, givenTo request: Request, _ context: ServerContext) {
        guard page.status.kind == .successful || page.status == .notModified, RobotSigns(in: request.head).isRobot else { return }
        guard let token = Token(context.tokenText(in: request)) else { return }
        countRobot(at: token.id)
    }
}

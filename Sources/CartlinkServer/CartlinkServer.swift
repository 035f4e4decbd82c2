// SPDX-License-Identifier: Apache-2.0

package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
package import ServiceLifecycle
package import ShareLinks

/// The two listeners: the public one for shops and link holders, the admin one for the shop's staff.
package struct CartlinkServer: Sendable {
    let sharing: Sharing
    let authenticator: Authenticator
    package let projections: Projections
    let settings: ServerSettings
    let readiness: Readiness
    let renderMetrics: @Sendable () -> String
    let now: @Sendable () -> Timestamp
    package let eventStreams: EventStreams
    let openCounts = OpenCounts()
    let answers: LinkAnswers
    let admission: Admission

    package init(
        sharing: Sharing,
        authenticator: Authenticator,
        projections: Projections,
        settings: ServerSettings,
        readiness: Readiness,
        renderMetrics: @escaping @Sendable () -> String,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.sharing = sharing
        var authenticator = authenticator
        // Whoever logs in can be named by colleagues; that it wasn't noted harms nobody's request.
        authenticator.onLogin = { person, now in try? await sharing.recognise(person, at: now) }
        authenticator.badKeys = BadKeyLimiter(addresses: settings.badTokens.addresses)
        self.authenticator = authenticator
        self.projections = projections
        self.settings = settings
        self.readiness = readiness
        self.renderMetrics = renderMetrics
        self.now = now
        let revisions = Revisions()
        sharing.store.changes.listen { revisions.note($0) }
        let cache = AnswerCache(limit: settings.heldAnswers, revisions: revisions) { projections.version }
        answers = LinkAnswers(sharing: sharing, projections: projections, pages: settings.pages, cache: cache)
        admission = Admission(settings.admission, origins: settings.origins, loginCookie: authenticator.cookie, now: now)
        eventStreams = EventStreams(
            most: settings.eventStreams,
            changes: sharing.store.changes,
            check: sharing.store.revisionCheck,
            now: now
        )
    }

    package func publicListener(logger: Logger, onRunning: @escaping @Sendable () -> Void = {}) -> any Service {
        application(
            router: publicRouter(),
            at: settings.publicAddress,
            connections: settings.connections,
            door: fastDoor,
            admission: admission,
            logger: logger,
            onRunning: onRunning
        )
    }

    private var fastDoor: FastDoor {
        FastDoor(
            keys: sharing.keys,
            cache: answers.cache,
            badTokens: settings.badTokens,
            opens: openCounts,
            loginCookie: authenticator.cookie,
            limits: ConnectionLimits(connections: settings.connections),
            pages: settings.pages,
            check: sharing.store.revisionCheck,
            now: now
        )
    }

    package func openCountWriter(logger: Logger) -> any Service {
        OpenCountWriter(counts: openCounts, store: sharing.store, logger: logger, now: now)
    }

    package func adminListener(logger: Logger) -> any Service {
        // Its own, small number of connections and no gate: a flood outside never keeps an administrator out.
        application(router: adminRouter(), at: settings.adminAddress, connections: 256, logger: logger)
    }

    package func publicRouter() -> Router<ServerContext> {
        let door = SharedDoor(sharing: sharing, authenticator: authenticator, limiter: settings.badTokens, now: now)
        let links = LinkWriter(sharing: sharing, publicURL: settings.publicURL)
        let glue = GlueDoor(authenticator: authenticator, publicURL: settings.publicURL, now: now)
        let glueCarts = GlueCarts(sharing: sharing, projections: projections, now: now)
        return router(
            listener: "public",
            [
                CartRoutes(sharing: sharing, authenticator: authenticator, projections: projections, now: now),
                LinkRoutes(sharing: sharing, authenticator: authenticator, links: links, projections: projections, now: now),
                LinkPreviewRoute(sharing: sharing, authenticator: authenticator, projections: projections, now: now),
                ItemRoutes(sharing: sharing, authenticator: authenticator, projections: projections, now: now),
                GrantRoutes(sharing: sharing, authenticator: authenticator, now: now),
                AcceptRoutes(door: door, projections: projections),
                CompanyUserRoutes(sharing: sharing, authenticator: authenticator, now: now),
                EventRoute(sharing: sharing, authenticator: authenticator, streams: eventStreams, now: now),
                CommentRoutes(sharing: sharing, authenticator: authenticator, now: now),
                ResolveRoute(sharing: sharing, authenticator: authenticator, now: now),
                SharedRoutes(door: door, projections: projections, answers: answers),
                AcceptFormRoutes(door: door, pages: settings.pages),
                SharePageRoutes(door: door, projections: projections, pages: settings.pages, answers: answers, opens: openCounts),
                SeenRoute(door: door, opens: openCounts),
                AssetRoutes(shop: settings.pages.shop),
                UnfurlRoute(
                    sharing: sharing,
                    authenticator: authenticator,
                    page: StrangersPage(sharing: sharing, projections: projections, pages: settings.pages),
                    now: now
                ),
                GlueCartRoutes(door: glue, carts: glueCarts),
                GlueSharedCartRoutes(door: glue, sharing: sharing),
                GlueItemRoutes(door: glue, carts: glueCarts),
                GlueReferenceRoutes(door: glue, sharing: sharing),
                GlueIncompletePathRoutes(door: glue),
                HealthRoutes(store: sharing.store, readiness: readiness),
            ] + demoRoutes(glue)
        )
    }

    /// The routes that log people in, and the demo's storefront: a demo's alone.
    private func demoRoutes(_ glue: GlueDoor) -> [any RouteGroup] {
        var routes: [any RouteGroup] = []
        if let logins = settings.glueLogins { routes.append(GlueTokenRoutes(door: glue, logins: logins)) }
        if let shop = settings.demoShop {
            let door = DemoDoor(
                shop: shop,
                sharing: sharing,
                projections: projections,
                authenticator: authenticator,
                pages: settings.pages,
                now: now
            )
            routes += [DemoLoginRoutes(door: door), DemoPageRoutes(door: door), DemoServiceRoutes(door: door)]
        }
        return routes
    }

    package func adminRouter() -> Router<ServerContext> {
        let administration = Administration(store: sharing.store, keys: sharing.keys)
        return router(
            listener: "admin",
            [
                ConsoleRoutes(),
                MeRoute(authenticator: authenticator, now: now),
                AdminLinkRoutes(administration: administration, authenticator: authenticator, now: now),
                RevocationRoute(administration: administration, authenticator: authenticator, now: now),
                InspectRoute(administration: administration, authenticator: authenticator, now: now),
                AuditRoute(administration: administration, authenticator: authenticator, now: now),
                KeyRoutes(administration: administration, authenticator: authenticator, now: now),
                WebhookRoutes(administration: administration, authenticator: authenticator, now: now),
                MetricsRoute { [answers, admission, renderMetrics] in
                    answers.cache.tellFill()
                    admission.report()
                    return renderMetrics()
                },
                HealthRoutes(store: sharing.store, readiness: readiness),
            ]
        )
    }

    private func router(listener: String, _ collections: [any RouteGroup]) -> Router<ServerContext> {
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        let table = RouteTable()
        router.addMiddleware {
            RequestLog(metrics: RequestMetrics(listener: listener), now: now)
            SecurityHeaders()
            // Outside of problems: a page has to be able to read those, too.
            if listener == "public" { CrossOrigin(origins: settings.origins, now: now) }
            ProblemMiddleware(routes: table)
            GlueMiddleware()
        }
        for collection in collections { collection.add(to: router) }
        table.learn(from: router)
        return router
    }

    private func application(
        router: Router<ServerContext>,
        at address: ServerSettings.Address,
        connections: Int,
        door: FastDoor? = nil,
        admission: Admission? = nil,
        logger: Logger,
        onRunning: @escaping @Sendable () -> Void = {}
    ) -> any Service {
        Application(
            responder: TaskPerAnswer(base: router.buildResponder()),
            server: HTTPServerBuilder { responder in
                CartlinkChannel(
                    responder: responder,
                    limits: ConnectionLimits(connections: connections),
                    door: door,
                    admission: admission
                )
            },
            configuration: .init(
                address: .hostname(address.host, port: address.port),
                serverName: nil,
                backlog: 1024,
                availableConnectionsDelegate: .maximum(connections, logger: logger)
            ),
            onServerRunning: { _ in onRunning() },
            logger: logger
        )
    }
}

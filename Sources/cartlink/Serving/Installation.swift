// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import CartlinkServer
import Foundation
import Logging
import Logins
import Metrics
import NIOCore
import PrometheusMetrics
import Redaction
import ServiceLifecycle
import ShareLinks
import UnixSignals
import Webhooks

/// One running service: everything that is wired together, and the list of what starts and stops.
struct Installation {
    let settings: Settings
    let store: any OpenedStore
    let keys: LiveKeys
    let sharing: Sharing
    let server: CartlinkServer
    private let source: OpenedSource?
    private let readiness: Readiness
    private let logger: Logger

    /// Checks everything before anything starts; throws a `Refusal` that says what to do.
    init(_ settings: Settings, client: HTTPClient, logger: Logger) async throws {
        self.settings = settings
        self.logger = logger
        let authenticator = try settings.authenticator(client: client)
        let ring = try await KeyFolder.prepared(for: settings, logger: logger).ring()
        store = try await Self.open(settings, logger: logger)
        do throws(KeyRefusal) {
            keys = LiveKeys(try await store.admit(ring, at: Clock.now()))
        } catch {
            try? await store.close()
            throw Refusal.configuration([error.text])
        }
        let registry = PrometheusRegistry()
        MetricsSystem.bootstrap(registry)
        source = settings.source.map { OpenedSource($0, policy: settings.policies[.vtexOrderForm], metrics: registry) }
        sharing = Sharing(store: store, keys: keys, rules: settings.rules, source: source?.source)
        readiness = Readiness()
        guard let projections = Projections(policies: settings.policies, linkHosts: settings.shop.hosts) else {
            preconditionFailure("serving reads the policies with the settings")
        }
        server = CartlinkServer(
            sharing: sharing,
            authenticator: authenticator,
            projections: projections,
            settings: ServerSettings(
                publicAddress: settings.publicAddress,
                adminAddress: settings.adminAddress,
                publicURL: settings.publicURL.text,
                connections: settings.limits.connections,
                admission: settings.source == nil ? AdmissionLimits() : .waitingForPlatform,
                badTokens: BadTokenLimiter(
                    perMinute: settings.limits.badTokensPerMinute,
                    trustedProxies: settings.limits.trustedProxies
                ),
                pages: try SharePages(shop: settings.shop, publicURL: settings.publicURL.text),
                origins: settings.origins,
                glueLogins: settings.glueLogins,
                demoShop: settings.demoShop
            ),
            readiness: readiness,
            renderMetrics: { registry.render() },
            now: Clock.now
        )
    }

    /// Runs until SIGTERM or SIGINT: the services stop from the bottom of the list, one after another.
    ///
    /// - Parameters:
    ///   - greeting: goes to standard output once the public listener runs.
    ///   - demo: what runs in a demo only.
    func run(greeting: String?, demo: [any Service] = []) async throws {
        for warning in settings.warnings + OpenFiles.raiseLimit(for: settings.limits.connections) {
            logger.warning("check the environment", metadata: ["note": "\(warning)"])
        }
        let group = ServiceGroup(
            configuration: .init(
                services: [
                    .init(service: StoreService(store: store))
                ] + (source.map { [.init(service: SourceService(upstream: $0.upstream))] } ?? []) + [
                    .init(service: GenerationWriter(store: store, file: GenerationFile(settings), logger: logger)),
                    .init(service: delivery),
                    .init(service: server.openCountWriter(logger: logger)),
                ] + demo.map { .init(service: $0) } + [
                    .init(service: reload),
                    .init(service: server.adminListener(logger: logger)),
                    .init(service: server.publicListener(logger: logger) { Self.greet(greeting) }),
                    .init(service: server.eventStreams),
                    .init(service: Drain(readiness: readiness)),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            ).withLongestShutdown(.seconds(24))
        )
        logger.info("starting", metadata: ["public": "\(settings.publicURL.text)"])
        do {
            try await group.run()
        } catch let error as IOError {
            throw Refusal.failure(
                "can't listen on \(settings.publicAddress) or \(settings.adminAddress): \(error.description); "
                    + "choose free ones with public.address and admin.address"
            )
        }
        logger.info("stopped")
    }

    private var delivery: WebhookDelivery {
        WebhookDelivery(endpoints: settings.webhooks, store: store, logger: logger, now: Clock.now) { Double.random(in: 0...1) }
    }

    private var reload: Reload {
        Reload(
            parts: [
                KeyReload(folder: KeyFolder(settings), store: store, keys: keys),
                PolicyReload(folder: settings.policyFolder, projections: server.projections),
            ],
            logger: logger
        )
    }

    private static func greet(_ greeting: String?) {
        guard let greeting else { return }
        FileHandle.standardOutput.write(Data(greeting.utf8))
    }

    private static func open(_ settings: Settings, logger: Logger) async throws -> any OpenedStore {
        let store = try await settings.openStore(try KeyFolder(settings).auditChain(), known: try GenerationFile(settings).read())
        logger.info("store opened", metadata: store.openingFacts)
        return store
    }
}

extension KeyFolder {
    /// The key folder, with keys made for a store that is new; an old store without its keys is refused.
    fileprivate static func prepared(for settings: Settings, logger: Logger) async throws -> KeyFolder {
        let folder = KeyFolder(settings)
        if try await settings.storeIsNew() {
            for made in try folder.makeMissing(at: Clock.now()) {
                logger.notice("new store: made a new key file", metadata: ["file": "\(made)"])
            }
        } else if !FileManager.default.fileExists(atPath: folder.linkKeys) {
            throw Refusal.missing(folder.linkKeys)
        }
        return folder
    }
}

extension ServiceGroupConfiguration {
    /// Past it the tasks are cancelled: one slow client must not hold the process.
    fileprivate func withLongestShutdown(_ duration: Duration) -> Self {
        var copy = self
        copy.maximumGracefulShutdownDuration = duration
        return copy
    }
}

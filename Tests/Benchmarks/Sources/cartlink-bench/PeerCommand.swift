// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// What the filter is compared with, as far as it is written in Swift.
struct PeerCommand: ParsableCommand {
    enum Peer: String, ExpressibleByArgument, CaseIterable {
        /// Foundation's: into objects and back.
        case jsonSerialization = "json-serialization"
    }

    static let configuration = CommandConfiguration(
        commandName: "peer",
        abstract: "Measures how fast another library reads a cart and writes it again."
    )

    @Argument(help: "json-serialization") var peer: Peer
    @OptionGroup var rounds: Rounds
    @Argument(help: "The cart as JSON.") var file: String

    func run() throws {
        let cart = Data(try CartFile(path: file).bytes)
        guard let size = Self.roundTrip(cart) else { throw BenchFault("\(file): \(peer.rawValue) can't read this cart") }
        let speeds = rounds.measure(cart.count) { _ = Self.roundTrip(cart) }
        print(speeds.line(named: "peer", peer.rawValue, bytes: cart.count, outputBytes: size))
    }

    private static func roundTrip(_ cart: Data) -> Int? {
        guard let object = try? JSONSerialization.jsonObject(with: cart) else { return nil }
        return (try? JSONSerialization.data(withJSONObject: object))?.count
    }
}

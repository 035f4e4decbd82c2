// SPDX-License-Identifier: Apache-2.0

/// What one social network or messenger makes of a link's page, as far as it says or was seen to do.
struct Network: Sendable {
    let name: String
    /// How much of the page it reads.
    var window = 1_000_000
    /// How much of the description it shows, in characters; nil where no limit is known.
    var description: Int?
    var showsDescription = true
    var picture = PictureLimits()
    /// How long it keeps what it read for links sent anew; nil where that isn't known.
    var keptDays: Int?

    struct PictureLimits: Sendable {
        var mostBytes = Int.max
        var leastWidth = 0
        var leastHeight = 0
        /// Width to height.
        var widest = Double.infinity
    }

    /// One line each; the sources are in `docs/decisions/0023-what-a-card-may-tell.md`.
    static let all = [
        Network(name: "Facebook", picture: .init(mostBytes: 8_000_000, leastWidth: 600, leastHeight: 315), keptDays: 30),
        Network(name: "WhatsApp", window: 300_000, description: 80, picture: .init(mostBytes: 600_000, leastWidth: 300, widest: 4)),
        Network(name: "X", picture: .init(mostBytes: 5_000_000, leastWidth: 300, leastHeight: 157), keptDays: 7),
        Network(name: "LinkedIn", picture: .init(mostBytes: 5_000_000, leastWidth: 200, leastHeight: 200), keptDays: 7),
        Network(name: "Slack", window: 32_768),
        Network(name: "Telegram"),
        Network(name: "Discord"),
        Network(name: "iMessage", showsDescription: false, picture: .init(mostBytes: 5_000_000)),
        Network(name: "Google Chat", picture: .init(mostBytes: 5_000_000)),
        Network(name: "Teams"),
        Network(name: "Mastodon"),
    ]
}

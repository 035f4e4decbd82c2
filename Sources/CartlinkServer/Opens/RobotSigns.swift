// SPDX-License-Identifier: Apache-2.0

import HTTPTypes

/// What in a request tells that no person looks at the answer: a preview, a scanner, a search engine, a browser that fetches ahead.
///
/// Good for statistics only and never for permission: robots that hide are among people, and whoever likes can take a robot's name.
struct RobotSigns {
    let isHead: Bool
    let isFetchedAhead: Bool
    let isKnownAgent: Bool

    init(in request: HTTPRequest) {
        isHead = request.method == .head
        isFetchedAhead = Self.purposes.contains { name in
            guard let purpose = request.headerFields[name]?.lowercased() else { return false }
            return ["prefetch", "prerender", "preview"].contains { purpose.contains($0) }
        }
        isKnownAgent = Self.isRobot(agent: request.headerFields[.userAgent] ?? "")
    }

    var isRobot: Bool { isHead || isFetchedAhead || isKnownAgent }

    private static let purposes = ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"].map { HTTPField.Name($0)! }

    /// Every browser names itself. A name is made of words: of letters, or of words joined by hyphens.
    static func isRobot(agent: String) -> Bool {
        let words = agent.prefix(longestAgent).lowercased().split { !$0.isLetter && $0 != "-" }
        return words.isEmpty
            || words.contains { word in
                names.contains(String(word)) || word.split(separator: "-").contains { isRobot(word: $0) }
            }
    }

    private static func isRobot(word: Substring) -> Bool {
        // CUBOT makes telephones.
        names.contains(String(word)) || (word != "cubot" && endings.contains { word.hasSuffix($0) })
    }

    /// Robots name themselves early; a header may have 16 kB.
    private static let longestAgent = 512

    private static let endings = ["bot", "bots", "crawler", "spider", "preview", "scanner", "fetcher", "monitor", "validator"]

    private static let names = Set(previews + searches + scanners + programs)

    /// Who draws the cards of social networks and chats.
    private static let previews = [
        "facebookexternalhit", "facebookcatalog", "meta-externalagent", "meta-externalfetcher", "whatsapp", "google-chat", "slack-imgproxy",
        "skypeuripreview", "mastodon", "pleroma", "akkoma", "misskey", "lemmy", "friendica", "cardyb", "embedly", "iframely",
        "vkshare", "google-pagerenderer", "googleimageproxy",
    ]

    private static let searches = [
        "google-inspectiontool", "googleother", "google-extended", "mediapartners-google", "feedfetcher-google", "apis-google",
        "google-read-aloud", "slurp", "archiver", "heritrix", "chatgpt-user", "claude-user", "perplexity-user", "mistralai-user",
    ]

    /// Who looks into links in mails and chats, and who measures pages.
    private static let scanners = [
        "ms-office", "msoffice", "barracuda", "mimecast", "proofpoint", "symantec", "urlscan", "virustotal", "censysinspect", "expanse",
        "zgrab", "masscan", "nmap", "nikto", "nuclei", "lighthouse", "pingdom", "headlesschrome", "phantomjs", "scrapy",
    ]

    /// Libraries and command-line tools.
    private static let programs = [
        "curl", "wget", "httpie", "python", "python-requests", "python-urllib", "python-httpx", "aiohttp", "httpx", "go-http-client",
        "okhttp", "java", "apache-httpclient", "libwww-perl", "axios", "node", "node-fetch", "undici", "guzzlehttp", "php", "ruby",
        "faraday", "postmanruntime", "powershell",
    ]
}

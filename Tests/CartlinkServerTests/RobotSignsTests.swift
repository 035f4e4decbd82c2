// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import CartlinkServer

struct RobotSignsTests {
    private func isRobot(_ agent: String?, method: HTTPRequest.Method = .get, _ headers: [String: String] = [:]) -> Bool {
        var request = HTTPRequest(method: method, scheme: nil, authority: nil, path: "/s/x")
        request.headerFields[.userAgent] = agent
        for (name, value) in headers { request.headerFields[HTTPField.Name(name)!] = value }
        return RobotSigns(in: request).isRobot
    }

    static let browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

    static let robots = [
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "facebookcatalog/1.0", "meta-externalagent/1.1",
        "meta-externalfetcher/1.1", "WhatsApp/2.24.1 A", "Twitterbot/1.0",
        "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "Slackbot 1.0 (+https://api.slack.com/robots)",
        "Slack-ImgProxy (+https://api.slack.com/robots)", "TelegramBot (like TwitterBot)",
        "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 "
            + "facebookexternalhit/1.1 Facebot Twitterbot/1.0",
        "Google-Chat/1.0", "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
        "http.rb/5.1.1 (Mastodon/4.2.1; +https://social.example/)", "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1)",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Mozilla/5.0 (compatible; Baiduspider/2.0)",
        "Mozilla/5.0 (compatible; Yahoo! Slurp)", "Pinterest/0.2 (+https://www.pinterest.com/bot.html)", "AdsBot-Google",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.1)", "Mozilla/5.0 (compatible; MJ12bot/v1.4.8)",
        "Mozilla/4.0 (compatible; ms-office; MSOffice 16)", "Mozilla/5.0 (compatible; CensysInspect/1.1)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0 Safari/537.36",
        "curl/8.0", "Wget/1.21", "python-requests/2.32", "Python/3.11 aiohttp/3.9", "Go-http-client/2.0", "okhttp/4.12", "Java/17.0.1", "",
        " ", "12345",
    ]

    @Test(arguments: robots)
    func robotsAreKnownByTheirAgent(agent: String) {
        #expect(isRobot(agent))
    }

    static let people = [
        browser,
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [FBAN/FBIOS;FBAV/500.0;FBDV/iPhone16,1]",
        "Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 Version/4.0 Chrome/140.0 Mobile Safari/537.36 Instagram 300.0.0.0 Android",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [Pinterest/iOS]",
        "Mozilla/5.0 (Linux; Android 11; CUBOT_X30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 50) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
        "Mozilla/5.0 (SMART-TV; Linux; Tizen 7.0) AppleWebKit/537.36 SamsungBrowser/3.0 TV Safari/537.36",
        "Opera/9.80 (J2ME/MIDP; Opera Mini)",
    ]

    @Test(arguments: people)
    func browsersAreNotTakenForRobots(agent: String) {
        #expect(!isRobot(agent))
    }

    @Test(arguments: [
        ("Sec-Purpose", "prefetch"), ("Sec-Purpose", "prefetch;prerender"), ("Sec-Purpose", "Prefetch;anonymous-client-ip"),
        ("Purpose", "prefetch"), ("Purpose", "prerender"), ("X-Purpose", "preview"), ("X-Moz", "prefetch"),
    ])
    func whatIsFetchedAheadIsNobodysLook(name: String, value: String) {
        #expect(isRobot(Self.browser, [name: value]))
    }

    @Test func onlyAHEADIsARobotsByItsMethod() {
        #expect(isRobot(Self.browser, method: .head))
        #expect(!isRobot(Self.browser, method: .post))
        #expect(isRobot(nil))
    }

    @Test func otherHeadersSayNothing() {
        #expect(!isRobot(Self.browser, ["Range": "bytes=0-32767", "Sec-Purpose": "", "Purpose": "fun", "From": "bot@example.com"]))
    }

    @Test func aLongAgentIsReadToItsLimit() {
        #expect(!isRobot(Self.browser + String(repeating: " x", count: 8_000) + " Googlebot"))
        #expect(isRobot(String(repeating: "Googlebot ", count: 1_600)))
    }
}

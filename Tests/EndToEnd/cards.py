# SPDX-License-Identifier: Apache-2.0
"""What robots read of a page, and the requests that robots make."""

import html
import re

# Each network's robot as it was seen to ask.
ROBOTS = {
    "Facebook": {
        "User-Agent": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "Accept-Encoding": "deflate, gzip",
        "Range": "bytes=0-524287",
    },
    "WhatsApp": {"User-Agent": "WhatsApp/2.23.20.0 A", "Accept-Language": "en"},
    "X": {"User-Agent": "Twitterbot/1.0", "Accept-Encoding": "gzip"},
    "LinkedIn": {"User-Agent": "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)"},
    "Slack": {"User-Agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "Range": "bytes=0-32767"},
    "Telegram": {"User-Agent": "TelegramBot (like TwitterBot)"},
    "Discord": {"User-Agent": "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)"},
    "iMessage": {
        "User-Agent": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 "
        "Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0"
    },
    "Google Chat": {"User-Agent": "Mozilla/5.0 (compatible; Google-Chat/1.0)", "Accept-Encoding": "gzip, deflate, br"},
    "Teams": {"User-Agent": "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5"},
    "Mastodon": {"User-Agent": "http.rb/5.1.1 (Mastodon/4.2.0; +https://instance.example/)", "Accept-Encoding": "gzip"},
    "a scanner that says it is Chrome": {"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36", "Accept-Encoding": "gzip"},
    "a prefetching browser": {"User-Agent": "Mozilla/5.0 Chrome/126.0", "Sec-Purpose": "prefetch", "Purpose": "prefetch"},
}
NEEDED = ["title", "description", "og:title", "og:description", "og:url", "og:site_name", "og:type", "og:image", "og:image:alt", "twitter:card"]
WINDOW = 16 * 1024


def tags(page, window=WINDOW):
    """The tags of a page's first bytes, in their order, as (name, text)."""
    text = page[:window].decode(errors="replace")
    found = [("title", m.group(1)) for m in re.finditer(r"<title>(.*?)</title>", text, re.S)]
    found += re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', text)
    return [(name, html.unescape(value)) for name, value in found if name != "viewport"]


def card(page, window=WINDOW):
    """The tags by name; every tag that networks need must be there once and say something."""
    found = tags(page, window)
    names = [name for name, _ in found]
    assert len(names) == len(set(names)), names
    assert [name for name in NEEDED if not dict(found).get(name)] == []
    return dict(found)


def lines(page):
    """The lines of the head that make up the card, as they were sent; the title is for the reader's browser."""
    head = page.decode().split("</head>")[0].splitlines()
    return [line for line in head if "og:" in line or 'name="description"' in line or "twitter:" in line]


def english(shop, link, person=None):
    """The page for somebody who reads English; robots get it in the cart's language."""
    return shop.page(link, person, Accept_Language="en")

// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CartlinkServer

struct PictureFileTests {
    typealias Facts = (kind: PictureFile.Kind, width: Int, height: Int)

    private static func segment(_ marker: UInt8, _ body: [UInt8]) -> [UInt8] {
        [0xFF, marker, UInt8((body.count + 2) >> 8), UInt8((body.count + 2) & 0xFF)] + body
    }

    private static let frame: [UInt8] = [8, 0x02, 0x76, 0x04, 0xB0, 3]
    private static let jpegStart: [UInt8] = [0xFF, 0xD8] + segment(0xE0, Array("JFIF".utf8) + [0, 1, 1])
    private static let pngStart: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
    private static func webp(_ chunk: String, _ body: [UInt8]) -> [UInt8] {
        Array("RIFF".utf8) + [9, 9, 9, 9] + Array("WEBP\(chunk)".utf8) + [9, 0, 0, 0] + body
    }

    static let pictures: [(name: String, bytes: [UInt8], facts: Facts)] = [
        ("PNG", pngStart + [0, 0, 4, 0xB0, 0, 0, 2, 0x76], (.png, 1200, 630)),
        ("baseline JPEG", jpegStart + segment(0xC0, frame), (.jpeg, 1200, 630)),
        ("progressive JPEG", jpegStart + segment(0xC2, frame), (.jpeg, 1200, 630)),
        (
            "JPEG, tables first", jpegStart + segment(0xDB, [1, 2, 3]) + segment(0xC4, [9, 9, 9, 9, 9, 9]) + segment(0xC1, frame),
            (.jpeg, 1200, 630)
        ),
        ("JPEG with fill bytes", jpegStart + [0xFF, 0xFF] + segment(0xC0, frame), (.jpeg, 1200, 630)),
        ("lossy WebP", webp("VP8 ", [0, 0, 0, 0x9D, 0x01, 0x2A, 0xB0, 0x44, 0x76, 0x02]), (.webp, 1200, 630)),
        ("lossless WebP", webp("VP8L", [0x2F, 0xAF, 0x44, 0x9D, 0x00]), (.webp, 1200, 630)),
        ("extended WebP", webp("VP8X", [0, 0, 0, 0, 0xAF, 0x04, 0, 0x75, 0x02, 0]), (.webp, 1200, 630)),
    ]

    @Test(arguments: pictures)
    func theHeaderTellsKindAndSize(name: String, bytes: [UInt8], facts: Facts) {
        let picture = PictureFile(bytes + [1, 2, 3])
        #expect(picture?.kind == facts.kind)
        #expect(picture?.width == facts.width && picture?.height == facts.height)
    }

    @Test(arguments: pictures)
    func aHeaderThatIsCutIsNone(name: String, bytes: [UInt8], facts: Facts) {
        // Behind the size a JPEG's frame has one byte more.
        let whole = facts.kind == .jpeg ? bytes.count - 1 : bytes.count
        for length in 0..<whole { #expect(PictureFile(Array(bytes.prefix(length))) == nil, "\(length)") }
    }

    static let others: [[UInt8]] = [
        [], Array("<svg xmlns=\"http://www.w3.org/2000/svg\"/>".utf8), Array("GIF89a\u{1}\u{1}\u{1}\u{1}".utf8),
        Array("BM000000000000000000000000".utf8),
        pngStart + [0, 0, 0, 0, 0, 0, 2, 0x76], jpegStart + segment(0xC0, [8, 0, 0, 4, 0xB0, 3]),
        jpegStart + [0xFF, 0xE1, 0, 0] + segment(0xC0, frame), jpegStart + [0xFF, 0xDA, 0, 2] + segment(0xC0, frame),
        jpegStart + [0x00, 0x00] + segment(0xC0, frame), webp("VP8?", [0x2F, 0xAF, 0x44, 0x9D, 0x00]),
        webp("VP8 ", [0, 0, 0, 1, 2, 3, 0xB0, 0x44, 0x76, 0x02]), webp("VP8L", [0x30, 0xAF, 0x44, 0x9D, 0x00]),
    ]

    @Test(arguments: others)
    func anythingElseIsNoPicture(bytes: [UInt8]) {
        #expect(PictureFile(bytes) == nil)
    }

    @Test func theBuiltInCardFitsEveryNetwork() {
        let card = ShopLooks.defaultCard
        #expect(card.kind == .png && card.width == 1200 && card.height == 630)
        #expect(card.bytes.count < 60_000)
        #expect(card.bytes.suffix(8).starts(with: Array("IEND".utf8)))
    }
}

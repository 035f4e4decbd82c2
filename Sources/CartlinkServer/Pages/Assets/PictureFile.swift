// SPDX-License-Identifier: Apache-2.0

/// A picture as its file says it is; only the header is read.
package struct PictureFile: Sendable, Equatable {
    package let bytes: [UInt8]
    package let kind: Kind
    package let width: Int
    package let height: Int

    package enum Kind: String, Sendable, CaseIterable {
        case png, jpeg, webp

        var mediaType: String { "image/\(rawValue)" }

        var fileExtension: String {
            switch self {
            case .png: "png"
            case .jpeg: "jpg"
            case .webp: "webp"
            }
        }
    }

    /// Nil for a file that is no picture of these kinds.
    package init?(_ bytes: [UInt8]) {
        let header = PictureHeader(bytes)
        guard let (kind, width, height) = header.png ?? header.jpeg ?? header.webp, width > 0, height > 0 else { return nil }
        self.bytes = bytes
        self.kind = kind
        self.width = width
        self.height = height
    }
}

/// The beginning of a picture file; whatever is missing or strange makes it none.
private struct PictureHeader {
    typealias Facts = (kind: PictureFile.Kind, width: Int, height: Int)
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The signature, then the chunk IHDR (PNG, third edition, section 11.2.1).
    var png: Facts? {
        guard has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], at: 0), has("IHDR", at: 12) else { return nil }
        guard let width = big(4, at: 16), let height = big(4, at: 20) else { return nil }
        return (.png, width, height)
    }

    /// Segments up to the start of a frame, which holds the size (ITU-T T.81, B.2.2).
    var jpeg: Facts? {
        guard has([0xFF, 0xD8, 0xFF], at: 0) else { return nil }
        var place = 2
        while let marker = big(2, at: place), marker > 0xFF00 {
            if marker == 0xFFFF {
                place += 1
                continue
            }
            // Tables of codes and of conditions, and an extension, are numbered among the frames.
            if (0xFFC0...0xFFCF).contains(marker), ![0xFFC4, 0xFFC8, 0xFFCC].contains(marker) {
                guard let height = big(2, at: place + 5), let width = big(2, at: place + 7) else { return nil }
                return (.jpeg, width, height)
            }
            guard ![0xFFD8, 0xFFD9, 0xFFDA].contains(marker), let length = big(2, at: place + 2), length >= 2 else { return nil }
            place += 2 + length
        }
        return nil
    }

    /// A RIFF container whose first chunk is lossy, lossless or extended (RFC 9649).
    var webp: Facts? {
        guard has("RIFF", at: 0), has("WEBP", at: 8) else { return nil }
        if has("VP8 ", at: 12), has([0x9D, 0x01, 0x2A], at: 23), let width = little(2, at: 26), let height = little(2, at: 28) {
            return (.webp, width & 0x3FFF, height & 0x3FFF)
        }
        if has("VP8L", at: 12), has([0x2F], at: 20), let sizes = little(4, at: 21) {
            return (.webp, (sizes & 0x3FFF) + 1, (sizes >> 14 & 0x3FFF) + 1)
        }
        if has("VP8X", at: 12), let width = little(3, at: 24), let height = little(3, at: 27) {
            return (.webp, width + 1, height + 1)
        }
        return nil
    }

    private func has(_ text: String, at place: Int) -> Bool { has(Array(text.utf8), at: place) }

    private func has(_ expected: [UInt8], at place: Int) -> Bool {
        bytes.count >= place + expected.count && bytes[place..<(place + expected.count)].elementsEqual(expected)
    }

    private func big(_ count: Int, at place: Int) -> Int? {
        guard bytes.count >= place + count else { return nil }
        return bytes[place..<(place + count)].reduce(0) { $0 << 8 | Int($1) }
    }

    private func little(_ count: Int, at place: Int) -> Int? {
        guard bytes.count >= place + count else { return nil }
        return bytes[place..<(place + count)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Beginnings of picture files.
enum Pictures {
    static func png(_ width: Int, _ height: Int, bytes: Int = 0) -> [UInt8] {
        let sizes = [width, height].flatMap { size in [24, 16, 8, 0].map { UInt8(size >> $0 & 0xFF) } }
        let header = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + sizes + [8, 2, 0, 0, 0]
        return header + [UInt8](repeating: 0, count: max(0, bytes - header.count))
    }

    static let webp = Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBPVP8X".utf8) + [10, 0, 0, 0, 0, 0, 0, 0, 63, 0, 0, 63, 0, 0]
}

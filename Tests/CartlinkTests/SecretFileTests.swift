// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import cartlink

struct SecretFileTests {
    @Test(arguments: [0o600, 0o400, 0o700])
    func aFileOfItsOwnerIsRead(mode: Int) throws {
        try TemporaryFolder.use { folder in
            let path = try folder.write("secret\n", to: "s", mode: mode)
            #expect(try SecretFile.read(path) == Array("secret\n".utf8))
        }
    }

    @Test(arguments: [0o644, 0o640, 0o604, 0o666, 0o610, 0o601, 0o620, 0o602])
    func aFileThatOthersReachIsRefused(mode: Int) throws {
        try TemporaryFolder.use { folder in
            let path = try folder.write("secret", to: "s", mode: mode)
            let fault = #expect(throws: SecretFile.Fault.self) { _ = try SecretFile.read(path) }
            #expect(fault == .exposed(path))
            #expect(fault?.description == "\(path) can be read by others; run: chmod 600 \(path)")
        }
    }

    @Test func aMissingFileIsSaidToBeMissing() throws {
        #expect(throws: SecretFile.Fault.missing("/none/here")) { _ = try SecretFile.read("/none/here") }
    }

    @Test func aWrittenFileIsItsOwnersAlone() throws {
        try TemporaryFolder.use { folder in
            let path = folder.file("new/deep/secret")
            try SecretFile.write(Array("one".utf8), to: path)
            #expect(try TemporaryFolder.mode(of: path) == 0o600)
            #expect(try TemporaryFolder.mode(of: folder.file("new")) == 0o700)
            #expect(try SecretFile.read(path) == Array("one".utf8))
        }
    }

    @Test func writingReplacesTheWholeFileAndItsMode() throws {
        try TemporaryFolder.use { folder in
            let path = try folder.write("a longer text than the new one", to: "s", mode: 0o644)
            try folder.write("left behind by a crash", to: "s.new", mode: 0o644)
            try SecretFile.write(Array("two".utf8), to: path)
            #expect(try SecretFile.read(path) == Array("two".utf8))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["s"])
        }
    }

    /// Nodes that start together find no file, all of them; one may make it.
    @Test func whatAnotherMadeMeanwhileStays() throws {
        try TemporaryFolder.use { folder in
            let path = folder.file("new/secret")
            let made = [try SecretFile.make(Array("one".utf8), at: path), try SecretFile.make(Array("two".utf8), at: path)]
            #expect(made == [true, false])
            #expect(try SecretFile.read(path) == Array("one".utf8))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("new")) == ["secret"])
        }
    }
}

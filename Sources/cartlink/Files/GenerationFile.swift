// SPDX-License-Identifier: Apache-2.0

import Foundation
import ShareLinks

/// How far the store's history had come when this node last saw it, kept beside the data: a restored older store is behind it.
struct GenerationFile {
    let path: String

    init(_ settings: Settings) { path = "\(settings.dataFolder)/generation" }

    /// Nil where no node has run with this folder yet.
    func read() throws(Refusal) -> StoreGeneration? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8), let generation = StoreGeneration(text) else {
            throw .failure(
                "\(path) can't be read, which says how far the store had come: if an older backup was restored, "
                    + "run cartlink distrust --before TIME; if not, delete the file and start again"
            )
        }
        return generation
    }

    func write(_ generation: StoreGeneration) throws {
        try SecretFile.write(Array("\(generation)\n".utf8), to: path)
    }
}

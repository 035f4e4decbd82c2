// SPDX-License-Identifier: Apache-2.0

import CartlinkServer
import Foundation
import Redaction
import ShareLinks

/// The folder of policy files, and which of them judges each cart format.
struct PolicyFolder {
    var path: String
    /// The name of the file, without `.policy`, that judges a format; by itself that of the format.
    var chosen: [CartFormat: String] = [:]

    /// Checking takes longer than in proportion to the lines; real policies are a tenth of this.
    private static let sizeLimit = 256 * 1024

    /// The policy of every format. Throws the faults of all files at once.
    func policies() throws(SettingsFaults) -> [CartFormat: Policy] {
        var policies: [CartFormat: Policy] = [:]
        var faults: [String] = []
        for format in CartFormat.allCases {
            do {
                policies[format] = try Self.policy(in: file(chosen[format] ?? format.rawValue))
            } catch {
                faults += error.lines
            }
        }
        guard faults.isEmpty else { throw SettingsFaults(lines: faults) }
        return policies
    }

    /// The faults of the other policy files of the folder, which nothing uses yet.
    func faultsOfTheOthers() -> [String] {
        let used = Set(CartFormat.allCases.map { chosen[$0] ?? $0.rawValue })
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
        return names.filter { $0.hasSuffix(".policy") && !used.contains(String($0.dropLast(".policy".count))) }.flatMap { name in
            do throws(SettingsFaults) {
                _ = try Self.policy(in: "\(path)/\(name)")
                return [String]()
            } catch {
                return error.lines
            }
        }
    }

    /// A policy is called by its file's name.
    static func policy(in file: String) throws(SettingsFaults) -> Policy {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw SettingsFaults(lines: ["\(file): the policy file is missing or can't be read"])
        }
        guard data.count <= Self.sizeLimit else { throw SettingsFaults(lines: ["\(file): larger than 256 kB; this is no policy"]) }
        guard let text = String(data: data, encoding: .utf8) else { throw SettingsFaults(lines: ["\(file): the policy file is not UTF-8"]) }
        do {
            return try Policy(name: URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent, file: file, text: text)
        } catch {
            throw SettingsFaults(lines: error.faults.map(\.description))
        }
    }

    private func file(_ name: String) -> String { "\(path)/\(name).policy" }
}

// SPDX-License-Identifier: Apache-2.0

import CartlinkServer
import Foundation
import Redaction
import ShareLinks

/// The policy files of a folder, one for each cart format.
enum PolicyFolder {
    /// Throws the faults of all files at once.
    static func read(_ folder: String) throws(SettingsFaults) -> [CartFormat: Policy] {
        var policies: [CartFormat: Policy] = [:]
        var faults: [String] = []
        for format in CartFormat.allCases {
            do {
                policies[format] = try policy(named: format.rawValue, in: "\(folder)/\(format.rawValue).policy")
            } catch {
                faults += error.lines
            }
        }
        guard faults.isEmpty else { throw SettingsFaults(lines: faults) }
        return policies
    }

    static func policy(named name: String, in path: String) throws(SettingsFaults) -> Policy {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw SettingsFaults(lines: ["\(path): the policy file is missing or is not UTF-8"])
        }
        do {
            return try Policy(name: name, file: path, text: text)
        } catch {
            throw SettingsFaults(lines: error.faults.map(\.description))
        }
    }
}

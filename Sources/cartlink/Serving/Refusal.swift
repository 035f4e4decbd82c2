// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import ShareLinks

/// Why a command can't go on: a line for each reason, and the exit code.
struct Refusal: Error {
    let lines: [String]
    let code: ExitCode

    /// The configuration or a key is wrong: `EX_CONFIG`.
    static func configuration(_ lines: [String]) -> Refusal { Refusal(lines: lines, code: ExitCode(78)) }
    static func failure(_ line: String) -> Refusal { Refusal(lines: [line], code: ExitCode(1)) }

    /// Says why on standard error; the code goes to the shell.
    func report() -> ExitCode {
        for line in lines { FileHandle.standardError.write(Data("cartlink: \(line.printable)\n".utf8)) }
        return code
    }
}

/// Runs a command's work and reports a refusal as it should be read: by a person.
func reporting(_ work: () async throws -> Void) async throws {
    do {
        try await work()
    } catch let refusal as Refusal {
        throw refusal.report()
    } catch let faults as SettingsFaults {
        throw Refusal.configuration(faults.lines).report()
    } catch let refusal as KeyFolder.Refusal {
        throw Refusal.configuration([refusal.description]).report()
    }
}

extension KeyRefusal {
    var text: String {
        switch self {
        case .strangersKeys(let known):
            "the key file belongs to other data: this store knows the keys \(known.joined(separator: ", ")); put their file back"
        case .signingKeyRetired(let slot):
            "the signing key in slot \(slot) was retired: promote another with cartlink keys promote, or make one with keys generate"
        case .store(let error): "the store can't remember the keys: \(error.kind.rawValue) \(error.cause)"
        }
    }
}

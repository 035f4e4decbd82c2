// SPDX-License-Identifier: Apache-2.0

import CLibFuzzer
import Foundation

/// Hands the command line to libFuzzer, which then calls back with one input after the other.
package enum FuzzDriver {
    package typealias Callback = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

    package static func run(_ callback: Callback) -> Never {
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        exit(LLVMFuzzerRunDriver(&count, &arguments, callback))
    }

    /// Checks one input; a broken property ends the process, so that libFuzzer keeps the input.
    package static func check(_ start: UnsafePointer<UInt8>?, _ count: Int, _ property: ([UInt8]) throws -> Void) -> CInt {
        do {
            try property(Array(UnsafeBufferPointer(start: start, count: count)))
        } catch {
            fatalError("\(error)")
        }
        return 0
    }
}

// SPDX-License-Identifier: Apache-2.0

/// A fuzzer's bytes read as a row of decisions. When they run out, every decision is the first one: what is being made ends soon.
struct Choices {
    private var bytes: ArraySlice<UInt8>

    init(_ bytes: some Sequence<UInt8>) {
        self.bytes = ArraySlice(Array(bytes))
    }

    mutating func below(_ count: Int) -> Int {
        Int(bytes.popFirst() ?? 0) % count
    }

    mutating func one<Value>(of values: [Value]) -> Value {
        values[below(values.count)]
    }
}

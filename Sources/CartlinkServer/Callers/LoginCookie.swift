// SPDX-License-Identifier: Apache-2.0

/// Whether a request may come from someone who is logged in by cookie, told before anybody reads its cookies.
enum LoginCookie {
    /// Whether the bytes of the cookie's name stand anywhere in a header `Cookie`; more than a name may be taken for it.
    static func mayStand(_ name: String, in header: String) -> Bool {
        header.utf8.withContiguousStorageIfAvailable { text in
            name.utf8.withContiguousStorageIfAvailable { name in
                guard let first = name.first, name.count <= text.count else { return name.isEmpty }
                for start in 0...(text.count - name.count) where text[start] == first {
                    if text[start..<start + name.count].elementsEqual(name) { return true }
                }
                return false
            } ?? true
        } ?? true
    }
}

// SPDX-License-Identifier: Apache-2.0

/// The parameters of a URL's query or fragment, and those in its path after `;`.
enum URLParameters {
    /// Whether one of them has a value and a name that says it is a secret, or someone's address.
    static func holdSecret(in text: FoldedText, _ url: Range<Int>) -> Bool {
        var isAddress = false
        var key: Int?
        for index in url {
            switch text[index] {
            case UInt8(ascii: "."), UInt8(ascii: "/"): isAddress = true
            case UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: ";"): key = index + 1
            case UInt8(ascii: "="):
                guard isAddress, let start = key, index + 1 < url.upperBound, text[index + 1] != UInt8(ascii: "&") else { break }
                if isSecret(text, start..<index) { return true }
                key = nil
            default: break
            }
        }
        return false
    }

    /// `access_token`, `accessToken`, `X-Amz-Signature`: dashes don't count, and an ending is enough for words with one meaning.
    private static func isSecret(_ text: FoldedText, _ name: Range<Int>) -> Bool {
        guard name.count <= 32 else { return false }
        var key: UInt128 = 0
        var count = 0
        for index in name where text[index].isLetter {
            key = key << 8 | UInt128(text[index].lowercased)
            count += 1
        }
        if count <= 16, names.contains(key) { return true }
        return endings.contains { count > $0.count && key & (1 << UInt128($0.count * 8) - 1) == $0.letters }
    }

    private static let endings = words(
        "token signature secret password passwort passwd session sessionid apikey accesskey credential credentials jwt authcode keyid"
    )
    private static let names = Set(
        words(
            """
            token signature sig secret password passwd passwort pass pwd pw senha clave contrasena kennwort key apikey code session
            sessionid sid phpsessid jsessionid sessid auth authorization authkey jwt otp pin invite invitation invitecode reset ticket
            hmac mac share email mail correo phone tel telefono telefone user usuario username login credential credentials
            awsaccesskeyid bearer access hash
            """
        ).map(\.letters)
    )

    /// Up to 16 letters each, packed into one number.
    private static func words(_ list: String) -> [(letters: UInt128, count: Int)] {
        list.split(whereSeparator: \.isWhitespace).map { word in (word.utf8.reduce(0) { $0 << 8 | UInt128($1) }, word.utf8.count) }
    }
}

// SPDX-License-Identifier: Apache-2.0

import PostgresStore

/// Where a store is, as the command line names it: `sqlite:` and the data folder, or PostgreSQL's address.
enum StorePlace {
    case sqlite(folder: String)
    case postgres(PostgresAddress, password: String?)

    /// - Parameter option: the option's name, for messages.
    init(_ text: String, passwordFile: String?, option: String) throws(Refusal) {
        if text.hasPrefix("sqlite:") {
            guard passwordFile == nil else { throw .failure("--\(option)-password-file goes with a postgres:// address") }
            let folder = String(text.dropFirst("sqlite:".count))
            guard !folder.isEmpty else { throw .failure("--\(option) must name the data folder, like sqlite:/var/lib/cartlink") }
            self = .sqlite(folder: folder)
            return
        }
        let address: PostgresAddress
        do throws(PostgresAddress.Fault) {
            address = try PostgresAddress(text)
        } catch {
            guard text.hasPrefix("postgres") else {
                throw .failure("--\(option) must be sqlite: and the data folder, or like postgres://cartlink@db.shop.example/cartlink")
            }
            throw .failure("--\(option) \(error.description)")
        }
        self = .postgres(address, password: try passwordFile.map { path throws(Refusal) in try Self.password(in: path, option) })
    }

    private static func password(in path: String, _ option: String) throws(Refusal) -> String {
        do throws(SecretFile.Fault) {
            if let password = SettingReader.password(in: try SecretFile.read(path)) { return password }
        } catch {
            throw .failure("--\(option)-password-file can't be used: \(error)")
        }
        throw .failure("--\(option)-password-file must name a file that holds the password, on one line; \(path) holds something else")
    }
}

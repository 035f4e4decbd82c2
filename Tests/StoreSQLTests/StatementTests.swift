// SPDX-License-Identifier: Apache-2.0

import ShareLinks
import StoreSQL
import Testing

@Suite struct StatementTests {
    @Test func interpolationsBecomePlaceholdersInTheirOrder() {
        let (none, bytes, truth): (String?, [UInt8], SQLValue) = (nil, [1, 2], .truth(true))
        let statement: SQLStatement = "a = \("it's") AND b < \(7) AND c = \(bytes) AND d = \(SQLValue(none)) AND e = \(truth)"
        #expect(statement.sql == "a = ? AND b < ? AND c = ? AND d = ? AND e = ?")
        #expect(statement.values == [.text("it's"), .integer(7), .bytes([1, 2]), .null, .truth(true)])
    }

    @Test func statementsInsideOneAnotherKeepTheirValues() {
        let inner: SQLStatement = "id = \("x") OR cart IN \(["y", "z"])"
        let outer: SQLStatement = "SELECT \(sql: "id, row") FROM link WHERE at = \(1) AND (\(inner)) LIMIT \(2)"
        #expect(outer.sql == "SELECT id, row FROM link WHERE at = ? AND (id = ? OR cart IN (?, ?)) LIMIT ?")
        #expect(outer.values == [.integer(1), .text("x"), .text("y"), .text("z"), .integer(2)])
    }

    @Test func joinedPartsKeepTheirValues() {
        let parts: [SQLStatement] = ["a = \(1)", "TRUE", "b = \("x")"]
        let whole = parts.joined(separator: " AND ")
        #expect(whole.sql == "a = ? AND TRUE AND b = ?")
        #expect(whole.values == [.integer(1), .text("x")])
    }

    /// What is put together has many forms, and some statements take effect while they are prepared.
    @Test func onlyAPlainTextWithItsValuesIsKeptPrepared() {
        let (literal, interpolated): (SQLStatement, SQLStatement) = ("PRAGMA secure_delete = OFF", "a = \(1)")
        #expect(SQLStatement("SELECT 1", []).isFixed)
        #expect(!literal.isFixed && !interpolated.isFixed)
    }

    @Test func theColumnThatIsAWordOfPostgreSQLIsQuoted() {
        #expect(People.names == "id, \"user\"")
        #expect(People.overwritten == "id = excluded.id, \"user\" = excluded.\"user\"")
    }

    private enum People: Int, TableColumn {
        case id, user
    }
}

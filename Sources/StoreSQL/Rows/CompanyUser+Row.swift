// SPDX-License-Identifier: Apache-2.0

import ShareLinks

enum CompanyUserColumn: Int, TableColumn {
    case id, user, company, unit, status, source
}

extension CompanyUser {
    init(row: any SQLRow) throws {
        let id = try row.parsed(CompanyUserColumn.id) { CompanyUserID($0 as String) }
        let user = try row.parsedIfPresent(CompanyUserColumn.user) { UserID($0 as String) }
        let company = try row.parsedIfPresent(CompanyUserColumn.company) { CompanyID($0 as String) }
        let unit = try row.parsedIfPresent(CompanyUserColumn.unit) { BusinessUnitID($0 as String) }
        self.init(
            id: id,
            person: user.map { Person(userID: $0, companyID: company, businessUnitID: unit, companyUserID: id) },
            status: try row.parsed(CompanyUserColumn.status, Status.init(rawValue:)),
            source: try row.parsed(CompanyUserColumn.source, Source.init(rawValue:))
        )
    }

    var row: [SQLValue] {
        [
            .text(id.text), SQLValue(person?.userID.text), SQLValue(person?.companyID?.text), SQLValue(person?.businessUnitID?.text),
            .text(status.rawValue), .text(source.rawValue),
        ]
    }
}

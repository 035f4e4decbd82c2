// SPDX-License-Identifier: Apache-2.0

package import ShareLinks

extension SQLTransaction {
    package func hold(_ distrust: Distrust, in portion: Distrust.Portion) throws(ShareError) -> Distrust.Counts {
        touched.insert(.everything)
        let inactive = CompanyUser.Status.inactive.rawValue
        return Distrust.Counts(
            links: try change("UPDATE link SET pauses = pauses | \(Distrust.hold) WHERE \(distrust.links(in: portion))"),
            grants: try change("UPDATE cartGrant SET suspendedAt = \(distrust.now.milliseconds) WHERE \(distrust.grants(in: portion))"),
            companyUsers: try change("UPDATE companyUser SET status = \(inactive) WHERE \(distrust.companyUsers(in: portion))")
        )
    }

    package func beginEpoch(_ earliest: Int64) throws(ShareError) -> Int64 {
        touched.insert(.everything)
        let next = try ask { try session.beginEpoch(earliest) }
        epoch = next
        version = try nextVersion().number + Distrust.skippedVersions
        return next
    }
}

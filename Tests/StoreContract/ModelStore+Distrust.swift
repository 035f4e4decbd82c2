// SPDX-License-Identifier: Apache-2.0

import ShareLinks

extension ModelTransaction {
    func portion(after place: Distrust.Place, limit: Int) -> Distrust.Portion {
        let users = state.companyUsers.keys.map(\.text).filter { $0 > place.companyUser }.sorted()
        let end = { (place: Int64, count: Int) in max(place, min(place + Int64(limit), Int64(count))) }
        return Distrust.Portion(
            start: place,
            end: Distrust.Place(
                link: end(place.link, state.links.count),
                grant: end(place.grant, state.grants.count),
                companyUser: users.prefix(limit).last ?? place.companyUser
            )
        )
    }

    func count(_ distrust: Distrust, in portion: Distrust.Portion) -> Distrust.Counts {
        Distrust.Counts(
            links: links(distrust, in: portion).count,
            grants: grants(distrust, in: portion).count,
            companyUsers: companyUsers(in: portion).count
        )
    }

    func hold(_ distrust: Distrust, in portion: Distrust.Portion) -> Distrust.Counts {
        let counts = count(distrust, in: portion)
        for row in links(distrust, in: portion) { state.links[row].pauses.insert(.admin) }
        for row in grants(distrust, in: portion) { state.grants[row].suspendedAt = distrust.now }
        for user in companyUsers(in: portion) {
            state.companyUsers[user.id] = CompanyUser(id: user.id, person: user.person, status: .inactive, source: .shop)
        }
        return counts
    }

    func beginEpoch(_ earliest: Int64) -> Int64 {
        state.epoch = max(earliest, state.epoch + 1)
        state.version += 1 + Distrust.skippedVersions
        return state.epoch
    }

    private func links(_ distrust: Distrust, in portion: Distrust.Portion) -> [Int] {
        (Int(portion.start.link)..<Int(portion.end.link)).filter { row in
            let link = state.links[row]
            return link.createdAt < distrust.time && [.active, .paused].contains(link.status(at: distrust.now))
                && !link.pauses.contains(.admin)
        }
    }

    private func grants(_ distrust: Distrust, in portion: Distrust.Portion) -> [Int] {
        (Int(portion.start.grant)..<Int(portion.end.grant)).filter { row in
            let grant = state.grants[row]
            return grant.createdAt < distrust.time && grant.withdrawnAt == nil && grant.suspendedAt == nil
        }
    }

    private func companyUsers(in portion: Distrust.Portion) -> [CompanyUser] {
        state.companyUsers.values.filter { user in
            user.id.text > portion.start.companyUser && user.id.text <= portion.end.companyUser && user.status == .active
                && user.source == .shop
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

extension StoreView {
    /// The cart, if `caller` may manage its links: its owner, or a service that names the owner it acts for.
    ///
    /// A guest's cart has no owner to name. Whoever may not know of the cart gets `cartNotFound`.
    func cartToManage(_ id: CartID, by caller: Caller, onBehalfOf named: Person?) throws(ShareError) -> Cart {
        try cartToManage(id, by: caller, named: named.map { person in { $0.isSame(as: person) } }, missing: .onBehalfOfMissing)
    }

    func cartToManage(_ id: CartID, by caller: Caller, onBehalfOf named: Subject?) throws(ShareError) -> Cart {
        try cartToManage(id, by: caller, named: named.map { subject in { $0.subject == subject } }, missing: .ownerNotNamed)
    }

    private func cartToManage(
        _ id: CartID,
        by caller: Caller,
        named isNamed: ((Person) -> Bool)?,
        missing: ShareError
    ) throws(ShareError) -> Cart {
        if case .stranger = caller { throw .loginRequired }
        if case .service(let service) = caller, !Standing.service(service.scopes).may(.manageSharing) { throw .scopeMissing(.issueLinks) }
        guard let cart = try cart(id, calledSoBy: caller) else { throw .cartNotFound }
        let standing = try standing(of: caller, in: cart)
        guard standing.may(.manageSharing) else { throw .permissionDenied }
        guard case .service = caller else {
            guard isNamed == nil else { throw .invalidInput([InputFault("/onBehalfOf", .servicesOnly)]) }
            return cart
        }
        if let owner = cart.owner {
            guard let isNamed else { throw missing }
            // Nobody acts for an owner who left the company that the cart belongs to.
            guard isNamed(owner), cart.isOwned(by: try present(owner)) else { throw .permissionDenied }
        } else if isNamed != nil {
            throw .permissionDenied
        }
        return cart
    }

    /// A link and its cart, if `caller` may manage it; to everyone else the link doesn't exist.
    func linkToManage(_ id: LinkID, by caller: Caller, onBehalfOf named: Subject?) throws(ShareError) -> Link {
        if case .stranger = caller { throw .loginRequired }
        guard let link = try link(id) else { throw .linkNotFound }
        guard try managed(link.cart, in: link.incarnation, caller, onBehalfOf: named) != nil else { throw .linkNotFound }
        return link
    }

    /// A grant, if `caller` may change it as the cart's owner or on his behalf; to everyone else it doesn't exist.
    func grantToManage(_ id: GrantID, by caller: Caller, onBehalfOf named: Subject?) throws(ShareError) -> (Grant, Cart) {
        if case .stranger = caller { throw .loginRequired }
        guard let grant = try grant(id) else { throw .grantNotFound }
        guard let cart = try managed(grant.cart, in: grant.incarnation, caller, onBehalfOf: named) else { throw .grantNotFound }
        return (grant, cart)
    }

    /// The cart in this life, if `caller` manages it; nil where he may not know of it. What is left of an earlier life belongs to an
    /// owner who may be someone else.
    private func managed(
        _ cart: CartID,
        in incarnation: Incarnation,
        _ caller: Caller,
        onBehalfOf named: Subject?
    ) throws(ShareError) -> Cart? {
        do throws(ShareError) {
            let cart = try cartToManage(cart, by: caller, onBehalfOf: named)
            return cart.incarnation == incarnation ? cart : nil
        } catch .cartNotFound {
            return nil
        }
    }
}

extension ShareError {
    fileprivate static var onBehalfOfMissing: ShareError { .invalidInput([InputFault("/onBehalfOf", .required)]) }
}

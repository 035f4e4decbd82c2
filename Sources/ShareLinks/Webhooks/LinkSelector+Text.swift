// SPDX-License-Identifier: Apache-2.0

extension LinkSelector {
    /// The selector as a text that ``init(text:)`` reads.
    package var text: String {
        switch self {
        case .link(let id): "link \(id)"
        case .cart(let id): "cart \(id)"
        case .owner(let id): "owner \(id)"
        case .person(let subject): "person \(subject)"
        case .company(let id): "company \(id)"
        case .businessUnit(let id): "unit \(id)"
        case .label(let label): "label \(label)"
        case .keySlot(let slot): "slot \(slot.rawValue)"
        case .key(let fingerprint): "key \(fingerprint.text)"
        case .createdBy(let name): "by \(name)"
        case .createdBefore(let time): "before \(time.milliseconds)"
        case .createdAfter(let time): "after \(time.milliseconds)"
        case .all: "all "
        }
    }

    package init?(text: String) {
        guard let space = text.firstIndex(of: " ") else { return nil }
        let value = String(text[text.index(after: space)...])
        let selector: LinkSelector? =
            switch text[..<space] {
            case "link": LinkID(value).map { .link($0) }
            case "cart": CartID(value).map { .cart($0) }
            case "owner": UserID(value).map { .owner($0) }
            case "person": Subject(value).map { .person($0) }
            case "company": CompanyID(value).map { .company($0) }
            case "unit": BusinessUnitID(value).map { .businessUnit($0) }
            case "label": .label(value)
            case "slot": UInt8(value).flatMap(KeySlot.init(rawValue:)).map { .keySlot($0) }
            case "key": .key(LinkKey.Fingerprint(text: value))
            case "by": .createdBy(value)
            case "before": Int64(value).map { .createdBefore(Timestamp(milliseconds: $0)) }
            case "after": Int64(value).map { .createdAfter(Timestamp(milliseconds: $0)) }
            case "all": .all
            default: nil
            }
        guard let selector else { return nil }
        self = selector
    }
}

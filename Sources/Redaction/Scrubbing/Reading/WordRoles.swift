// SPDX-License-Identifier: Apache-2.0

/// What a word says about the numbers and names next to it. A word may say several things.
struct WordRoles: OptionSet {
    let rawValue: UInt32

    /// A phone number follows: `Tel`, `llámame`.
    static let phone = WordRoles(rawValue: 1 << 0)
    /// A number that is no phone number follows: `SKU`, `pedido`.
    static let code = WordRoles(rawValue: 1 << 1)
    /// Stands between one of those and the number: `no`, `number`, `de`.
    static let filler = WordRoles(rawValue: 1 << 2)
    /// A card number follows: `Visa`, `Kreditkarte`.
    static let card = WordRoles(rawValue: 1 << 3)
    /// A measure or a quantity if it follows a number: `cm`, `Stück`.
    static let unit = WordRoles(rawValue: 1 << 4)
    /// Begins a street: `calle`, `rua`.
    static let streetStart = WordRoles(rawValue: 1 << 5)
    /// Begins a street if a name with a capital follows: `Plaza`, `Camino`.
    static let placeStart = WordRoles(rawValue: 1 << 6)
    /// Begins a street if a full stop or a slash follows: `C/`, `R.`
    static let streetLetter = WordRoles(rawValue: 1 << 7)
    /// Ends a street: `Street`, `Road`.
    static let streetEnd = WordRoles(rawValue: 1 << 8)
    /// Ends a street if nothing that is sold follows: `Drive`, `Court`.
    static let placeEnd = WordRoles(rawValue: 1 << 9)
    /// Ends with a German street's ending: `Hauptstraße`.
    static let compoundStreet = WordRoles(rawValue: 1 << 10)
    /// Between the names of a street: `de`, `of`.
    static let link = WordRoles(rawValue: 1 << 11)
    /// Never part of a street's name: `size`, `talla`.
    static let notName = WordRoles(rawValue: 1 << 12)
    /// Sold under a name with "street" or "road" in it: `bike`.
    static let goods = WordRoles(rawValue: 1 << 13)
    /// Begins a post office box: `Postfach`.
    static let box = WordRoles(rawValue: 1 << 14)
    /// Ends the name of a post office box: `Box`, `Postal`.
    static let boxEnd = WordRoles(rawValue: 1 << 21)
    /// Begins a German place that is a street only with a postal code behind it: `Am`, `Zum`.
    static let placePreposition = WordRoles(rawValue: 1 << 15)
    /// The number of a house follows: `nº`.
    static let houseNumber = WordRoles(rawValue: 1 << 16)
    /// A mailbox at a large host, often written without its ending: `gmail`.
    static let mailHost = WordRoles(rawValue: 1 << 17)
    /// An address follows: `correo`.
    static let mail = WordRoles(rawValue: 1 << 18)
    /// Stands for `@`: `at`, `arroba`.
    static let atSign = WordRoles(rawValue: 1 << 19)
    /// Stands for a dot: `punkt`, `ponto`.
    static let dot = WordRoles(rawValue: 1 << 20)
}

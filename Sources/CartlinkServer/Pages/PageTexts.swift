// SPDX-License-Identifier: Apache-2.0

/// The page's sentences in one language.
struct PageTexts: Sendable {
    let language: String
    let heading: String
    let description: String
    let quantity: String
    let total: String
    let totalIncomplete: String
    let empty: String
    /// With `{count}` where the number goes.
    let further: String
    let hidden: String
    let ownData: String
    let validUntil: String
    let openShop: String
    let goToShop: String
    let logIn: String
    let internalLead: String
    let notFound: String
    let gone: String
    let ordered: String
    let notAMember: String
    let tooMany: String
    let unavailable: String
    let askAgain: String

    static let english = PageTexts(
        language: "en",
        heading: "A cart was shared with you",
        description: "Someone shared a shopping cart with you.",
        quantity: "Quantity",
        total: "Items",
        totalIncomplete: "Items (the shop is working out the prices)",
        empty: "This cart is empty.",
        further: "and {count} more lines",
        hidden: "Contact, delivery and payment data are hidden.",
        ownData: "This is your cart. Others don't see your contact, delivery and payment data.",
        validUntil: "This link is valid until",
        openShop: "Open in shop",
        goToShop: "Go to the shop",
        logIn: "Log in",
        internalLead: "This cart is shared inside a company or shop. Log in to see it.",
        notFound: "There is no such link",
        gone: "This link is no longer available",
        ordered: "This cart was already ordered",
        notAMember: "This link is for other people",
        tooMany: "Too many requests",
        unavailable: "The cart can't be shown right now",
        askAgain: "Ask the person who sent it for a new one."
    )

    static let spanish = PageTexts(
        language: "es",
        heading: "Han compartido un carrito contigo",
        description: "Alguien ha compartido contigo un carrito de compra.",
        quantity: "Cantidad",
        total: "Artículos",
        totalIncomplete: "Artículos (la tienda está calculando los precios)",
        empty: "Este carrito está vacío.",
        further: "y {count} líneas más",
        hidden: "Los datos de contacto, entrega y pago están ocultos.",
        ownData: "Este es tu carrito. Los demás no ven tus datos de contacto, entrega y pago.",
        validUntil: "Este enlace es válido hasta el",
        openShop: "Abrir en la tienda",
        goToShop: "Ir a la tienda",
        logIn: "Iniciar sesión",
        internalLead: "Este carrito se comparte dentro de una empresa o tienda. Inicia sesión para verlo.",
        notFound: "Este enlace no existe",
        gone: "Este enlace ya no está disponible",
        ordered: "Este carrito ya se ha pedido",
        notAMember: "Este enlace es para otras personas",
        tooMany: "Demasiadas peticiones",
        unavailable: "El carrito no se puede mostrar en este momento",
        askAgain: "Pide uno nuevo a la persona que te lo envió."
    )

    /// The first language of `Accept-Language` that we speak, by weight; English else.
    static func preferred(_ header: String?) -> PageTexts {
        let wishes = (header ?? "").split(separator: ",").map { part in
            let pieces = part.split(separator: ";").map { String($0).trimmingSpaces().lowercased() }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            return (language: pieces.first?.prefix { $0 != "-" } ?? "", weight: weight)
        }
        // Sorting isn't stable: the place breaks ties.
        let ranked = wishes.enumerated().filter { $0.element.weight > 0 }
            .sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
        for wish in ranked {
            if wish.element.language == "es" { return .spanish }
            if wish.element.language == "en" { return .english }
        }
        return .english
    }
}

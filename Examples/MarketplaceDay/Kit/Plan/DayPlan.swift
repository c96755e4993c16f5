package import Marketplace

/// Who will do what on which day: it follows from the settings alone, whatever comes of it later.
package struct DayPlan: Sendable, Hashable {
    /// The least members: each trouble of the first day has a buyer of its own.
    package static let fewestMembers = 10
    /// A member of the first day who never thinks of the store credit they have, by number.
    package static let forgetfulMember = fewestMembers - 1
    /// The currencies that are sold in.
    package static let currencies: [Currency] = [.eur, .krw]
    /// The codes that buyers know.
    package static let codes: [CouponCode] = ["WELCOME10", "SHOPS15"]
    /// In how many shops of each currency there is something of which there is only one.
    package static let singlePieces = 2
    /// What products are sorted into.
    package static let categories = ["Kitchen", "Books", "Garden"]

    /// The SKU of a product, by number.
    static func sku(of product: Int) -> SKU {
        // A short word and a number are a valid key.
        SKU(stringLiteral: "sku-\(product + 1)")
    }

    /// What it was drawn from.
    package let settings: DaySettings
    /// Who will sign up, those of the first day first.
    package let members: [PlannedMember]
    /// Who of them will sell.
    package let sellers: [PlannedSeller]
    /// What will be sold.
    package let products: [PlannedProduct]
    /// What will be bought, in the order of its time.
    package let purchases: [PlannedPurchase]
    /// Who will be given store credit, in the order of its days.
    package let credits: [PlannedCredit]

    /// Draws a plan.
    package init(_ settings: DaySettings) {
        var draw = DayDraw(settings)
        self.settings = settings
        members = draw.members()
        sellers = draw.sellers()
        products = draw.products(of: sellers)
        let certain = CertainPurchases(sellers, products)
        purchases = draw.purchases(members, certain)
        credits = draw.credits(members, certain)
    }
}

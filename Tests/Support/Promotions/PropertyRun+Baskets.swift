public import MarketplaceCore
public import MarketplacePromotions

extension PropertyRun {
    /// A basket without a problem, of up to so many lines.
    public mutating func basket(in currency: Currency = .usd, maximumLines: Int = 5) -> Basket {
        let lineCount = natural(through: maximumLines)
        let chargeCount = natural(through: 2)
        return Basket(
            currency,
            lines: (0..<lineCount).map { line(BasketLineID(stringLiteral: "line-\($0)"), in: currency) },
            shipping: (0..<chargeCount).map { charge(BasketLineID(stringLiteral: "charge-\($0)"), in: currency) }
        )
    }

    /// What is known about a buyer.
    public mutating func buyer() -> BuyerFacts {
        BuyerFacts(
            member: maybe { MemberKey(stringLiteral: $0.word()) },
            groups: Set(some { $0.word() }),
            orderNumber: maybe { $0.natural(through: 5) },
            verifiedEmailDomains: Set(some { $0.word() + ".example" }),
            country: maybe { $0.element(of: ["KR", "DE", "US"]) },
            paymentMethod: maybe { $0.element(of: ["card", "points", "transfer"]) },
            attributes: attributes()
        )
    }

    private mutating func line(_ id: BasketLineID, in currency: Currency) -> BasketLine {
        BasketLine(
            id,
            amount(in: currency),
            quantity: .units(units()),
            listPrice: maybe { $0.amount(in: currency) },
            minimumUnitPrice: maybe { $0.amount(in: currency) },
            isDiscountable: natural(through: 5) > 0,
            sku: maybe { SKU(stringLiteral: $0.word()) },
            product: maybe { $0.word() },
            categories: some { $0.word() },
            seller: maybe { SellerKey(stringLiteral: $0.word()) },
            attributes: attributes(),
            tax: maybe { $0.taxRate() }
        )
    }

    private mutating func charge(_ id: BasketLineID, in currency: Currency) -> ShippingCharge {
        ShippingCharge(
            id,
            amount(in: currency),
            seller: maybe { SellerKey(stringLiteral: $0.word()) },
            attributes: attributes(),
            tax: maybe { $0.taxRate() }
        )
    }

    private mutating func taxRate() -> TaxRate {
        TaxRate(percentage: percentage(), isIncluded: natural(through: 1) == 0)
    }

    private mutating func attributes() -> [String: String] {
        Dictionary(some { ($0.word(), $0.word()) }) { first, _ in first }
    }
}

package import ExampleSupport
import MarketplaceCore
import MarketplacePromotions

/// A priced cart as people read it.
package struct Receipt: Sendable {
    /// What it consists of, from the top.
    package let tables: [Table]
    /// What is said below.
    package let remarks: [String]

    /// The receipt of a priced cart; explained, it has all reasons with all facts.
    package init(_ priced: PriceCart, isExplained: Bool) {
        let pricing = priced.pricing
        let reasons = ReceiptReasons(priced, isExplained: isExplained)
        tables = [
            Self.goods(pricing), Self.shipping(pricing), Self.gifts(pricing), Self.taxes(pricing),
            Self.totals(pricing), reasons.applied, reasons.refused, reasons.codes, Self.claims(pricing),
        ].filter { !$0.rows.isEmpty }
        remarks = reasons.remarks
    }

    /// The receipt on lines of at most so many characters, numbers apart.
    package func lines(width: Int) -> [String] {
        let tables = tables.flatMap { $0.lines(width: width) }
        // A table begins with an empty line, which sets it off from the one before.
        return tables.dropFirst() + (remarks.isEmpty ? [] : [""] + remarks)
    }

    private static func goods(_ pricing: PricedBasket) -> Table {
        var table = Table(
            "Goods",
            [
                .text("Line"), .number("Units"), .number("Unit price"), .number("Subtotal"), .number("Discount"),
                .number("To pay"),
            ]
        )
        for line in pricing.lines {
            table.add(
                line.id.text.inOneLine,
                "\(line.quantity)",
                "\(line.unitPrice)",
                "\(line.subtotal)",
                off(line.discount),
                "\(line.total)"
            )
            for share in line.shares {
                table.add("  \(share.promotion.text.inOneLine)", "\(share.units)", "", "", off(share.amount))
            }
            guard line.discount.isPositive, line.quantity > .one else { continue }
            for run in line.unitDiscounts.runs {
                let price = Money(
                    minorUnits: line.unitPrice.minorUnits - run.share.minorUnits,
                    line.unitPrice.currency
                )
                table.add("  = each of", "\(run.units)", "\(line.unitPrice)", "", off(run.share), "\(price)")
            }
        }
        return table
    }

    private static func shipping(_ pricing: PricedBasket) -> Table {
        var table = Table("Shipping", [.text("Charge"), .number("Price"), .number("Discount"), .number("To pay")])
        for charge in pricing.shipping {
            let left = Money(minorUnits: charge.price.minorUnits - charge.discount.minorUnits, charge.price.currency)
            table.add(charge.id.text.inOneLine, "\(charge.price)", off(charge.discount), "\(left)")
            for applied in pricing.applied {
                for share in applied.shipping where share.charge == charge.id {
                    table.add("  \(applied.promotion.text.inOneLine)", "", off(share.amount))
                }
            }
        }
        return table
    }

    private static func gifts(_ pricing: PricedBasket) -> Table {
        var table = Table("Gifts", [.text("Goods"), .number("Units"), .number("Worth each"), .text("Promotion")])
        for line in pricing.gifts {
            table.add(
                line.gift.sku.text.inOneLine,
                "\(line.gift.quantity)",
                line.gift.worth.map { "\($0)" } ?? "",
                line.promotion.text.inOneLine
            )
        }
        return table
    }

    private static func taxes(_ pricing: PricedBasket) -> Table {
        var table = Table("Tax", [.text("Rate"), .number("Net"), .number("Tax"), .number("Gross")])
        for total in pricing.taxes {
            let rate = total.rate.map { "\($0.percentage) \($0.isIncluded ? "included" : "added")" } ?? "none"
            table.add(rate, "\(total.amount.net)", "\(total.amount.tax)", "\(total.amount.gross)")
        }
        return table
    }

    private static func totals(_ pricing: PricedBasket) -> Table {
        var table = Table("Totals", [.text(""), .number("")])
        let totals = pricing.totals
        table.add("Goods", "\(totals.goods)")
        if totals.goodsDiscount.isPositive { table.add("  discount", off(totals.goodsDiscount)) }
        if !pricing.shipping.isEmpty {
            table.add("Shipping", "\(totals.shipping)")
            if totals.shippingDiscount.isPositive { table.add("  discount", off(totals.shippingDiscount)) }
        }
        table.add("Without tax", "\(totals.net)")
        table.add("Tax", "\(totals.tax)")
        table.add("To pay", "\(totals.total)")
        return table
    }

    private static func claims(_ pricing: PricedBasket) -> Table {
        var table = Table(
            "To be set aside before an order counts on it",
            [.text("Promotion"), .text("Limit"), .number("Amount"), .number("Of")]
        )
        for claim in pricing.claims {
            table.add(
                claim.promotion.text.inOneLine,
                "\(claim.quota)".inOneLine,
                amount(claim.amount, claim.quota),
                amount(claim.limit, claim.quota)
            )
        }
        return table
    }

    private static func amount(_ number: Int64, _ quota: QuotaClaim.Quota) -> String {
        if case .budget(let currency) = quota { return "\(Money(minorUnits: number, currency))" }
        return "\(number)"
    }

    /// An amount that is taken off; nothing where there is none.
    static func off(_ amount: Money) -> String { amount.isZero ? "" : "-\(amount)" }
}

extension TextOutput {
    /// Prints a receipt.
    package func write(_ receipt: Receipt) {
        writeLines(receipt.lines(width: columns))
    }
}

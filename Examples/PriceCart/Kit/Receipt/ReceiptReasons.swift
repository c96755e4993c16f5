import ExampleSupport
import MarketplaceCore
import MarketplaceJSON
import MarketplacePromotions

/// The part of a receipt that says why.
struct ReceiptReasons {
    let applied: Table
    let refused: Table
    let codes: Table
    let remarks: [String]

    init(_ priced: PriceCart, isExplained: Bool) {
        let pricing = priced.pricing
        let names = Dictionary(
            priced.document.terms.promotions.map { ($0.id, $0.name) },
            uniquingKeysWith: { first, _ in first }
        )
        applied = Self.applied(pricing, names, isExplained: isExplained)
        codes = Self.codes(pricing)
        let all = pricing.outcomes.compactMap { outcome in outcome.refusal.map { (outcome.promotion, $0) } }
        let shown = isExplained ? all : all.filter { !$0.1.isExpected }
        refused = Self.refused(shown, isExplained: isExplained)
        var remarks: [String] = []
        if shown.count < all.count {
            let (count, verb) = all.count - shown.count == 1 ? ("1", "does") : ("\(all.count - shown.count)", "do")
            let others = shown.isEmpty ? "" : " more"
            remarks.append("\(count)\(others) \(verb) not apply, as is usual; --explain says why.")
        }
        if let search = pricing.search {
            let how = search.isExhaustive ? "every combination was tried" : "not every combination was tried"
            remarks.append("The best of \(search.candidates) promotions together; \(how).")
        }
        self.remarks = remarks
    }

    private static func applied(
        _ pricing: PricedBasket,
        _ names: [PromotionID: String?],
        isExplained: Bool
    ) -> Table {
        var table = Table(
            "Applied",
            [.text("Promotion"), .text("Code"), .number("Takes off"), .text("Borne by"), .text("Name")]
        )
        for outcome in pricing.outcomes {
            guard case .applied(let applied) = outcome.result else { continue }
            table.add(
                applied.promotion.text.inOneLine,
                outcome.code?.text.inOneLine ?? "",
                "\(applied.amount)",
                bearers(of: applied),
                (names[applied.promotion] ?? nil)?.inOneLine ?? ""
            )
            guard isExplained else { continue }
            for share in applied.lines {
                table.add("  \(share.line.text.inOneLine), \(units(share.units))", "", "\(share.amount)")
            }
            for share in applied.shipping { table.add("  \(share.charge.text.inOneLine)", "", "\(share.amount)") }
            for bought in applied.bought { table.add("  for \(bought.line.text.inOneLine), \(units(bought.units))") }
        }
        return table
    }

    private static func bearers(of applied: AppliedPromotion) -> String {
        guard applied.costs.count > 1 else {
            return applied.costs.first.map { $0.seller?.text.inOneLine ?? "platform" } ?? ""
        }
        return applied.costs.map { "\($0.seller?.text.inOneLine ?? "platform") \($0.amount)" }.joined(separator: ", ")
    }

    private static func units(_ count: Int) -> String { count == 1 ? "1 unit" : "\(count) units" }

    /// How many characters of a reason stand in one row, so that none is cut beside an id of the usual length.
    private static let reasonWidth = 60

    private static func refused(_ refusals: [(PromotionID, PromotionRefusal)], isExplained: Bool) -> Table {
        var table = Table("Not applied", [.text("Promotion"), .text("Reason")])
        for (promotion, refusal) in refusals {
            var lines = TextWrap.lines(refusal.description.inOneLine, width: reasonWidth)
            if isExplained { lines += TextWrap.lines(FactText.text(of: refusal).inOneLine, width: reasonWidth) }
            for (index, line) in lines.enumerated() {
                table.add(index == 0 ? promotion.text.inOneLine : "", line)
            }
        }
        return table
    }

    private static func codes(_ pricing: PricedBasket) -> Table {
        var table = Table("Codes", [.text("Code"), .text("")])
        for code in pricing.codes {
            let promotions = code.promotions.map(\.text.inOneLine).joined(separator: ", ")
            let words =
                code.promotions.isEmpty ? "unknown" : "\(code.isUsed ? "brings" : "does not bring") \(promotions)"
            table.add(code.code.text.inOneLine, words)
        }
        return table
    }
}

extension PromotionRefusal {
    /// Whether nobody asks why: nothing was done to have the promotion, and nothing could be.
    fileprivate var isExpected: Bool {
        switch self {
        case .inactive, .notStarted, .ended, .codeNotEntered: true
        default: false
        }
    }
}

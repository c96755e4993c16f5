import ExampleSupport
import Marketplace

extension DayTally {
    /// The day in short: what happened, and below it what went wrong and how it was put right.
    package var story: [String] {
        var parts: [String] = []
        if joined > 0 { parts.append("\(joined) joined") }
        if shops > 0 { parts.append("\(shops) shops opened with \(products) products") }
        parts.append("\(purchases) \(purchases == 1 ? "purchase" : "purchases")\(Self.text(sales, in: " for "))")
        let refused = refusals.values.reduce(0, +)
        if refused > 0 { parts.append("\(refused) came to nothing") }
        if creditPurchases > 0 {
            let several = creditOfSeveral > 0 ? ", \(creditOfSeveral) of several sellers" : ""
            let alone = creditOnly > 0 ? ", \(creditOnly) with nothing else" : ""
            parts.append("\(creditPurchases) paid with store credit\(alone)\(several)")
        }
        parts.append("\(sent) sent, \(delivered) arrived")
        if lost > 0 { parts.append("\(lost) lost") }
        if canceled > 0 { parts.append("\(canceled) called off") }
        if returned > 0 {
            parts.append("\(returned) returned" + (exchanged > 0 ? ", \(exchanged) for something else" : ""))
        }
        if claims > 0 { parts.append("\(claims) \(claims == 1 ? "claim" : "claims")") }
        if !refunds.isEmpty { parts.append("back to buyers\(Self.text(refunds, in: " "))") }
        let moved = CreditMovement.allCases.compactMap { movement in
            credit[movement].map { movement.rawValue + Self.text($0, in: " ") }
        }
        if !moved.isEmpty { parts.append("store credit " + moved.joined(separator: ", ")) }
        if payoutCount > 0 { parts.append("\(payoutCount) paid out\(Self.text(payouts, in: ": "))") }
        return TextWrap.lines("Day \(day + 1), \(date): \(parts.joined(separator: "; ")).", width: 100)
            + notes.map { "  " + $0 }
    }

    /// The date, as ISO 8601 writes it.
    private var date: Substring { DayClock.start.advanced(by: .days(day)).description.prefix(10) }

    private static func text(_ amounts: [Currency: Int64], in lead: String) -> String {
        let texts = amounts.sorted { $0.key.code < $1.key.code }.map { DayAmount.text($0.value, $0.key) }
        return texts.isEmpty ? "" : lead + texts.joined(separator: " and ")
    }
}

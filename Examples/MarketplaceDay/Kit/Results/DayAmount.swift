import ExampleSupport
package import Marketplace

/// How amounts are written in the story, in tables and in the report.
package enum DayAmount {
    /// With a comma between groups of three digits, and the currency: `1,234.56 EUR`.
    static func text(_ minorUnits: some BinaryInteger, _ currency: Currency) -> String {
        "\(number(minorUnits, currency)) \(currency.code)"
    }

    /// Without the currency, where that has a column of its own.
    package static func number(_ minorUnits: some BinaryInteger, _ currency: Currency) -> String {
        let text = "\(Money(minorUnits: Int64(clamping: minorUnits), currency))".prefix { $0 != " " }
        let whole = text.prefix { $0 != "." }
        // Minus nothing and a fraction has its sign in front alone.
        guard let number = Int64(whole), number != 0 else { return String(text) }
        return Format.count(number) + text.dropFirst(whole.count)
    }
}

extension Money {
    /// The amount as the story tells it.
    var told: String { DayAmount.text(minorUnits, currency) }
}

import MarketplaceCore
import MarketplaceDomain

extension SellerStatement {
    /// The statement as comma-separated values (RFC 4180): a header, then a record for each row, lines end in CR LF.
    ///
    /// Fields with commas, quotes or line breaks are quoted. A text that a spreadsheet would take for a formula (one
    /// that begins with `=`, `+`, `-`, `@`, a tab or a carriage return, and is no number) has an apostrophe before it.
    ///
    /// - Parameter name: What the seller is called; on every row.
    /// - Returns: The text, in UTF-8 without a byte order mark.
    public func csv(name: String) -> String {
        var records = [
            ["time", "seller", "kind", "account", "order", "payout", "entry", "amount", "balance", "currency"]
        ]
        for row in rows {
            records.append([
                row.line.at.description, name, row.line.kind.rawValue, row.line.account.kind.rawValue,
                row.line.orderID?.description ?? "", row.line.payoutID?.description ?? "",
                row.line.entryID.description, Self.decimal(row.amount), Self.decimal(row.balance), currency.code,
            ])
        }
        return records.map { $0.map(Self.field).joined(separator: ",") + "\r\n" }.joined()
    }

    /// The statement as text with aligned columns, for a mail or a terminal.
    ///
    /// - Parameter name: What the seller is called; control characters in it are left out.
    /// - Returns: Lines of equal length below a heading.
    public func text(name: String) -> String {
        let plain = String(
            String.UnicodeScalarView(name.unicodeScalars.filter { $0.properties.generalCategory != .control })
        )
        var table = [["time", "what", "amount", "balance"], ["", "brought forward", "", Self.decimal(opening)]]
        for row in rows {
            let account = row.line.account.kind == .sellerPayable ? "" : " (\(row.line.account.kind.rawValue))"
            table.append([
                row.line.at.description, row.line.kind.rawValue + account, Self.decimal(row.amount),
                Self.decimal(row.balance),
            ])
        }
        table.append(["", "carried forward", "", Self.decimal(closing)])
        let widths = (0..<4).map { column in table.map { $0[column].count }.max() ?? 0 }
        let body = table.map { cells in
            let left = zip(cells, widths).prefix(2).map { $0 + Self.spaces($1 - $0.count) }
            let right = zip(cells, widths).suffix(2).map { Self.spaces($1 - $0.count) + $0 }
            return (left + right).joined(separator: "  ")
        }
        return (["\(plain)  \(period)  \(currency)"] + body).joined(separator: "\n") + "\n"
    }

    private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

    /// An amount without its currency.
    private static func decimal(_ amount: Money) -> String {
        String(amount.description.prefix { $0 != " " })
    }

    static func field(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
        let safe = isFormula && !isNumber(text) ? "'" + text : text
        let needsQuotes = safe.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
        guard needsQuotes else { return safe }
        return "\"" + safe.unicodeScalars.reduce(into: "") { $0 += $1 == "\"" ? "\"\"" : String($1) } + "\""
    }

    /// Whether a text is digits with at most one sign before and one point within them.
    private static func isNumber(_ text: String) -> Bool {
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return (1...2).contains(parts.count)
            && parts.allSatisfy {
                !$0.isEmpty && $0.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            }
    }
}

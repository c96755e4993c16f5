package import ExampleSupport
import MarketplacePromotions

/// The options of the command.
package enum PriceCartOptions {
    /// The document.
    package static let document = Option.file(
        "document",
        placeholder: "FILE.json",
        help: "The cart, the promotions and what else decides the price, in the form of Docs/Promotions.md; - or"
            + " nothing reads the standard input"
    )
    /// JSON instead of a receipt.
    package static let json = Option.flag("json", help: "Prints the priced cart as JSON, instead of a receipt")
    /// Every reason.
    package static let explain = Option.flag(
        "explain",
        help: "The receipt names every promotion that does not apply, with all facts, and where those that do take off"
    )
    /// Another policy than the document's.
    package static let policy = Option<String?>(
        "policy",
        placeholder: "NAME|FILE",
        help: "Prices by this policy, whatever the document says",
        expectation: "one of \(PricingPolicy.named.map(\.key).joined(separator: ", ")), or the path of a JSON file",
        default: nil,
        defaultText: nil,
        reading: { $0.isEmpty || $0.utf8.contains(0) ? .failure(.malformed) : .success($0) },
        showing: { $0 ?? "-" }
    )
    /// The schema.
    package static let schema = Option.flag(
        "schema",
        help: "Prints the JSON Schema of the document, and prices nothing"
    )

    /// The command.
    package static let command = CommandLineOptions(
        "price-cart",
        summary: "prices a cart: what each promotion takes off, on which lines and units, what is to be paid, and why."
            + " Exits with 0 when it is priced, with 64 when an option is wrong, with 65 when the document is, with 66"
            + " when a file cannot be read",
        [json, explain, policy, schema],
        operand: document
    )
}

import ExampleSupport
import MarketplaceCore
import MarketplacePromotions

/// The JSON Schema (draft 2020-12) of the document: `Docs/price-cart.schema.json`.
///
/// Says of every value what the decoder wants; what a cart or a rule as a whole must keep, such as one currency, or
/// percentages up to 100, the pricing checks.
package enum CartSchema {
    /// The schema as it is printed.
    package static var text: String { schema.indented(width: 120) }

    /// Every key and every word of the form, sorted.
    package static var vocabulary: [String] {
        var words: Set<String> = []
        collect(schema, into: &words)
        return words.sorted()
    }

    private static func collect(_ schema: OrderedJSON, into words: inout Set<String>) {
        switch schema {
        case .array(let schemas): for schema in schemas { collect(schema, into: &words) }
        case .object(let members):
            for member in members {
                switch (member.name, member.value) {
                case ("enum", .array(let values)):
                    for case .text(let word) in values { words.insert(word) }
                case ("properties", .object(let properties)):
                    words.formUnion(properties.map(\.name))
                    for property in properties { collect(property.value, into: &words) }
                default: collect(member.value, into: &words)
                }
            }
        default: break
        }
    }

    private static var schema: OrderedJSON {
        guard case .object(let document) = document else { return document }
        let head: OrderedJSON = [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "price-cart",
            "description": "A cart, the promotions and whatever else decides what it costs.",
        ]
        guard case .object(let members) = head else { return head }
        let definitions = basics + cart + conditions + benefits + promotion + policy
        return .object(members + document + [.init("$defs", .object(definitions))])
    }

    private static var document: OrderedJSON {
        SchemaPart.object(
            required: ["cart"],
            [
                "cart": SchemaPart.ref("cart"),
                "promotions": SchemaPart.described(
                    SchemaPart.array(of: SchemaPart.ref("promotion")),
                    "All that may apply, in any order that matters to the policy."
                ),
                "codes": SchemaPart.described(
                    SchemaPart.array(of: SchemaPart.ref("code")),
                    "What the buyer has entered."
                ),
                "buyer": SchemaPart.ref("buyer"),
                "usage": SchemaPart.described(
                    ["type": "object", "additionalProperties": SchemaPart.ref("usage")],
                    "How much of limits is used, by the ids of promotions."
                ),
                "time": SchemaPart.described(SchemaPart.ref("time"), "When it is priced; now, when left out."),
                "policy": SchemaPart.ref("policy"),
            ]
        )
    }

    /// Values that are texts or numbers.
    private static var basics: [OrderedJSON.Member] {
        [
            .init(
                "money",
                SchemaPart.described(
                    SchemaPart.text(#"^-?[0-9]+(\.[0-9]+)? [A-Z]{3}$"#),
                    "Major units with all digits of the currency, and its code: 19.99 USD, 5000 KRW."
                )
            ),
            .init(
                "percentage",
                SchemaPart.described(
                    SchemaPart.text(#"^-?[0-9]+(\.[0-9]+|/[0-9]+)?%$"#),
                    "A decimal number or a fraction, and a percent sign: 12.5%, 100/3%."
                )
            ),
            .init(
                "time",
                SchemaPart.described(
                    SchemaPart.text(
                        "^([0-9]{4}|[+-][0-9]{6})-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}"
                            + #"(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$"#
                    ),
                    "A date and time of RFC 3339 with its offset from UTC: 2026-03-01T00:00:00+09:00."
                )
            ),
            .init("timeOfDay", SchemaPart.text("^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")),
            .init("utcOffset", SchemaPart.text("^[+-]((0[0-9]|1[0-7]):[0-5][0-9]|18:00)$")),
            .init("weekday", SchemaPart.words(Weekday.allCases.map { "\($0)" })),
            .init("currency", SchemaPart.described(SchemaPart.text("^[A-Z]{3}$"), "A code of ISO 4217.")),
            .init("key", ["type": "string", "minLength": 1, "maxLength": .integer(SKU.maximumLength)]),
            .init("keys", SchemaPart.array(of: SchemaPart.ref("key"))),
            .init("texts", SchemaPart.array(of: SchemaPart.text)),
            .init("units", SchemaPart.integer(from: 1, to: Quantity.maximum)),
            .init("amountRange", SchemaPart.object(amountBounds)),
            .init("countRange", SchemaPart.object(countBounds)),
            .init(
                "period",
                SchemaPart.described(
                    SchemaPart.object(["from": SchemaPart.ref("time"), "until": SchemaPart.ref("time")]),
                    "From a moment on, until just before another."
                )
            ),
            .init("attribute", SchemaPart.oneKey(of: attributeTests, besides: ["name": SchemaPart.text])),
            .init("unitOrder", SchemaPart.words(of: UnitOrder.self)),
        ]
    }

    static var amountBounds: KeyValuePairs<String, OrderedJSON> {
        ["atLeast": SchemaPart.ref("money"), "atMost": SchemaPart.ref("money")]
    }

    static var countBounds: KeyValuePairs<String, OrderedJSON> {
        ["atLeast": SchemaPart.integer(), "atMost": SchemaPart.integer()]
    }

    private static var attributeTests: KeyValuePairs<String, OrderedJSON> {
        [
            "anyOf": SchemaPart.ref("texts"),
            "noneOf": SchemaPart.ref("texts"),
            "number": SchemaPart.ref("countRange"),
        ]
    }
}

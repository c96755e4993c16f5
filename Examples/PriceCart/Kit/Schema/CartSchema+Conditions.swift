import ExampleSupport
import MarketplacePromotions

extension CartSchema {
    /// Conditions and filters.
    static var conditions: [OrderedJSON.Member] {
        [
            .init("condition", SchemaPart.any(SchemaPart.words(["always", "member"]), condition)),
            .init("filter", SchemaPart.any(SchemaPart.words(["every", "already_discounted"]), filter)),
            .init("amountOfLines", ofLines(amountBounds)),
            .init("countOfLines", ofLines(countBounds)),
        ]
    }

    private static var condition: OrderedJSON {
        SchemaPart.oneKey(of: [
            "all": SchemaPart.array(of: SchemaPart.ref("condition")),
            "any": SchemaPart.array(of: SchemaPart.ref("condition")),
            "not": SchemaPart.ref("condition"),
            "total": SchemaPart.ref("amountOfLines"),
            "quantity": SchemaPart.ref("countOfLines"),
            "distinctProducts": SchemaPart.ref("countOfLines"),
            "groups": SchemaPart.ref("texts"),
            "orderNumber": SchemaPart.ref("countRange"),
            "emailDomains": SchemaPart.ref("texts"),
            "countries": SchemaPart.ref("texts"),
            "paymentMethods": SchemaPart.ref("texts"),
            "currencies": SchemaPart.array(of: SchemaPart.ref("currency")),
            "period": SchemaPart.ref("period"),
            "weekdays": SchemaPart.object(
                required: ["days", "utcOffset"],
                ["days": SchemaPart.array(of: SchemaPart.ref("weekday")), "utcOffset": SchemaPart.ref("utcOffset")]
            ),
            "hours": SchemaPart.object(
                required: ["from", "until", "utcOffset"],
                [
                    "from": SchemaPart.ref("timeOfDay"),
                    "until": SchemaPart.ref("timeOfDay"),
                    "utcOffset": SchemaPart.ref("utcOffset"),
                ]
            ),
            "attribute": SchemaPart.ref("attribute"),
        ])
    }

    private static var filter: OrderedJSON {
        SchemaPart.oneKey(of: [
            "all": SchemaPart.array(of: SchemaPart.ref("filter")),
            "any": SchemaPart.array(of: SchemaPart.ref("filter")),
            "not": SchemaPart.ref("filter"),
            "lines": SchemaPart.ref("keys"),
            "skus": SchemaPart.ref("keys"),
            "products": SchemaPart.ref("texts"),
            "categories": SchemaPart.ref("texts"),
            "sellers": SchemaPart.ref("keys"),
            "attribute": SchemaPart.ref("attribute"),
            "unitPrice": SchemaPart.ref("amountRange"),
            "lineQuantity": SchemaPart.ref("countRange"),
        ])
    }

    private static func ofLines(_ bounds: KeyValuePairs<String, OrderedJSON>) -> OrderedJSON {
        guard bounds.count == 2 else { return SchemaPart.object(bounds) }
        return SchemaPart.object([
            bounds[0].key: bounds[0].value, bounds[1].key: bounds[1].value, "of": SchemaPart.ref("filter"),
        ])
    }
}

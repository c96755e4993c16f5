import ExampleSupport
import MarketplaceCore

extension CartSchema {
    /// The cart, its buyer, and what has been used before.
    static var cart: [OrderedJSON.Member] {
        [
            .init(
                "cart",
                SchemaPart.object(
                    required: ["currency", "lines"],
                    [
                        "currency": SchemaPart.ref("currency"),
                        "lines": SchemaPart.array(of: SchemaPart.ref("line")),
                        "shipping": SchemaPart.array(of: SchemaPart.ref("shippingCharge")),
                    ]
                )
            ),
            .init("line", line),
            .init("shippingCharge", shippingCharge),
            .init(
                "tax",
                SchemaPart.described(
                    SchemaPart.oneKey(
                        of: ["included": SchemaPart.ref("percentage"), "added": SchemaPart.ref("percentage")]
                    ),
                    "The rate, and whether prices contain the tax or it comes on top."
                )
            ),
            .init("buyer", buyer),
            .init(
                "code",
                SchemaPart.any(
                    SchemaPart.ref("key"),
                    SchemaPart.object(
                        required: ["code"],
                        ["code": SchemaPart.ref("key"), "promotion": SchemaPart.ref("key")]
                    )
                )
            ),
            .init(
                "usage",
                SchemaPart.object([
                    "total": SchemaPart.integer(), "byMember": SchemaPart.integer(),
                    "byAttribute": SchemaPart.integer(), "spentMinor": SchemaPart.integer(),
                ])
            ),
        ]
    }

    private static var line: OrderedJSON {
        SchemaPart.object(
            required: ["id", "unitPrice"],
            [
                "id": SchemaPart.ref("key"),
                "unitPrice": SchemaPart.ref("money"),
                "quantity": SchemaPart.described(SchemaPart.ref("units"), "1, when left out."),
                "listPrice": SchemaPart.described(SchemaPart.ref("money"), "The price before a sale."),
                "minimumUnitPrice": SchemaPart.described(SchemaPart.ref("money"), "No promotion goes below it."),
                "discountable": SchemaPart.described(SchemaPart.flag, "Whether promotions may touch the line."),
                "sku": SchemaPart.ref("key"),
                "product": SchemaPart.text,
                "variant": SchemaPart.described(SchemaPart.text, "No rule looks at it; it stands on the order."),
                "categories": SchemaPart.ref("texts"),
                "seller": SchemaPart.ref("key"),
                "attributes": SchemaPart.texts,
                "tax": SchemaPart.ref("tax"),
            ]
        )
    }

    private static var shippingCharge: OrderedJSON {
        SchemaPart.object(
            required: ["id", "price"],
            [
                "id": SchemaPart.ref("key"),
                "price": SchemaPart.ref("money"),
                "seller": SchemaPart.ref("key"),
                "attributes": SchemaPart.texts,
                "tax": SchemaPart.ref("tax"),
            ]
        )
    }

    private static var buyer: OrderedJSON {
        SchemaPart.object([
            "member": SchemaPart.described(SchemaPart.ref("key"), "A guest, when left out."),
            "groups": SchemaPart.ref("texts"),
            "orderNumber": SchemaPart.described(SchemaPart.integer(), "1 is the member's first order."),
            "verifiedEmailDomains": SchemaPart.ref("texts"),
            "country": SchemaPart.text,
            "paymentMethod": SchemaPart.text,
            "attributes": SchemaPart.texts,
        ])
    }
}

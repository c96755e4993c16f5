import ExampleSupport
import MarketplaceCore
import MarketplacePromotions

extension CartSchema {
    /// Promotions, and how they go together.
    static var promotion: [OrderedJSON.Member] {
        [
            .init("promotion", promotionObject),
            .init("scope", scope),
            .init("stackingRule", stackingRule),
            .init("limits", limits),
            .init(
                "bearer",
                SchemaPart.any(
                    SchemaPart.words(["platform", "sellers"]),
                    SchemaPart.oneKey(of: [
                        "shared": SchemaPart.object(
                            required: ["sellers"],
                            ["sellers": SchemaPart.ref("percentage")]
                        )
                    ])
                )
            ),
        ]
    }

    private static var promotionObject: OrderedJSON {
        SchemaPart.object(
            required: ["id", "benefit"],
            [
                "id": SchemaPart.ref("key"),
                "name": SchemaPart.described(SchemaPart.text, "What people call it."),
                "active": SchemaPart.described(SchemaPart.flag, "Whether it is in use; true, when left out."),
                "period": SchemaPart.described(SchemaPart.ref("period"), "When it runs; always, when left out."),
                "codes": SchemaPart.described(
                    SchemaPart.ref("keys"),
                    "The codes that bring it; it applies by itself, when left out."
                ),
                "when": SchemaPart.described(SchemaPart.ref("condition"), "What has to hold; nothing, when left out."),
                "benefit": SchemaPart.described(SchemaPart.ref("benefit"), "What it gives."),
                "scope": SchemaPart.described(SchemaPart.ref("scope"), "What it discounts; all, when left out."),
                "consumes": SchemaPart.described(
                    SchemaPart.words(of: Promotion.ConsumedUnits.self),
                    "Which units it uses up, where the policy lets units count once."
                ),
                "stacking": SchemaPart.described(
                    SchemaPart.ref("stackingRule"),
                    "How it goes together with others; with all of them, when left out."
                ),
                "limits": SchemaPart.described(SchemaPart.ref("limits"), "How often it may be used."),
                "bearer": SchemaPart.described(SchemaPart.ref("bearer"), "Who pays; the platform, when left out."),
            ]
        )
    }

    private static var scope: OrderedJSON {
        SchemaPart.object([
            "lines": SchemaPart.ref("filter"),
            "units": SchemaPart.object([
                "order": SchemaPart.ref("unitOrder"), "perOrder": SchemaPart.ref("units"),
                "perLine": SchemaPart.ref("units"),
            ]),
        ])
    }

    private static var stackingRule: OrderedJSON {
        SchemaPart.object([
            "class": SchemaPart.text,
            "priority": SchemaPart.described(SchemaPart.integer(), "The higher one comes first in its class."),
            "exclusive": SchemaPart.described(SchemaPart.flag, "No other promotion applies together with it."),
            "usedAlone": SchemaPart.described(SchemaPart.flag, "Its code is not entered together with another."),
            "combinesWith": SchemaPart.any(SchemaPart.words(["everything"]), SchemaPart.ref("texts")),
        ])
    }

    private static var limits: OrderedJSON {
        SchemaPart.object([
            "total": SchemaPart.described(SchemaPart.integer(from: 0), "How many orders may use it."),
            "perMember": SchemaPart.described(SchemaPart.integer(from: 0), "How many orders of one member."),
            "perAttribute": SchemaPart.object(
                required: ["name", "limit"],
                ["name": SchemaPart.text, "limit": SchemaPart.integer(from: 0)]
            ),
            "budget": SchemaPart.described(SchemaPart.ref("money"), "How much it may take off over all orders."),
        ])
    }
}

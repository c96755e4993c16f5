import ExampleSupport
import MarketplacePromotions

extension CartSchema {
    /// What promotions give.
    static var benefits: [OrderedJSON.Member] {
        [
            .init("benefit", benefit),
            .init(
                "cappedPercentage",
                SchemaPart.object(
                    required: ["percent"],
                    ["percent": SchemaPart.ref("percentage"), "cap": SchemaPart.ref("money")]
                )
            ),
            .init("buyGet", buyGet),
            .init("tiers", tiers),
            .init(
                "gift",
                SchemaPart.object(
                    required: ["sku"],
                    [
                        "sku": SchemaPart.ref("key"), "quantity": SchemaPart.ref("units"),
                        "worth": SchemaPart.ref("money"),
                    ]
                )
            ),
            .init("shipping", shipping),
        ]
    }

    private static var benefit: OrderedJSON {
        SchemaPart.oneKey(of: [
            "percentOff": SchemaPart.ref("cappedPercentage"),
            "amountOffEachUnit": SchemaPart.ref("money"),
            "amountOffEachLine": SchemaPart.ref("money"),
            "amountOffFirstUnit": SchemaPart.object(
                required: ["amount", "furtherUnits"],
                ["amount": SchemaPart.ref("money"), "furtherUnits": SchemaPart.ref("money")]
            ),
            "amountOffOrder": SchemaPart.object(
                required: ["amount"],
                [
                    "amount": SchemaPart.ref("money"),
                    "spread": SchemaPart.words(of: PromotionBenefit.Spread.self),
                ]
            ),
            "percentOffOrder": SchemaPart.ref("cappedPercentage"),
            "priceEachUnit": SchemaPart.ref("money"),
            "priceOfOrder": SchemaPart.ref("money"),
            "bundlePrice": SchemaPart.object(
                required: ["price", "units"],
                [
                    "price": SchemaPart.ref("money"), "units": SchemaPart.ref("units"),
                    "repeats": SchemaPart.ref("units"),
                ]
            ),
            "buyGet": SchemaPart.ref("buyGet"),
            "tiers": SchemaPart.ref("tiers"),
            "gift": SchemaPart.ref("gift"),
            "shipping": SchemaPart.ref("shipping"),
            "amountOffGoodsAndShipping": SchemaPart.ref("money"),
            "percentOffGoodsAndShipping": SchemaPart.ref("percentage"),
            "cataloguePrice": SchemaPart.oneKey(of: reductions),
        ])
    }

    private static var reductions: KeyValuePairs<String, OrderedJSON> {
        [
            "percentOff": SchemaPart.ref("percentage"), "amountOff": SchemaPart.ref("money"),
            "price": SchemaPart.ref("money"),
        ]
    }

    private static var buyGet: OrderedJSON {
        let side = SchemaPart.object(
            required: ["units"],
            [
                "units": SchemaPart.ref("units"), "of": SchemaPart.ref("filter"),
                "order": SchemaPart.ref("unitOrder"),
            ]
        )
        return SchemaPart.object(
            required: ["buy", "get"],
            [
                "buy": side,
                "get": side,
                "reward": SchemaPart.any(SchemaPart.words(["free"]), SchemaPart.oneKey(of: reductions)),
                "repeats": SchemaPart.ref("units"),
            ]
        )
    }

    /// Tiers start from amounts where the measure is one, and else from numbers of units.
    private static var tiers: OrderedJSON {
        func form(_ measures: [BenefitTiers.Measure], from bound: OrderedJSON) -> OrderedJSON {
            let step = SchemaPart.object(
                required: ["from", "benefit"],
                ["from": bound, "benefit": SchemaPart.ref("benefit")]
            )
            return SchemaPart.object(
                required: ["by", "steps"],
                [
                    "by": SchemaPart.words(measures.map(\.rawValue)),
                    "steps": SchemaPart.array(of: step, atLeast: 1),
                ]
            )
        }
        return SchemaPart.any(
            form(BenefitTiers.Measure.allCases.filter(\.isAmount), from: SchemaPart.ref("money")),
            form(BenefitTiers.Measure.allCases.filter { !$0.isAmount }, from: SchemaPart.integer(from: 0))
        )
    }

    private static var shipping: OrderedJSON {
        let prices: KeyValuePairs<String, OrderedJSON> = [
            "percentOff": SchemaPart.ref("percentage"), "amountOffEach": SchemaPart.ref("money"),
            "amountOff": SchemaPart.ref("money"), "price": SchemaPart.ref("money"),
        ]
        return SchemaPart.any(
            SchemaPart.words(["free"]),
            SchemaPart.oneKey(of: prices),
            SchemaPart.oneKey(of: prices, besides: ["where": SchemaPart.ref("attribute")])
        )
    }
}

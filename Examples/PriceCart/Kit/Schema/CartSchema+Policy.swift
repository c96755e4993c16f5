import ExampleSupport
import MarketplaceCore
import MarketplacePromotions

extension CartSchema {
    /// How discounts are computed.
    static var policy: [OrderedJSON.Member] {
        [
            .init("policy", SchemaPart.any(SchemaPart.words(PricingPolicy.named.map(\.key)), policyObject)),
            .init("rounding", SchemaPart.words(of: RoundingMode.self)),
            .init("stackingProgram", stackingProgram),
        ]
    }

    private static var policyObject: OrderedJSON {
        SchemaPart.object([
            "rounding": SchemaPart.ref("rounding"),
            "roundingPlace": SchemaPart.words(of: RoundingPlace.self),
            "remainder": SchemaPart.object(
                required: ["method"],
                [
                    "method": SchemaPart.words(RemainderPlacement.methodNames),
                    "rounding": SchemaPart.ref("rounding"),
                ]
            ),
            "spreadOrder": SchemaPart.ref("unitOrder"),
            "unitRemainder": SchemaPart.words(of: UnitRemainder.self),
            "base": SchemaPart.words(of: DiscountBase.self),
            "conditionBase": SchemaPart.words(of: ConditionBase.self),
            "unitOrder": SchemaPart.ref("unitOrder"),
            "boughtOrder": SchemaPart.ref("unitOrder"),
            "gotOrder": SchemaPart.ref("unitOrder"),
            "consumption": SchemaPart.words(of: UnitConsumption.self),
            "stacking": SchemaPart.ref("stackingProgram"),
            "budgetCheck": SchemaPart.words(of: BudgetCheck.self),
            "tax": SchemaPart.object([
                "rounding": SchemaPart.ref("rounding"), "place": SchemaPart.words(of: TaxPolicy.Place.self),
            ]),
        ])
    }

    private static var stackingProgram: OrderedJSON {
        let classRule = SchemaPart.object(
            required: ["class"],
            ["class": SchemaPart.text, "admits": SchemaPart.words(of: StackingProgram.Admission.self)]
        )
        let search = SchemaPart.object(required: ["exactUpTo"], ["exactUpTo": SchemaPart.integer()])
        return SchemaPart.object([
            "classes": SchemaPart.array(of: classRule),
            "order": SchemaPart.array(of: SchemaPart.words(of: StackingProgram.OrderKey.self)),
            "selection": SchemaPart.any(
                SchemaPart.words(["in_order", "best"]),
                SchemaPart.oneKey(of: ["best": search])
            ),
            "usedAlone": SchemaPart.words(of: StackingProgram.UsedAloneRule.self),
            "maximumCodes": SchemaPart.integer(),
        ])
    }
}

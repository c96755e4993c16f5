import ExampleStores
package import ExampleSupport
import Marketplace

extension SaleOptions {
    /// The plan that the options ask for.
    package static func plan(_ options: ParsedOptions) -> SalePlan {
        var plan = SalePlan()
        plan.buyers = options[buyers]
        plan.stock = options[stock]
        plan.skuCount = options[skus]
        plan.perMemberLimit = (try? Quantity(options[perMemberLimit])) ?? .one
        plan.paymentFailures = options[paymentFailures]
        plan.paymentTimeouts = options[paymentTimeouts]
        plan.earlyArrivals = options[earlyArrivals]
        plan.comeBacks = options[comeBacks]
        plan.walkAways = options[walkAways]
        let isCrowded = options[store].isDurable && !options.isGiven(tills)
        plan.tills = isCrowded ? durableTills : options[tills]
        plan.seed = options[seed]
        // Time enough for all who come early to be sent away before the doors open.
        plan.opensAfter += .microseconds(200) * plan.earlyCount
        return plan
    }

    /// What is wrong with options for a sale that a store keeps: the first that is given and says something else.
    package static func contradiction(_ options: ParsedOptions, to stored: SalePlan) -> OptionError? {
        let asked = plan(options)
        for (option, text) in planned where options.isGiven(option) && text(asked) != text(stored) {
            return .unmet(name: option.name, reason: "is \(text(stored)) in the sale that is there, not \(text(asked))")
        }
        return nil
    }

    /// Every option with its value for a report: what decides what is sold to whom as the plan has it.
    package static func listing(_ options: ParsedOptions, of plan: SalePlan) -> [(name: String, value: String)] {
        let texts = Dictionary(uniqueKeysWithValues: planned.map { ("--" + $0.0.name, $0.1(plan)) })
        return options.listing.map { ($0.name, texts[$0.name] ?? $0.value) }
    }

    /// The options that decide what is sold to whom, and what a plan says of each.
    private static let planned: [(any OptionDeclaration, @Sendable (SalePlan) -> String)] = [
        (buyers, { "\($0.buyers)" }), (stock, { "\($0.stock)" }), (skus, { "\($0.skuCount)" }),
        (perMemberLimit, { "\($0.perMemberLimit.value)" }), (paymentFailures, { $0.paymentFailures.description }),
        (paymentTimeouts, { $0.paymentTimeouts.description }), (earlyArrivals, { $0.earlyArrivals.description }),
        (comeBacks, { $0.comeBacks.description }), (walkAways, { $0.walkAways.description }),
        (tills, { "\($0.tills)" }),
        (seed, { "\($0.seed)" }),
    ]
}

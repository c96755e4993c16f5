package import ExampleSupport
import Marketplace

extension SaleSummary {
    /// The figures for machines; durations in whole nanoseconds.
    ///
    /// - Parameters:
    ///   - plan: What was sold to whom.
    ///   - checks: What must hold.
    /// - Returns: The value of the result file.
    package func json(_ plan: SalePlan, checks: [NamedCheck]) -> OrderedJSON {
        [
            "plan": Self.json(plan),
            "counts": counts,
            "nanoseconds": times,
            "checks": .array(
                checks.map { ["name": .text($0.name), "ok": .boolean($0.hasPassed), "facts": .text($0.finding)] }
            ),
        ]
    }

    private static func json(_ plan: SalePlan) -> OrderedJSON {
        [
            "buyers": .integer(plan.buyers), "stock": .integer(plan.stock), "skus": .integer(plan.skuCount),
            "perMemberLimit": .integer(plan.perMemberLimit.value),
            "paymentFailuresPercent": .text(plan.paymentFailures.number),
            "paymentTimeoutsPercent": .text(plan.paymentTimeouts.number),
            "earlyArrivalsPercent": .text(plan.earlyArrivals.number),
            "walkAwaysPercent": .text(plan.walkAways.number),
            "comeBacksPercent": .text(plan.comeBacks.number),
            "seed": .text(String(plan.seed)),
        ]
    }

    /// The counts alone: what two runs of one seed can be compared by.
    package var counts: OrderedJSON {
        [
            "sold": .integer(sold), "unsold": .integer(unsold), "soldOut": .integer(soldOut),
            "attempts": .integer(attempts), "attemptsOfKilledProcesses": .integer(repeated),
            "refused": [
                "early": .integer(refusals.early), "stock": .integer(refusals.stock),
                "limit": .integer(refusals.limit), "payment": .integer(refusals.payment),
                "other": .integer(refusals.other),
            ],
            "waited": .integer(waited), "served": .integer(served), "expired": .integer(expired),
            "captured": .integer(captured), "capturedMinor": .integer(Int64(clamping: capturedMinor)),
            "unanswered": [
                "authorizations": .integer(unanswered.unansweredAuthorizations),
                "captures": .integer(unanswered.unansweredCaptures),
                "foundPerformed": .integer(unanswered.foundPerformed),
                "foundNeverSeen": .integer(unanswered.foundNeverSeen),
            ],
            "compensations": [
                "released": .integer(compensations.released), "voided": .integer(compensations.voided),
                "failed": .integer(compensations.failed),
            ],
        ]
    }

    private var times: OrderedJSON {
        .object(
            [
                OrderedJSON.Member("selling", Self.nanoseconds(sellingTime)),
                OrderedJSON.Member("crowd", Self.nanoseconds(crowdTime)),
            ]
                + Self.percentiles(latencies).map { OrderedJSON.Member($0.name, Self.nanoseconds($0.duration)) }
        )
    }

    private static func nanoseconds(_ duration: Duration) -> OrderedJSON {
        let parts = duration.components
        return .integer(parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000)
    }
}

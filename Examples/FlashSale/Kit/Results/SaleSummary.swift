package import ExampleSupport
import Marketplace

/// The figures of a sale.
package struct SaleSummary: Sendable {
    /// Why attempts were refused.
    package struct Refusals: Sendable, Hashable {
        /// The sale was not open.
        package var early = 0
        /// Nothing was available.
        package var stock = 0
        /// The member had all a member may have.
        package var limit = 0
        /// The payment was refused.
        package var payment = 0
        /// Anything else.
        package var other = 0
    }

    /// What was undone.
    package struct Compensations: Sendable, Hashable {
        /// Reservations that were given back.
        package var released = 0
        /// Authorizations that were set free.
        package var voided = 0
        /// Orders that failed.
        package var failed = 0

        /// All together.
        package var total: Int { released + voided + failed }
    }

    /// How many buyers came.
    package let buyers: Int
    /// How many units there were.
    package let stock: Int
    /// How many units were sold.
    package let sold: Int
    /// How many of them this process has sold, not one that was killed before.
    package let soldHere: Int
    /// How many buyers left without a unit because there was none.
    package let soldOut: Int
    /// How many units were left.
    package let unsold: Int
    /// How many tries there were.
    package let attempts: Int
    /// How many of them earlier processes had begun.
    package let repeated: Int
    /// Why tries were refused.
    package private(set) var refusals = Refusals()
    /// How many buyers stood in a line.
    package let waited: Int
    /// How many of them got a unit.
    package let served: Int
    /// How many holds expired.
    package let expired: Int
    /// How many payments were captured.
    package let captured: Int
    /// What was captured, in minor units.
    package let capturedMinor: Int128
    /// What was undone.
    package private(set) var compensations = Compensations()
    /// What was not answered.
    package let unanswered: WatchedGateway.Counts
    /// From the opening to the end of each purchase.
    package let latencies: LatencySummary
    /// How long those who stood in a line did.
    package let waits: LatencySummary
    /// From the opening to the end of the last purchase.
    package let sellingTime: Duration
    /// From the opening until everybody had gone.
    package let crowdTime: Duration

    /// Adds up a sale.
    package init(_ history: SaleHistory, _ evidence: SaleEvidence) throws {
        let totals = try evidence.gatewayEntries.totals()
        let movements = evidence.movements.values.lazy.joined()
        buyers = history.plan.buyers
        stock = history.plan.stock
        sold = history.soldCount
        soldHere = history.purchaseLatencies.count
        soldOut = history.buyers.count { $0.end == .soldOut }
        unsold = Int(evidence.levels.values.reduce(0) { $0 + $1.available })
        attempts = history.buyers.reduce(0) { $0 + $1.attempts.count }
        repeated = history.buyers.reduce(0) { $0 + $1.attempts.count(where: \.isRepeated) }
        waited = history.buyers.count(where: \.hasWaited)
        served = history.buyers.count { $0.hasWaited && $0.end == .bought }
        expired = movements.count { $0.kind == .expiry }
        captured = totals.values.count { $0.captured.isPositive }
        capturedMinor = totals.values.reduce(0) { $0 + Int128($1.captured.minorUnits) }
        unanswered = history.unanswered
        latencies = LatencySummary(history.purchaseLatencies)
        waits = LatencySummary(history.buyers.filter(\.hasWaited).map(\.waited))
        sellingTime = history.sellingTime
        crowdTime = history.ended.elapsed - history.opened.elapsed
        compensations.released = movements.count { $0.kind == .cancellation }
        compensations.voided = totals.values.count { $0.voided.isPositive }
        compensations.failed = evidence.orders.values.count { $0.status == .failed }
        for story in history.buyers {
            for attempt in story.attempts { refusals.note(attempt.result) }
        }
    }

    /// The percentiles of a summary with their names; none when nothing was measured.
    static func percentiles(_ summary: LatencySummary) -> [(name: String, duration: Duration)] {
        let reported = LatencySummary.reportedPercentiles.compactMap { name, share in
            summary.percentile(share).map { (name: name, duration: $0) }
        }
        return reported + (summary.longest.map { [("longest", $0)] } ?? [])
    }
}

extension SaleSummary.Refusals {
    /// All together.
    package var total: Int { early + stock + limit + payment + other }

    fileprivate mutating func note(_ result: Attempt.Result) {
        switch result {
        case .bought: break
        case .refused(.stock(.saleNotOpen)): early += 1
        case .refused(.stock(.insufficientStock)): stock += 1
        case .refused(.stock(.memberLimit)): limit += 1
        case .refused(.payment): payment += 1
        case .refused, .stuck, .failed: other += 1
        }
    }
}

package import ExampleSupport
import Marketplace

/// Holds what those who took part tell against what was left behind.
package struct SaleAudit {
    let history: SaleHistory
    let evidence: SaleEvidence
    let totals: [PaymentID: GatewayTotals]
    /// When each order's attempt took place.
    let attempts: [OrderID: Attempt]
    /// When each reservation can have been moved.
    let spans: [UInt128: ClosedRange<Int>]

    /// Prepares the audit; it changes nothing.
    package init(_ history: SaleHistory, _ evidence: SaleEvidence) throws {
        self.history = history
        self.evidence = evidence
        totals = try evidence.gatewayEntries.totals()
        var attempts: [OrderID: Attempt] = [:]
        var spans: [UInt128: ClosedRange<Int>] = [:]
        for attempt in history.buyers.lazy.flatMap(\.attempts) {
            attempts[attempt.order] = attempt
            // What an earlier process had begun can have been moved before anybody came, and until it was told of.
            spans[attempt.order.bits] = attempt.isRepeated ? 0...attempt.ended.tick : attempt.span
        }
        for walker in history.walkers {
            let start = walker.isRepeated ? 0 : walker.began.tick
            spans[walker.reservation.bits] = start...(walker.ended ?? walker.answered).tick
        }
        self.attempts = attempts
        self.spans = spans
    }

    /// Everything that must hold, by name.
    package var checks: [NamedCheck] {
        [
            stockIsTheSumOfItsMovements, neverOversold, everyHoldEndedOnce, nobodyHasMoreThanTheLimit,
            nothingBeforeTheOpening, gatewayAgrees, paymentsAndOrdersMatch, nothingLeftOpen, tellingsAreTrue,
            stockRefusals, earlyRefusals, limitRefusals, paymentRefusals, unsoldOnlyWithoutDemand, noSagaIsLost,
        ] + [acknowledgedIsThere].compactMap(\.self)
    }

    /// A check that passes when there is nothing wrong.
    func check(_ name: String, _ faults: [String], _ facts: @autoclosure () -> String) -> NamedCheck {
        .of(name, faults, facts())
    }

    /// Every attempt of every buyer.
    var allAttempts: [(buyer: Buyer, attempt: Attempt)] {
        history.buyers.flatMap { story in story.attempts.map { (story.buyer, $0) } }
    }
}

extension Attempt {
    /// The ticks between which it took place.
    var span: ClosedRange<Int> { began.tick...ended.tick }
}

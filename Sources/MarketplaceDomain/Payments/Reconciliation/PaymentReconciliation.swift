import MarketplaceCore

/// What comes of comparing the marketplace's record of payments with the gateway's, movement by movement.
///
/// Movements are compared by payment, kind and key. What is under way while the two records are read shows as missing
/// on one side: have operations resolved first, and compare up to a time in the past. Takes O(n log n) time for n
/// movements.
public struct PaymentReconciliation: Sendable, Hashable {
    /// How many movements both sides have recorded with the same amount.
    public let matchedCount: Int
    /// In what they differ, in the order of payments.
    public let differences: [PaymentDifference]
    /// What was taken and given back, by the code of the currency.
    public let totals: [PaymentTotals]

    /// Whether both sides agree on everything.
    public var isReconciled: Bool { differences.isEmpty }

    /// Compares two records.
    ///
    /// - Parameters:
    ///   - here: What the marketplace has recorded, in any order.
    ///   - there: What the gateway says, in any order.
    public init(here: [PaymentMovement], there: [PaymentMovement]) {
        var totals: [Currency: PaymentTotals] = [:]
        Self.add(here, to: &totals, captured: \.capturedHereMinor, refunded: \.refundedHereMinor)
        Self.add(there, to: &totals, captured: \.capturedThereMinor, refunded: \.refundedThereMinor)
        self.totals = totals.values.sorted { $0.currency.code < $1.currency.code }

        let ours = Dictionary(grouping: here, by: Identity.init)
        let theirs = Dictionary(grouping: there, by: Identity.init)
        var matched = 0
        var differences: [PaymentDifference] = []
        for identity in Set(ours.keys).union(theirs.keys).sorted() {
            let own = ours[identity] ?? []
            let other = theirs[identity] ?? []
            switch (own.first, other.first) {
            case (let own?, nil): differences.append(.missingThere(own))
            case (nil, let other?): differences.append(.missingHere(other))
            case (let own?, let other?) where own.amount != other.amount:
                differences.append(.differentAmount(here: own, there: other.amount))
            case (.some, .some): matched += 1
            case (nil, nil): break
            }
            if let first = own.first, own.count > 1 {
                differences.append(.repeated(first, count: own.count, there: false))
            }
            if let first = other.first, other.count > 1 {
                differences.append(.repeated(first, count: other.count, there: true))
            }
        }
        matchedCount = matched
        self.differences = differences
    }

    /// Puts comparisons of parts together, none of which has a payment of another.
    package init(merging parts: [PaymentReconciliation]) {
        matchedCount = parts.reduce(0) { $0 + $1.matchedCount }
        // The differences of one movement stay in their order.
        differences = parts.flatMap(\.differences).enumerated().sorted { lhs, rhs in
            let (one, other) = (Identity(lhs.element.movement), Identity(rhs.element.movement))
            return one == other ? lhs.offset < rhs.offset : one < other
        }.map(\.element)
        var sums: [Currency: PaymentTotals] = [:]
        for total in parts.flatMap(\.totals) {
            var sum = sums[total.currency] ?? PaymentTotals(total.currency)
            sum.capturedHereMinor += total.capturedHereMinor
            sum.capturedThereMinor += total.capturedThereMinor
            sum.refundedHereMinor += total.refundedHereMinor
            sum.refundedThereMinor += total.refundedThereMinor
            sums[total.currency] = sum
        }
        totals = sums.values.sorted { $0.currency.code < $1.currency.code }
    }

    private struct Identity: Hashable, Comparable {
        let payment: PaymentID
        let kind: PaymentOperationKind
        let key: IdempotencyKey

        init(_ movement: PaymentMovement) {
            payment = movement.payment
            kind = movement.kind
            key = movement.key
        }

        static func < (lhs: Identity, rhs: Identity) -> Bool {
            if lhs.payment != rhs.payment { return lhs.payment < rhs.payment }
            if lhs.kind != rhs.kind { return lhs.kind.rawValue < rhs.kind.rawValue }
            return lhs.key < rhs.key
        }
    }

    private static func add(
        _ movements: [PaymentMovement],
        to totals: inout [Currency: PaymentTotals],
        captured: WritableKeyPath<PaymentTotals, Int128>,
        refunded: WritableKeyPath<PaymentTotals, Int128>
    ) {
        for movement in movements {
            let currency = movement.amount.currency
            var total = totals[currency] ?? PaymentTotals(currency)
            switch movement.kind {
            case .capture: total[keyPath: captured] += Int128(movement.amount.minorUnits)
            case .refund: total[keyPath: refunded] += Int128(movement.amount.minorUnits)
            case .authorize, .void: break
            }
            totals[currency] = total
        }
    }
}

extension PaymentReconciliation: CustomStringConvertible {
    /// The report as text: a line per currency, a line per difference, and the verdict.
    public var description: String {
        var lines = totals.map { total in
            let verdict = total.isBalanced ? "balanced" : "not balanced"
            return """
                \(total.currency.code): captured \(total.capturedHereMinor) here, \(total.capturedThereMinor) there; \
                refunded \(total.refundedHereMinor) here, \(total.refundedThereMinor) there (minor units): \(verdict)
                """
        }
        lines += differences.map(\.description)
        let verdict = isReconciled ? "reconciled" : "\(differences.count) differences"
        lines.append("\(matchedCount) movements matched: \(verdict)")
        return lines.joined(separator: "\n")
    }
}

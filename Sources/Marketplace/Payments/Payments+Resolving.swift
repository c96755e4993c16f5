import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

extension Payments {
    /// Finds out what became of operations that were begun and not answered, and records it.
    ///
    /// Each is looked up at the gateway; one the gateway has never seen is asked for again under its key. It can be
    /// repeated and run on several servers at once: make it a ``ScheduledJob``. One operation that cannot be resolved
    /// holds up no other.
    ///
    /// - Parameter age: How long ago an operation must have begun; nil for the configured grace.
    /// - Returns: What was found, with the operations that are still under way.
    /// - Throws: When the list of operations cannot be read.
    @discardableResult
    public func resolveUnknown(olderThan age: Duration? = nil) async throws(PaymentError) -> PaymentSweep {
        let due = environment.now.advanced(by: .zero - (age ?? configuration.grace))
        var sweep = PaymentSweep()
        var lookedAt = 0
        var query = DocumentQuery.indexed(
            PaymentKeySpace.operations,
            by: OpenOperation.begunIndex,
            atMost: .time(due),
            limit: min(configuration.sweepLimit, 100)
        )
        while lookedAt < configuration.sweepLimit {
            let slice = try await archive.documents(matching: query)
            for document in slice.documents {
                let operation = try archive.decoded(OpenOperation.self, from: document.body)
                lookedAt += 1
                do throws(PaymentError) {
                    try await resolve(operation, counting: &sweep)
                } catch {
                    sweep.open.append(
                        PaymentSweep.Open(
                            payment: operation.payment,
                            kind: operation.kind,
                            key: operation.key,
                            error: error
                        )
                    )
                }
            }
            guard let next = slice.next else { break }
            query = query.continued(from: next)
        }
        return sweep
    }

    private func resolve(_ operation: OpenOperation, counting sweep: inout PaymentSweep) async throws(PaymentError) {
        let payment = try await load(operation.payment)
        guard case .underWay(let amount) = payment.standing(of: operation.kind, operation.key) else {
            try await close(operation)
            sweep.endedCount += 1
            return
        }
        var answer = try await find(operation)
        if answer == nil { answer = try await ask(operation, amount) }
        guard let answer else { return }
        try await record(answer, of: operation, amount)
        if case .performed = answer { sweep.performedCount += 1 } else { sweep.refusedCount += 1 }
    }
}

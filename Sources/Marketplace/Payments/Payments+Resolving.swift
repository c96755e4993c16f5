import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

extension Payments {
    /// Finds out what became of operations that were begun and not answered, and records it.
    ///
    /// Each is looked up at the gateway; one the gateway has never seen is asked for again under its key. It can be
    /// repeated and run on several servers at once: make it a ``ScheduledJob``. One operation that cannot be resolved
    /// holds up no other, and many of them hide none that were begun later: what was tried longest ago comes first.
    ///
    /// - Parameter age: How long ago an operation must have begun; nil for the configured grace.
    /// - Returns: What was found, with the operations that are still under way.
    /// - Throws: When the list of operations cannot be read.
    @discardableResult
    public func resolveUnknown(olderThan age: Duration? = nil) async throws(PaymentError) -> PaymentSweep {
        let due = environment.now.advanced(by: .zero - (age ?? configuration.grace))
        let query = DocumentQuery.indexed(
            PaymentKeySpace.operations,
            by: OpenOperation.turnIndex,
            limit: min(configuration.sweepLimit, 100)
        )
        var sweep = PaymentSweep()
        for document in try await archive.documents(matching: query, upTo: configuration.sweepLimit) {
            guard let operation = try? archive.decoded(OpenOperation.self, from: document.body) else {
                sweep.unreadableCount += 1
                continue
            }
            guard operation.begunAt <= due else { continue }
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
                await putBack(operation, document)
            }
        }
        return sweep
    }

    /// Has an operation that could not be resolved wait for its turn behind the others.
    ///
    /// Where even that fails, it stands where it stood, and the sweep has gone on all the same.
    private func putBack(_ operation: OpenOperation, _ document: StoredDocument) async {
        var operation = operation
        operation.triedAt = environment.now
        guard let body = try? archive.encoded(operation) else { return }
        var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
        transaction.write(
            DocumentWrite(
                operation.document,
                body: body,
                expecting: .exactly(document.revision),
                indexEntries: operation.indexEntries
            )
        )
        try? await archive.write(transaction)
    }

    private func resolve(_ operation: OpenOperation, counting sweep: inout PaymentSweep) async throws(PaymentError) {
        let payment = try await load(operation.payment)
        guard case .underWay(let amount) = payment.standing(of: operation.kind, operation.key) else {
            try await close(operation)
            sweep.endedCount += 1
            return
        }
        let known = payment.isCredited(operation.key) ? nil : try await find(operation)
        let answer: GatewayAnswer
        if let known { answer = known } else { answer = try await ask(operation, amount, payment) }
        try await record(answer, of: operation, amount)
        if case .performed = answer { sweep.performedCount += 1 } else { sweep.refusedCount += 1 }
    }
}

public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

extension Payments {
    private static let foundIndex = "found"

    /// What the gateway has done that does not fit, the oldest first, at most `limit` (1 or more).
    ///
    /// - Throws: `forbidden` for anybody but an operator and the system.
    public func discrepancies(
        limit: Int = 100,
        by actor: CommandActor
    ) async throws(PaymentError) -> [PaymentDiscrepancy] {
        try check(.readDiscrepancies, actor)
        let query = DocumentQuery.indexed(
            PaymentKeySpace.discrepancies,
            by: Self.foundIndex,
            limit: min(max(1, limit), StoreLimits.pageSize)
        )
        var found: [PaymentDiscrepancy] = []
        for document in try await archive.documents(matching: query).documents {
            found.append(try archive.decoded(PaymentDiscrepancy.self, from: document.body))
        }
        return found
    }

    /// Takes a discrepancy off the list, as somebody says who has looked into it.
    ///
    /// What the gateway was asked ends by it, if it is under way still: as done, in the amount that was asked for, or as
    /// refused. So it stands in the way of nothing any more. Doing it again changes nothing.
    ///
    /// - Parameters:
    ///   - id: The discrepancy.
    ///   - end: What became of what the gateway was asked.
    ///   - actor: An operator or the system; it is recorded who it was.
    /// - Throws: ``PaymentError/rejected(_:)`` when the payment cannot have it recorded as done; ``PaymentError/underWay``
    ///   for an authorization of which the gateway itself does not know that it is done.
    public func settle(
        _ id: PaymentDiscrepancyID,
        as end: PaymentDiscrepancyEnd,
        by actor: CommandActor
    ) async throws(PaymentError) {
        try check(.settleDiscrepancy, actor)
        let document = PaymentKeySpace.discrepancy(id)
        guard let found = try await archive.read(document, as: PaymentDiscrepancy.self)?.value else { return }
        let answer = try await answer(to: found, as: end)
        let now = environment.now
        let settle = PaymentAction.settleDiscrepancy(id, kind: found.kind, key: found.key, as: end)
        do throws(RepositoryError<PaymentRejection>) {
            let outcome = try await repository.handle(
                on: found.payment,
                key: Self.settling(id, end),
                at: now
            ) { transaction in
                transaction.delete(document)
                if let key = found.key { transaction.delete(OpenOperation.document(of: key)) }
            } commands: { payment in
                let said = [ActorCommand(settle, by: actor, at: now)]
                guard let key = found.key, case .underWay(let amount) = payment.standing(of: found.kind, key) else {
                    return said
                }
                return said + answer.actions(after: found.kind, key, of: amount, given: payment).commands(at: now)
            }
            guard outcome.events.isEmpty else { return }
        } catch {
            throw PaymentError(error)
        }
        var transaction = Transaction(id: environment.identifiers.next(), time: now)
        transaction.delete(document)
        try await archive.write(transaction)
    }

    private static func settling(
        _ id: PaymentDiscrepancyID,
        _ end: PaymentDiscrepancyEnd
    ) -> IdempotencyKey {
        // An identifier and two short texts.
        IdempotencyKey(unchecked: "discrepancy/\(id)/\(end.rawValue)")
    }

    /// What a verdict is as an answer of the gateway.
    private func answer(
        to discrepancy: PaymentDiscrepancy,
        as end: PaymentDiscrepancyEnd
    ) async throws(PaymentError) -> GatewayAnswer {
        switch end {
        case .notDone: return .refused(.notAllowed("as somebody says who has looked into it"))
        case .done:
            let known = try await load(discrepancy.payment).reference
            if let known { return .performed(known, nil) }
            guard let key = discrepancy.key, case .performed(let reference, _)? = try await find(discrepancy.kind, key)
            else {
                throw .underWay(
                    discrepancy.kind,
                    discrepancy.key ?? Self.settling(discrepancy.id, end),
                    because: "the gateway does not know that it is done"
                )
            }
            return .performed(reference, nil)
        }
    }

    /// Puts a discrepancy on the list in place of the operation, which no sweep can help any more.
    func raise(
        _ cause: PaymentDiscrepancy.Cause,
        about operation: OpenOperation
    ) async throws(PaymentError) -> PaymentError {
        let discrepancy = try discrepancy(cause, operation.payment, operation.kind, operation.key)
        var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
        transaction.write(try write(discrepancy))
        transaction.delete(operation.document)
        try await archive.write(transaction)
        return .discrepancy(discrepancy)
    }

    /// A discrepancy, named after what differs.
    func discrepancy(
        _ cause: PaymentDiscrepancy.Cause,
        _ payment: PaymentID,
        _ kind: PaymentOperationKind,
        _ key: IdempotencyKey?
    ) throws(PaymentError) -> PaymentDiscrepancy {
        let id = TransactionID(derivedFrom: payment.description, kind.rawValue, key?.text ?? "", "\(cause)")
        return PaymentDiscrepancy(
            id: PaymentDiscrepancyID(bits: id.bits),
            payment: payment,
            kind: kind,
            key: key,
            cause: cause,
            at: environment.now
        )
    }

    /// The document of a discrepancy.
    func write(_ discrepancy: PaymentDiscrepancy) throws(PaymentError) -> DocumentWrite {
        DocumentWrite(
            PaymentKeySpace.discrepancy(discrepancy.id),
            body: try archive.encoded(discrepancy),
            indexEntries: [IndexEntry(Self.foundIndex, .time(discrepancy.at))]
        )
    }
}

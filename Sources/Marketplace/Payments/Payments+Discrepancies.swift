public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

extension Payments {
    private static let foundIndex = "found"

    /// What the gateway has done that does not fit, the oldest first, at most `limit` (1 or more).
    public func discrepancies(limit: Int = 100) async throws(PaymentError) -> [PaymentDiscrepancy] {
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

    /// Takes a discrepancy off the list: somebody has looked into it.
    ///
    /// It changes no payment. Doing it again changes nothing.
    public func settle(_ id: PaymentDiscrepancyID, by actor: CommandActor) async throws(PaymentError) {
        do throws(CommandForbidden) {
            try CommandRule.settleDiscrepancy.check(actor)
        } catch {
            throw .rejected(.forbidden(error))
        }
        var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
        transaction.delete(PaymentKeySpace.discrepancy(id))
        try await archive.write(transaction)
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

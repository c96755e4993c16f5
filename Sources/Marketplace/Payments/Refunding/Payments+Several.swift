public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

extension Payments {
    /// Gives back a part of a purchase, over all tenders it was paid by.
    ///
    /// What was taken last comes back first: payments at the gateway, the last one first, each up to what it has left,
    /// and then store credit. No tender gives back more than it took, however many refunds run at once.
    ///
    /// What is given so is given for no order: an order that is called off afterwards still owes all that was paid for it,
    /// and where that is not left the payment refuses. What the buyer of an order is given beyond what is called off or
    /// returned is given by ``Orders/giveGoodwill(_:on:atCostOf:because:by:key:)``.
    ///
    /// - Parameters:
    ///   - purchase: The payment of the purchase, which has the bits of its order or group.
    ///   - amount: How much, of all tenders together.
    ///   - actor: An operator or the system.
    ///   - key: Names the refund: under the same key nothing is given back twice.
    /// - Throws: ``PaymentError``, of the tender that could not give its part; the same call may be made again.
    public func refundPurchase(
        _ purchase: PaymentID,
        _ amount: Money,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(PaymentError) {
        try check(.initiateRefund, actor)
        try await refund(amount, of: [purchase], as: .once(key), by: actor)
    }

    /// Says where refunds of a purchase go from now on; those that were begun go where they were to go.
    ///
    /// It is for whoever gets the money, or for an operator on their behalf. Where nobody has said anything, money goes
    /// back to where it came from.
    ///
    /// - Parameters:
    ///   - destination: Back by the gateway, or to the buyer's store credit.
    ///   - purchase: The payment of the purchase, which has the bits of its order or group.
    ///   - actor: The buyer, an operator or the system.
    /// - Throws: ``PaymentError/rejected(_:)`` with `forbidden`, or with `notCreated` when there is no such purchase.
    public func sendRefunds(
        to destination: RefundDestination,
        of purchase: PaymentID,
        by actor: CommandActor
    ) async throws(PaymentError) {
        var buyer = try await load(purchase).begun?.buyerID
        if buyer == nil { buyer = try await purchases.tenders(of: purchase)?.buyer }
        try check(.chooseRefundDestination, actor, owner: buyer)
        guard buyer != nil else { throw .rejected(.notCreated) }
        var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
        transaction.write(
            DocumentWrite(PaymentKeySpace.refundChoice(of: purchase), body: try archive.encoded(destination))
        )
        try await archive.write(transaction)
    }

    /// Gives back an amount by several payments: each as much as it has left, and the last one the rest.
    ///
    /// What each place gives is decided once, in one commit of all of them that is applied only while none has changed:
    /// so nothing is given twice, whoever asks at once, wherever a call was interrupted and whatever other refunds take
    /// meanwhile. What was begun under an earlier attempt and not refused counts, and so does what the gateway has
    /// performed after it had refused it.
    ///
    /// - Parameters:
    ///   - amount: How much, of all together.
    ///   - ids: The payments, in the order in which they give; one of a purchase that was paid by several tenders stands
    ///     for all of them.
    ///   - name: What the refund is asked for under. Only its latest attempt begins anything.
    ///   - actor: Who gives it back.
    /// - Throws: ``PaymentError``, of the place that could not give its part; ``PaymentError/refusedByGateway(_:_:)``
    ///   before others, when only another attempt can help.
    func refund(
        _ amount: Money,
        of ids: [PaymentID],
        as name: RefundName,
        by actor: CommandActor = .system
    ) async throws(PaymentError) {
        guard amount.isPositive else { return }
        var isLookedUp = false
        var failure: PaymentError?
        let places = try await archive.attempting { () async throws(PaymentError) -> [RefundPlace]? in
            var places = try await purchases.places(of: ids)
            guard places.missingMinor(of: amount, as: name) > 0 else { return places }
            if !isLookedUp, try await recordLate(amount, as: name, at: places) {
                places = try await purchases.places(of: ids)
            }
            isLookedUp = true
            let left = Money(minorUnits: places.missingMinor(of: amount, as: name), amount.currency)
            guard left.isPositive else { return places }
            let key = places.latestKey(of: name)
            if places.flatMap(\.parts).contains(where: { $0.key == key && $0.status == .failed }) {
                failure = .refusedByGateway(.refund, .declined("as when it was first asked under this key"))
                return places
            }
            do throws(PaymentError) {
                try await begin(left, key, at: places, by: actor)
            } catch {
                guard error.effect == .refused else { throw error }
                // What was begun of it goes on all the same.
                failure = error
                return places
            }
            return nil
        }
        for part in places.open(of: name) {
            do throws(PaymentError) {
                try await finish(part.operation(at: environment.now), on: part.payment)
            } catch {
                if failure == nil { failure = error }
                if case .refusedByGateway = error { failure = error }
            }
        }
        if let failure { throw failure }
    }

    /// Begins all parts of a refund at once; nothing when one of the places has changed.
    ///
    /// Where the last place cannot give the rest, the others begin without it.
    private func begin(
        _ amount: Money,
        _ key: IdempotencyKey,
        at places: [RefundPlace],
        by actor: CommandActor
    ) async throws(PaymentError) {
        let last = places.lastIndex { place in !place.parts.contains { $0.key == key } }
        guard let last else {
            throw .tenders(.exceedsTaken(requested: amount, refundable: .zero(amount.currency)))
        }
        var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
        var (leftMinor, isBegun, hasCredit) = (amount.minorUnits, false, false)
        for (index, place) in places.enumerated() {
            let isAsked = place.parts.contains { $0.key == key }
            let partMinor = index == last ? leftMinor : min(leftMinor, place.refundable?.minorUnits ?? 0)
            // A change of store credit is one of an account: another one waits for the next commit.
            guard partMinor > 0, !isAsked, !(place.isCredit && hasCredit) else {
                if place.isCredit, hasCredit, !isAsked { leftMinor = 0 }
                transaction.require(place.requirement)
                continue
            }
            do throws(PaymentError) {
                let part = Money(minorUnits: partMinor, amount.currency)
                guard try await add(part, key, of: place, to: &transaction, by: actor) else { return }
                leftMinor -= partMinor
                isBegun = true
                hasCredit = hasCredit || place.isCredit
            } catch {
                guard error.effect == .refused else { throw error }
                guard try await isUnchanged(place) else { return }
                guard index == last, isBegun else { throw error }
                transaction.require(place.requirement)
            }
        }
        switch try await archive.commit(transaction) {
        case .bound(_, .ceiling, _): throw .credit(.refused(.tooMuch(maximumMinor: StoreCredits.maximumMinor)))
        case .done, .contended, .bound(_, .floor, _): break
        }
    }

    /// Adds the beginning of a part to a transaction; false when its place has changed.
    private func add(
        _ part: Money,
        _ key: IdempotencyKey,
        of place: RefundPlace,
        to transaction: inout Transaction,
        by actor: CommandActor
    ) async throws(PaymentError) -> Bool {
        switch place.source {
        case .payment(let id, let loaded, let destination):
            let now = environment.now
            let keys = try keys(id, .refund, key, part, actor)
            let action = PaymentAction.initiateRefund(key: keys.gateway, amount: part, to: destination)
            let outcome: CommandOutcome<Payment>
            do throws(RepositoryError<PaymentRejection>) {
                outcome = try await repository.add(to: &transaction, on: id, key: keys.begun) { _ in
                    [ActorCommand(action, by: actor, at: now)]
                }
            } catch {
                throw PaymentError(error)
            }
            let operation = OpenOperation(payment: id, kind: .refund, key: keys.gateway, method: nil, begunAt: now)
            transaction.write(try write(operation))
            return outcome.version == loaded.version.advanced(by: outcome.events.count)
        case .credit(let hold, let member, let stored):
            do throws(StoreCreditError) {
                guard let stored else { throw .refused(.unknownHold(hold)) }
                try await credits.restore(part, to: stored, of: member, by: actor, key: key, in: &transaction)
                return true
            } catch {
                throw .credit(error)
            }
        }
    }

    /// Whether a place still stands as it was read.
    private func isUnchanged(_ place: RefundPlace) async throws(PaymentError) -> Bool {
        switch place.source {
        case .payment(let id, let known, _): return try await purchases.loaded(id).version == known.version
        case .credit(let hold, let member, let known):
            let document = CreditHoldDocument.document(member, hold)
            return try await archive.read(document, as: CreditHoldDocument.self)?.revision == known?.revision
        }
    }
}

extension [RefundPlace] {
    /// The parts of a refund that were begun and are not known to have ended.
    fileprivate func open(of name: RefundName) -> [OpenPart] {
        flatMap { place -> [OpenPart] in
            guard case .payment(let id, let loaded, _) = place.source else { return [] }
            return place.parts.filter { $0.status == .initiated && name.attempt(of: $0.key) != nil }
                .map { OpenPart(id: id, payment: loaded.root, key: $0.placeKey) }
        }
    }
}

/// A part of a refund that the gateway has to be asked for, or asked about.
private struct OpenPart {
    let id: PaymentID
    let payment: Payment
    let key: IdempotencyKey

    func operation(at time: Timestamp) -> OpenOperation {
        OpenOperation(payment: id, kind: .refund, key: key, method: nil, begunAt: time)
    }
}

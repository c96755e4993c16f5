import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

extension Payments {
    /// Records that an operation begins, asks the gateway, and records what it answered.
    func perform(
        _ kind: PaymentOperationKind,
        on id: PaymentID,
        _ action: PaymentAction,
        _ keys: OperationKeys,
        method: PaymentMethodID? = nil,
        opening charge: Charge? = nil,
        by actor: CommandActor
    ) async throws(PaymentError) -> Payment {
        // A repetition is answered as the first call was, also when the method is gone by then.
        if let method { try await checkMethod(method, of: try await load(id), charge?.buyer, keys, by: actor) }
        let operation = OpenOperation(
            payment: id,
            kind: kind,
            key: keys.gateway,
            method: method,
            begunAt: environment.now
        )
        let write = try write(operation)
        let opening = charge.map(\.beginning)
        let payment = try await handle(action, after: opening, by: actor, on: id, key: keys.begun) { $0.write(write) }
        return try await finish(operation, on: payment)
    }

    /// Has an operation looked after that is going to begin.
    func write(_ operation: OpenOperation) throws(PaymentError) -> DocumentWrite {
        DocumentWrite(
            operation.document,
            body: try archive.encoded(operation),
            indexEntries: operation.indexEntries
        )
    }

    /// Asks the gateway for an operation that is recorded as begun, and records what it answered.
    @discardableResult
    func finish(_ operation: OpenOperation, on payment: Payment) async throws(PaymentError) -> Payment {
        switch payment.standing(of: operation.kind, operation.key) {
        case .done: return payment
        case .refused:
            throw .refusedByGateway(operation.kind, .declined("as when it was first asked under this key"))
        case .underWay(let amount):
            let answer = try await ask(operation, amount, payment)
            let settled = try await record(answer, of: operation, amount)
            if case .refused(let error) = answer { throw .refusedByGateway(operation.kind, error) }
            return settled
        }
    }

    /// Asks the gateway, and looks up what it does not answer; has credit given where a refund goes there.
    func ask(
        _ operation: OpenOperation,
        _ amount: Money?,
        _ payment: Payment
    ) async throws(PaymentError) -> GatewayAnswer {
        if let given = try await giveCredit(operation, amount, payment) { return given }
        var instrument: PaymentToken?
        if let method = operation.method {
            do throws(PaymentError) {
                guard let buyer = try await load(operation.payment).begun?.buyerID else {
                    throw .rejected(.notCreated)
                }
                instrument = try await token(of: method, of: buyer, by: .system)
            } catch {
                guard case .method(let cause) = error, cause.effect == .refused else { throw error }
                return try await abandon(operation, because: cause.description)
            }
        }
        let request = try request(operation, amount, instrument)
        do throws(PaymentGatewayError) {
            let receipt = try await gateway.perform(request)
            return .performed(receipt.reference, receipt.amount)
        } catch {
            // "The key was used with other content" tells nothing of what was done under it, whatever a gateway says.
            if error.effect == .refused, error.code != .keyReused { return .refused(error) }
            guard error.effect != .notApplied, let answer = try await find(operation) else {
                throw .underWay(operation.kind, operation.key, because: error.description)
            }
            return answer
        }
    }

    /// Gives the buyer the credit that a refund is to become; nil when it goes back by the gateway.
    private func giveCredit(
        _ operation: OpenOperation,
        _ amount: Money?,
        _ payment: Payment
    ) async throws(PaymentError) -> GatewayAnswer? {
        guard payment.isCredited(operation.key), let amount, let begun = payment.begun else { return nil }
        let reference = payment.reference ?? GatewayReference(begun.paymentID)
        do throws(StoreCreditError) {
            try await credits.grant(amount, to: begun.buyerID, by: .system, key: operation.key)
            return .performed(reference, amount)
        } catch {
            if case .refused(let refusal) = error { return .refused(.notAllowed(refusal.description)) }
            throw .underWay(operation.kind, operation.key, because: error.description)
        }
    }

    /// What the gateway remembers of an operation; nil when it has never seen it.
    func find(_ operation: OpenOperation) async throws(PaymentError) -> GatewayAnswer? {
        try await find(operation.kind, operation.key)
    }

    /// What the gateway remembers under a key; nil when it has never seen it.
    func find(_ kind: PaymentOperationKind, _ key: IdempotencyKey) async throws(PaymentError) -> GatewayAnswer? {
        let found: GatewayLookUp
        do throws(PaymentGatewayError) {
            found = try await gateway.lookUp(key)
        } catch {
            throw .underWay(kind, key, because: error.description)
        }
        return switch found {
        case .performed(let receipt): .performed(receipt.reference, receipt.amount)
        case .refused(let error): .refused(error)
        case .neverSeen: nil
        case .pending: throw .underWay(kind, key, because: "the gateway has not decided yet")
        }
    }

    /// Records what became of an operation, and that it needs no looking after any more.
    ///
    /// - Parameters:
    ///   - answer: What the gateway has answered.
    ///   - operation: The operation, begun here or elsewhere.
    ///   - amount: How much was asked for; nil when that is not known.
    /// - Returns: The payment as it is afterwards.
    /// - Throws: A discrepancy, which is listed then; or that it is under way still, because it could not be recorded.
    @discardableResult
    func record(
        _ answer: GatewayAnswer,
        of operation: OpenOperation,
        _ amount: Money?
    ) async throws(PaymentError) -> Payment {
        var isPerformed = false
        var reference: GatewayReference?
        if case .performed(let name, let moved) = answer {
            isPerformed = true
            reference = operation.kind == .authorize ? name : nil
            // What a void sets free is the gateway's to know: nothing is taken by it.
            if operation.kind != .void, let amount, let moved, moved != amount {
                throw try await raise(.amount(expected: amount, found: moved), about: operation)
            }
        }
        let index = try reference.map { name throws(PaymentError) in
            DocumentWrite(PaymentKeySpace.reference(name), body: try archive.encoded(operation.payment))
        }
        let key: IdempotencyKey
        do throws(TextKeyError) {
            key = try OperationKeys.ended(operation.key, isPerformed: isPerformed)
        } catch {
            throw .badKey(error)
        }
        let now = environment.now
        let outcome: CommandOutcome<Payment>
        do throws(RepositoryError<PaymentRejection>) {
            outcome = try await repository.handle(on: operation.payment, key: key, at: now) { transaction in
                transaction.delete(operation.document)
                if let index { transaction.write(index) }
            } commands: { payment in
                answer.actions(after: operation.kind, operation.key, of: amount, given: payment).commands(at: now)
            }
        } catch {
            if case .rejected(let rejection) = error {
                throw try await raise(.rejected(rejection.description), about: operation)
            }
            throw .underWay(operation.kind, operation.key, because: "done, but not recorded: \(error)")
        }
        if outcome.events.isEmpty { try await close(operation) }
        return outcome.root
    }

    /// Stops looking after an operation that has ended.
    func close(_ operation: OpenOperation) async throws(PaymentError) {
        var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
        transaction.delete(operation.document)
        try await archive.write(transaction)
    }

    /// Has whatever arrives late refused, for an authorization that cannot be asked for again.
    private func abandon(
        _ operation: OpenOperation,
        because reason: String
    ) async throws(PaymentError) -> GatewayAnswer {
        if let found = try await find(operation) { return found }
        let key = try Self.checked("\(operation.key)/abandon")
        do throws(PaymentGatewayError) {
            _ = try await gateway.void(operation.payment, key: key)
        } catch {
            throw .underWay(operation.kind, operation.key, because: error.description)
        }
        return .refused(.notAllowed(reason))
    }

    private func request(
        _ operation: OpenOperation,
        _ amount: Money?,
        _ instrument: PaymentToken?
    ) throws(PaymentError) -> GatewayRequest {
        let asked: GatewayRequest.Operation
        switch (operation.kind, amount) {
        case (.void, _): asked = .void
        case (.authorize, let amount?): asked = .authorize(amount)
        case (.capture, let amount?): asked = .capture(amount)
        case (.refund, let amount?): asked = .refund(amount)
        case (_, nil): throw .underWay(operation.kind, operation.key, because: "its amount is not recorded")
        }
        return GatewayRequest(asked, payment: operation.payment, key: operation.key, instrument: instrument)
    }

    /// Refuses a method that cannot be charged, unless it was charged before.
    private func checkMethod(
        _ method: PaymentMethodID,
        of payment: Payment,
        _ opener: MemberID?,
        _ keys: OperationKeys,
        by actor: CommandActor
    ) async throws(PaymentError) {
        guard let buyer = payment.begun?.buyerID ?? opener else { throw .rejected(.notCreated) }
        guard (payment.status ?? .created) == .created, payment.operations[keys.gateway] == nil else { return }
        _ = try await token(of: method, of: buyer, by: actor)
    }

    /// The token of a method that belongs to the buyer of a payment.
    private func token(
        of method: PaymentMethodID,
        of buyer: MemberID,
        by actor: CommandActor
    ) async throws(PaymentError) -> PaymentToken {
        guard let methods else { throw .method(.refused(.unknownMethod(method))) }
        do throws(PaymentMethodError) {
            return try await methods.token(of: method, of: buyer, by: actor)
        } catch {
            throw .method(error)
        }
    }
}

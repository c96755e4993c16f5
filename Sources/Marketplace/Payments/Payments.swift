public import MarketplaceCore
public import MarketplaceDomain
public import MarketplacePorts
import MarketplaceStorage

/// Sets aside, takes, sets free and gives back money at a gateway, and records what happened.
///
/// Every operation is recorded before the gateway is asked and after it has answered, so a crash anywhere leaves an
/// operation under way that is found again: by the same call, by a webhook (``PaymentWebhooks``), or by
/// ``resolveUnknown(olderThan:)``. The gateway is asked under a key that follows from the payment and the caller's key,
/// so that it does everything at most once. What it did not answer is looked up, and never taken for refused.
///
/// Captured stays within authorized and refunded within captured, what is under way included, however many calls run
/// at once: the bound is checked when an operation is recorded, not when it is answered.
///
/// ```swift
/// let payments = Payments(in: environment, gateway: gateway)
/// try await payments.begin(id, for: order, buyer: buyer, amount: total, by: .system, key: "order 17")
/// try await payments.authorize(id, confirming: total, by: .buyer(buyer), key: "confirm 17")
/// try await payments.capture(id, by: .system, key: "shipment 1")
/// ```
public struct Payments: Sendable {
    let environment: ServiceEnvironment
    let gateway: any PaymentGateway
    let methods: PaymentMethods?
    let configuration: PaymentsConfiguration
    let credits: StoreCredits
    let repository: Repository<Payment>
    let archive: PaymentArchive<PaymentError>

    /// A service of these parts.
    ///
    /// - Parameters:
    ///   - environment: Where payments are kept, and the rest.
    ///   - gateway: Moves the money.
    ///   - methods: The saved payment methods, for authorizations that charge one.
    ///   - configuration: Its bounds.
    public init(
        in environment: ServiceEnvironment,
        gateway: any PaymentGateway,
        methods: PaymentMethods? = nil,
        configuration: PaymentsConfiguration = PaymentsConfiguration()
    ) {
        self.environment = environment
        self.gateway = gateway
        self.methods = methods
        self.configuration = configuration
        credits = StoreCredits(in: environment)
        repository = environment.repository()
        archive = PaymentArchive(environment, attempts: configuration.attempts)
    }

    /// The payment as it is now, for its buyer, an operator or the system; nil when there is none.
    ///
    /// - Throws: `forbidden` for everybody else, also where there is none: nobody finds out by asking.
    public func payment(_ id: PaymentID, by actor: CommandActor) async throws(PaymentError) -> Payment? {
        let loaded = try await load(id)
        try check(.readPayment, actor, owner: loaded.begun?.buyerID)
        return loaded.begun == nil ? nil : loaded
    }

    /// Begins a payment of an order; nothing is asked of the gateway yet.
    ///
    /// The amount and the buyer are what the marketplace has computed itself: all later calls are held against them.
    @discardableResult
    public func begin(
        _ id: PaymentID,
        for order: OrderID,
        buyer: MemberID,
        amount: Money,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(PaymentError) -> Payment {
        let content = TransactionID(
            derivedFrom: order.description,
            buyer.description,
            amount.description,
            actor.description
        )
        let create = PaymentAction.create(id: id, order: order, buyer: buyer, amount: amount)
        return try await handle(create, by: actor, on: id, key: try Self.checked("\(key)/begin/\(content)"))
    }

    /// Has the gateway set the payment's money aside.
    ///
    /// A payment is authorized once: a repetition, under whatever key, changes nothing and charges nothing. A payment
    /// that the gateway declines has failed for good; begin another one for the order.
    ///
    /// - Parameters:
    ///   - id: The payment.
    ///   - amount: What whoever confirms believes to pay: it must be the payment's amount.
    ///   - method: The saved payment method of the buyer to charge; nil when the gateway knows what to charge.
    ///   - actor: The buyer of the payment, an operator or the system; anybody else is refused.
    ///   - key: Names the call.
    /// - Returns: The payment as it is afterwards.
    /// - Throws: ``PaymentError``; when its effect is unknown, the same call may be made again.
    @discardableResult
    public func authorize(
        _ id: PaymentID,
        confirming amount: Money,
        with method: PaymentMethodID? = nil,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(PaymentError) -> Payment {
        let keys = try keys(id, .authorize, key, amount, actor)
        let action = PaymentAction.beginAuthorization(key: keys.gateway, confirming: amount)
        return try await perform(.authorize, on: id, action, keys, method: method, by: actor)
    }

    /// Has the gateway take a part of what was set aside.
    ///
    /// - Parameters:
    ///   - id: The payment.
    ///   - amount: How much; nil for all that is left to take. Taking all when all was taken takes nothing.
    ///   - actor: An operator or the system.
    ///   - key: Names the capture: under the same key nothing is taken twice.
    /// - Returns: The payment as it is afterwards.
    /// - Throws: ``PaymentError``; when its effect is unknown, the same call may be made again.
    @discardableResult
    public func capture(
        _ id: PaymentID,
        _ amount: Money? = nil,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(PaymentError) -> Payment {
        let keys = try keys(id, .capture, key, amount, actor)
        let action = PaymentAction.beginCapture(key: keys.gateway, amount: amount)
        return try await perform(.capture, on: id, action, keys, by: actor)
    }

    /// Has the gateway set free what was not taken; an authorization that arrives late is refused from then on.
    ///
    /// - Parameters:
    ///   - id: The payment.
    ///   - actor: An operator or the system.
    ///   - key: Names the call.
    /// - Returns: The payment as it is afterwards.
    /// - Throws: ``PaymentError``; when its effect is unknown, the same call may be made again.
    @discardableResult
    public func void(
        _ id: PaymentID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(PaymentError) -> Payment {
        let keys = try keys(id, .void, key, nil, actor)
        return try await perform(.void, on: id, .beginVoid(key: keys.gateway), keys, by: actor)
    }

    /// Has the gateway give back a part of what was taken.
    ///
    /// - Parameters:
    ///   - id: The payment.
    ///   - amount: How much; nil for all that can be given back.
    ///   - destination: Where it goes: back by the gateway, or to the buyer's store credit, which never expires.
    ///   - actor: An operator or the system.
    ///   - key: Names the refund: under the same key nothing is given back twice.
    /// - Returns: The payment as it is afterwards.
    /// - Throws: ``PaymentError``; when its effect is unknown, the same call may be made again.
    @discardableResult
    public func refund(
        _ id: PaymentID,
        _ amount: Money? = nil,
        to destination: RefundDestination = .payment,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(PaymentError) -> Payment {
        let keys = try keys(id, .refund, key, amount, actor)
        let action = PaymentAction.initiateRefund(key: keys.gateway, amount: amount, to: destination)
        return try await perform(.refund, on: id, action, keys, by: actor)
    }

    // MARK: - Recording

    /// The payment of that id, or one before its first event.
    func load(_ id: PaymentID) async throws(PaymentError) -> Payment {
        do throws(RepositoryError<PaymentRejection>) {
            return try await repository.load(id).root
        } catch {
            throw PaymentError(error)
        }
    }

    /// Records one command.
    func handle(
        _ action: PaymentAction,
        after opening: PaymentAction? = nil,
        by actor: CommandActor,
        on id: PaymentID,
        key: IdempotencyKey,
        also: (inout Transaction) -> Void = { _ in }
    ) async throws(PaymentError) -> Payment {
        let now = environment.now
        let commands = (opening.map { [$0] } ?? []).commands(at: now) + [ActorCommand(action, by: actor, at: now)]
        do throws(RepositoryError<PaymentRejection>) {
            return try await repository.handle(on: id, key: key, at: now, also: also) { _ in commands }.root
        } catch {
            throw PaymentError(error)
        }
    }

    func check(
        _ rule: CommandRule,
        _ actor: CommandActor,
        owner: MemberID? = nil
    ) throws(PaymentError) {
        do throws(CommandForbidden) {
            try rule.check(actor, owner: owner)
        } catch {
            throw .rejected(.forbidden(error))
        }
    }

    static func checked(_ text: String) throws(PaymentError) -> IdempotencyKey {
        do throws(TextKeyError) {
            return try IdempotencyKey(validating: text)
        } catch {
            throw .badKey(error)
        }
    }

    func keys(
        _ id: PaymentID,
        _ kind: PaymentOperationKind,
        _ key: IdempotencyKey,
        _ amount: Money?,
        _ actor: CommandActor
    ) throws(PaymentError) -> OperationKeys {
        do throws(TextKeyError) {
            return try OperationKeys(id, kind, key, amount, actor)
        } catch {
            throw .badKey(error)
        }
    }
}

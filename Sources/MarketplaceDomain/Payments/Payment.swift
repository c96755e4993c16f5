public import MarketplaceCore

extension TransitionFact {
    /// A part of what was authorized was neither captured nor set free.
    static let remainderIsOpen: TransitionFact = "a remainder is open"
    /// All that was captured was given back, and nothing more can be captured.
    static let nothingIsKept: TransitionFact = "nothing is kept"
}

/// The money of one order: set aside, taken, given back.
///
/// At any time refunded + pending refunds ≤ captured and captured + set free ≤ authorized. Captures and refunds carry
/// keys: a repeated key with the same amount changes nothing. So does a repeated full capture, whatever its key, and
/// a repeated authorize, void or fail. A refund has two steps: from the first on its amount cannot be refunded again.
/// So have an authorization, a capture and a void that are begun before the gateway is asked: what is under way cannot
/// be captured or set free by another command meanwhile.
public struct Payment: Aggregate, Hashable {
    /// What can be asked of it.
    public typealias Command = ActorCommand<PaymentAction>
    /// What can happen to it.
    public typealias Event = PaymentEvent
    /// Why a command can be refused.
    public typealias Rejection = PaymentRejection
    /// What names one.
    public typealias ID = PaymentID

    /// The category of its event streams.
    public static var category: String { "payment" }

    /// The most captures of one payment: what gateways with several captures allow (Stripe: 50).
    public static let maximumCaptures = 50
    /// The most refunds of one payment, failed ones included: an order line by line, and repetitions.
    public static let maximumRefunds = 250

    /// The most operations under way or refused of one payment: whatever a gateway answers, its state stays small.
    public static let maximumOperations = 250

    /// Who may move it from where to where.
    public static let lifecycle = TransitionMachine<PaymentStatus, PaymentMove, ActorRole> {
        Transition(.create, to: .created, by: .system)
        Transition.staying(.beginAuthorization, in: .created, by: .system, .operator, .buyer)
        Transition.staying(.beginCapture, in: .authorized, .captured, by: .system, .operator)
        Transition.staying(.beginVoid, in: .created, .authorized, by: .system, .operator)
        Transition.staying(.beginVoid, in: .captured, by: .system, .operator, when: .remainderIsOpen)
        Transition.staying(.refuseOperation, in: .created, .authorized, .captured, by: .system)
        Transition(.authorize, from: .created, to: .authorized, by: .system)
        Transition(.fail, from: .created, .authorized, to: .failed, by: .system)
        Transition(.capture, from: .authorized, .captured, to: .captured, by: .system, .operator)
        Transition(.void, from: .created, .authorized, to: .voided, by: .system, .operator)
        Transition(
            .void,
            from: .captured,
            to: .captured,
            by: .system,
            .operator,
            when: .remainderIsOpen,
            unless: .nothingIsKept
        )
        Transition(
            .void,
            from: .captured,
            to: .refunded,
            by: .system,
            .operator,
            when: .remainderIsOpen,
            .nothingIsKept
        )
        Transition.staying(.initiateRefund, in: .captured, by: .system, .operator)
        Transition.staying(.failRefund, in: .captured, by: .system)
        Transition.staying(.completeRefund, in: .captured, by: .system, unless: .nothingIsKept)
        Transition(.completeRefund, from: .captured, to: .refunded, by: .system, when: .nothingIsKept)
    }

    /// Where it is in its life; nil before it is begun.
    public private(set) var status: PaymentStatus?
    /// For what and by whom it is; nil before it is begun.
    public private(set) var begun: PaymentCreated?
    /// What the gateway calls it; nil before it is authorized.
    public private(set) var reference: GatewayReference?
    /// How much was set aside, taken, set free and given back; nil before it is begun.
    public private(set) var amounts: PaymentAmounts?
    /// The captures by their keys.
    public private(set) var captures: [IdempotencyKey: Money] = [:]
    /// The refunds by their keys.
    public private(set) var refunds: [IdempotencyKey: PaymentRefund] = [:]
    /// What the gateway is being asked to do or has refused to do, by the keys it is asked under.
    public internal(set) var operations: [IdempotencyKey: PaymentOperation] = [:]
    /// What a gateway did that did not fit, and somebody has looked into.
    public private(set) var settledDiscrepancies: Set<PaymentDiscrepancyID> = []
    /// Why it failed, if it did.
    public private(set) var failure: PaymentFailureReason?

    /// The state before the first event.
    public init() {}

    /// What names it; nil before it is begun.
    public var id: PaymentID? { begun?.paymentID }

    /// Answers `command` with the events to record; an empty list when nothing changes.
    public func decide(_ command: Command) throws(PaymentRejection) -> [PaymentEvent] {
        do throws(CommandForbidden) {
            try command.refuseStrangers(owner: begun?.buyerID)
        } catch {
            throw .forbidden(error)
        }
        if case .create(let id, let order, let buyer, let amount) = command.action {
            return try create(id, order, buyer, amount, command)
        }
        guard let begun, let amounts, let status else { throw .notCreated }
        let known = Known(payment: self, begun: begun, amounts: amounts, status: status)
        switch command.action {
        case .create: return []
        case .beginAuthorization(let key, let amount): return try known.beginAuthorization(key, amount, command)
        case .beginCapture(let key, let amount): return try known.beginCapture(key, amount, command)
        case .beginVoid(let key): return try known.beginVoid(key, command)
        case .refuseOperation(let key): return try known.refuseOperation(key, command)
        case .authorize(let amount, let reference): return try known.authorize(amount, reference, command)
        case .capture(let key, let amount): return try known.capture(key, amount, command)
        case .void: return try known.void(command)
        case .initiateRefund(let key, let amount, let destination):
            return try known.initiateRefund(key, amount, destination, command)
        case .completeRefund(let key): return try known.completeRefund(key, command)
        case .failRefund(let key): return try known.failRefund(key, command)
        case .settleDiscrepancy(let id, let kind, let key, let end):
            return try known.settleDiscrepancy(id, kind, key, end, command)
        case .fail(let reason): return try known.fail(reason, command)
        }
    }

    /// Moves the state along a recorded event.
    public mutating func apply(_ event: PaymentEvent) {
        applyToOperations(event)
        switch event {
        case .created(let created):
            status = .created
            begun = created
            amounts = PaymentAmounts(.zero(created.amount.currency))
        case .authorized(let authorized):
            status = .authorized
            reference = authorized.reference
            amounts?.authorized = authorized.amount
        case .captured(let captured):
            status = .captured
            captures[captured.key] = captured.amount
            amounts?.captured = captured.capturedTotal
        case .completed, .operationBegun, .operationRefused: break
        case .voided(let voided):
            amounts?.voided = voided.amount
            status = status == .captured ? settled : .voided
        case .failed(let failed):
            status = .failed
            failure = failed.reason
        case .refundInitiated(let refund):
            refunds[refund.key] = PaymentRefund(
                amount: refund.amount,
                destination: refund.destination ?? .payment,
                status: .initiated
            )
            amounts?.pendingRefunds = refund.pendingTotal
        case .refundCompleted(let refund):
            refunds[refund.key]?.status = .completed
            amounts?.refunded = refund.refundedTotal
            amounts?.pendingRefunds = refund.pendingTotal
            status = settled
        case .refundFailed(let refund):
            refunds[refund.key]?.status = .failed
            amounts?.pendingRefunds = refund.pendingTotal
        case .discrepancySettled(let settled): settledDiscrepancies.insert(settled.discrepancyID)
        }
    }

    /// Where a payment stands of which something was captured.
    private var settled: PaymentStatus {
        amounts.map(\.nothingIsKept) == true ? .refunded : .captured
    }
}

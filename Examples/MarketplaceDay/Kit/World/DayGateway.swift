package import Marketplace
import Synchronization

/// The way to a payment gateway: it keeps its contract, with the trouble that the plan has for each payment.
///
/// Behind it stands a scripted gateway that approves everything and keeps its own record.
package final class DayGateway: PaymentGateway {
    /// By how much a slow buyer's payment is later than the goods are held.
    private static let slowness = Duration.minutes(15)

    /// Takes in a webhook; true when the payment knows then what it tells.
    typealias Receiver = @Sendable (GatewayNotice) async -> Bool

    private struct State {
        var troubles: [PaymentID: GatewayTrouble] = [:]
        /// The requests that were not answered, and were not asked about yet.
        var silences: [IdempotencyKey: (payment: PaymentID, trouble: GatewayTrouble)] = [:]
        /// What has happened to which payment, and was noticed by the marketplace.
        var happened: [PaymentID: GatewayTrouble] = [:]
        /// The webhooks that are still to come.
        var notices: [GatewayNotice] = []
        var noticeCount = 0
        var receiver: Receiver?
    }

    private let bank: ScriptedPaymentGateway
    private let clock: DayClock
    private let state = Mutex(State())

    init(_ bank: ScriptedPaymentGateway, clock: DayClock) {
        self.bank = bank
        self.clock = clock
    }

    /// Who takes in the webhooks that are faster than the answer.
    func connect(_ receiver: @escaping Receiver) {
        state.withLock { $0.receiver = receiver }
    }

    /// What is to happen to a payment.
    func plan(_ trouble: GatewayTrouble?, for payment: PaymentID) {
        state.withLock { $0.troubles[payment] = trouble }
    }

    /// What did happen to a payment, once it was noticed: what was not answered was asked about, what came early was
    /// taken in.
    func happened(to payment: PaymentID) -> GatewayTrouble? {
        state.withLock { $0.happened[payment] }
    }

    /// The webhooks that have not come yet, those of duplicates twice; from now on they have.
    func takeNotices() -> [GatewayNotice] {
        state.withLock { state in
            let notices = state.notices
            state.notices = []
            return notices
        }
    }

    /// Performs a request, as the plan has it.
    package func perform(_ request: GatewayRequest) async throws(PaymentGatewayError) -> GatewayReceipt {
        let trouble = state.withLock { state -> GatewayTrouble? in
            guard let planned = state.troubles[request.payment], planned.concerns(request.operation.kind) else {
                return nil
            }
            state.troubles[request.payment] = nil
            if planned.isSilent { state.silences[request.key] = (request.payment, planned) }
            return planned
        }
        switch trouble {
        case .timeOutBeforeCharging, .timeOutBeforeAuthorizing: throw .timedOut
        case .decline: throw .declined("not enough money")
        case .slowBuyer: clock.advance(by: Self.slowness)
        case .timeOutAfterCharging, .timeOutAfterAuthorizing, .earlyNotice, .duplicateNotice, nil: break
        }
        let receipt = try await bank.perform(request)
        let notice = notice(of: request, receipt, copies: trouble == .duplicateNotice ? 2 : 1)
        switch trouble {
        case .timeOutAfterCharging, .timeOutAfterAuthorizing: throw .timedOut
        case .earlyNotice:
            if let notice, let receiver = state.withLock(\.receiver), await receiver(notice) {
                state.withLock { $0.happened[request.payment] = .earlyNotice }
            }
        default: break
        }
        return receipt
    }

    /// What became of the request of that key.
    package func lookUp(_ key: IdempotencyKey) async throws(PaymentGatewayError) -> GatewayLookUp {
        state.withLock { state in
            if let silence = state.silences.removeValue(forKey: key) {
                state.happened[silence.payment] = silence.trouble
            }
        }
        return try await bank.lookUp(key)
    }

    /// Writes the webhook of a request down, if there is one of its kind.
    private func notice(of request: GatewayRequest, _ receipt: GatewayReceipt, copies: Int) -> GatewayNotice? {
        let kind = request.operation.kind
        guard kind == .capture || kind == .refund else { return nil }
        let now = clock.now
        return state.withLock { state in
            state.noticeCount += 1
            let notice = GatewayNotice(
                event: GatewayEventID(stringLiteral: "notice-\(state.noticeCount)"),
                subject: .payment(request.payment),
                kind: kind,
                key: request.key,
                amount: receipt.amount,
                reference: receipt.reference,
                at: now
            )
            state.notices += Array(repeating: notice, count: copies)
            return notice
        }
    }
}

extension GatewayTrouble {
    /// Whether the gateway does not answer.
    fileprivate var isSilent: Bool {
        switch self {
        case .timeOutBeforeCharging, .timeOutAfterCharging, .timeOutBeforeAuthorizing, .timeOutAfterAuthorizing: true
        case .slowBuyer, .decline, .earlyNotice, .duplicateNotice: false
        }
    }

    /// Whether it happens to a request of that kind.
    fileprivate func concerns(_ kind: GatewayOperationKind) -> Bool {
        switch self {
        case .timeOutBeforeCharging, .timeOutAfterCharging, .earlyNotice, .duplicateNotice: kind == .capture
        case .timeOutBeforeAuthorizing, .timeOutAfterAuthorizing, .slowBuyer, .decline: kind == .authorize
        }
    }
}

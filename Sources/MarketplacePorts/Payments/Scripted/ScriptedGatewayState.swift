import MarketplaceCore
import MarketplaceDomain

/// All that a ``ScriptedPaymentGateway`` knows: pure decisions over its accounts and the answers it has given.
struct ScriptedGatewayState {
    private struct Account {
        var totals: GatewayTotals?
        var isVoided = false
    }

    private var answers: [IdempotencyKey: GatewayRecordEntry] = [:]
    private var attempts: [IdempotencyKey: Int] = [:]
    private var accounts: [PaymentID: Account] = [:]

    /// What was decided about the request of that key.
    func answer(to key: IdempotencyKey) -> GatewayRecordEntry? {
        answers[key]
    }

    /// How many attempts of that key got no answer yet.
    func attempts(of key: IdempotencyKey) -> Int {
        // Most keys are answered at once, so that mostly there is nothing to look for.
        attempts.isEmpty ? 0 : attempts[key, default: 0]
    }

    /// Counts an attempt that gets no answer.
    mutating func countAttempt(of key: IdempotencyKey) {
        attempts[key, default: 0] += 1
    }

    /// The entry that answers `request`: done, or refused by the state of its payment.
    func decide(_ request: GatewayRequest) -> GatewayRecordEntry {
        do throws(PaymentGatewayError) {
            return Self.entry(request, moved: try moved(by: request))
        } catch {
            return Self.entry(request, refusal: GatewayRefusal(error))
        }
    }

    /// The entry that declines `request`.
    static func decline(_ request: GatewayRequest, _ reason: String) -> GatewayRecordEntry {
        entry(request, refusal: GatewayRefusal(.declined(reason)))
    }

    /// Takes over a decided entry.
    mutating func apply(_ entry: GatewayRecordEntry) throws(MoneyError) {
        if entry.refusal == nil {
            var account = accounts[entry.payment] ?? Account()
            if entry.kind == .void { account.isVoided = true }
            if let moved = entry.moved {
                var totals = account.totals ?? GatewayTotals(moved.currency)
                try totals.add(moved, as: entry.kind)
                account.totals = totals
            }
            accounts[entry.payment] = account
        }
        answers[entry.key] = entry
        if !attempts.isEmpty { attempts[entry.key] = nil }
    }

    /// What `request` moves; nil for a void that has nothing to set free.
    private func moved(by request: GatewayRequest) throws(PaymentGatewayError) -> Money? {
        let account = accounts[request.payment] ?? Account()
        if request.operation.kind == .authorize, account.isVoided { throw .notAllowed("the payment was voided") }
        let limit: Money?
        do throws(MoneyError) {
            limit = try Self.limit(of: request.operation, in: account.totals)
        } catch {
            throw .notAllowed(error.description)
        }
        guard let amount = request.operation.requested else { return limit }
        guard amount.isPositive else { throw .notAllowed("an amount must be above zero, not \(amount)") }
        guard let limit, limit.currency == amount.currency, amount.minorUnits <= limit.minorUnits else {
            throw .notAllowed(
                "\(limit?.description ?? "nothing") can be moved by \(request.operation.kind), not \(amount)"
            )
        }
        return amount
    }

    /// The most that `operation` can move; nil when that is nothing.
    private static func limit(
        of operation: GatewayRequest.Operation,
        in totals: GatewayTotals?
    ) throws(MoneyError) -> Money? {
        let limit: Money?
        switch operation {
        case .authorize(let amount):
            limit = try Money(minorUnits: .max, amount.currency) - (totals?.authorized ?? .zero(amount.currency))
        case .capture, .void: limit = try totals?.capturable()
        case .refund: limit = try totals?.refundable()
        }
        return limit?.isPositive == true ? limit : nil
    }

    private static func entry(
        _ request: GatewayRequest,
        moved: Money? = nil,
        refusal: GatewayRefusal? = nil
    ) -> GatewayRecordEntry {
        GatewayRecordEntry(
            key: request.key,
            payment: request.payment,
            kind: request.operation.kind,
            requested: request.operation.requested,
            moved: moved,
            refusal: refusal
        )
    }
}

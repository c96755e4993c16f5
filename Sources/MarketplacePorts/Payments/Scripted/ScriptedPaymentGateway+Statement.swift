import MarketplaceCore
import MarketplaceDomain

extension ScriptedPaymentGateway: GatewayStatement {
    /// The captures and refunds of its record, in the order in which they were performed.
    public func movements(
        after cursor: String?,
        limit: Int
    ) async throws(PaymentGatewayError) -> GatewayStatementPage {
        let all: [GatewayRecordEntry]
        do throws(GatewayRecordError) {
            all = try entries()
        } catch {
            throw PaymentGatewayError(.unreachable, reason: error.description, effect: .notApplied)
        }
        let start = min(max(0, cursor.flatMap { Int($0) } ?? 0), all.count)
        let end = start + min(max(1, limit), all.count - start)
        let movements = all[start..<end].compactMap { entry -> PaymentMovement? in
            guard entry.kind == .capture || entry.kind == .refund, let moved = entry.moved else { return nil }
            return PaymentMovement(payment: entry.payment, kind: entry.kind, key: entry.key, amount: moved)
        }
        return GatewayStatementPage(movements: movements, next: end < all.count ? String(end) : nil)
    }
}

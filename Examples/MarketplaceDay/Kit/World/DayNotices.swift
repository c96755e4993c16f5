import Marketplace
import Synchronization

/// Brings webhooks as a gateway would send them: signed bytes.
package final class DayNotices: Sendable {
    private let webhooks: PaymentWebhooks
    private let authenticator = InsecureMessageAuthenticator(forTestsOnly: "marketplace-day")
    private let failed = Mutex<[String]>([])

    init(in environment: ServiceEnvironment, payments: Payments) {
        webhooks = PaymentWebhooks(
            in: environment,
            payments: payments,
            authenticator: authenticator,
            format: CodecWebhookFormat(environment.codec)
        )
    }

    /// The webhooks that were not taken in, with the reason.
    package var failures: [String] { failed.withLock { $0 } }

    /// How many webhooks wait for something to happen.
    package func waitingCount() async throws -> Int {
        try await webhooks.kept().count
    }

    /// Brings one webhook; nil when it was not taken in.
    @discardableResult
    func deliver(_ notice: GatewayNotice) async -> PaymentWebhookOutcome? {
        do {
            let body = try JSONPayloadCodec().encode(notice)
            let outcome = try await webhooks.receive(body: body, signature: authenticator.code(of: body))
            if case .discrepancy(let discrepancy) = outcome { fail("\(notice.event): \(discrepancy)") }
            return outcome
        } catch {
            fail("\(notice.event): \(error)")
            return nil
        }
    }

    /// Tries again what waits.
    func sweep() async throws {
        try await webhooks.sweep()
    }

    private func fail(_ reason: String) {
        failed.withLock { $0.append(reason) }
    }
}

import MarketplaceCore
import MarketplaceDomain
public import MarketplacePorts
import MarketplaceStorage

/// Takes in what a payment gateway tells by webhooks: verified, once each, in any order, and never lost.
///
/// A notice is kept before it is applied and recognised by the gateway's own event id, so a crash in between loses
/// nothing and a repetition changes nothing. It resolves an operation that is under way, also before the call that
/// began it has its answer; whichever comes second finds it done. What is about something that is not known yet is
/// kept, and applied when it can be. What was not begun here (by hand at the gateway, say) is looked up at the gateway
/// under its key before it is recorded. A checkout that waits for its payment to be confirmed is told: there is no other
/// entrance.
///
/// ```swift
/// let webhooks = PaymentWebhooks(in: environment, payments: payments, authenticator: hmac, format: myGateway)
/// let outcome = try await webhooks.receive(body: body, signature: signature)
/// ```
public struct PaymentWebhooks: Sendable {
    /// The most bytes of a body: notices of the known gateways have a few thousand.
    public static let maximumBodyBytes = 262_144
    /// How long a notice that was dealt with is remembered unless told otherwise.
    ///
    /// Gateways send again for three days (Stripe) to a week. A repetition after that finds the payment as it is, and
    /// still changes nothing.
    public static let defaultRetention = Duration.seconds(30 * 24 * 60 * 60)

    let payments: Payments
    let checkout: Checkout?
    let environment: ServiceEnvironment
    let retention: Duration
    let archive: PaymentArchive<PaymentError>
    private let authenticator: any MessageAuthenticator
    private let format: any WebhookFormat

    /// Makes the receiver of one gateway's webhooks.
    ///
    /// - Parameters:
    ///   - environment: Where notices are kept, and the rest.
    ///   - payments: The payments they are about.
    ///   - checkout: The checkout whose purchases may wait for a webhook; nil when none does.
    ///   - authenticator: Tells whether a body comes from the gateway.
    ///   - format: Reads a body that does.
    ///   - retention: How long notices that were dealt with are remembered.
    public init(
        in environment: ServiceEnvironment,
        payments: Payments,
        checkout: Checkout? = nil,
        authenticator: any MessageAuthenticator,
        format: any WebhookFormat,
        retention: Duration = PaymentWebhooks.defaultRetention
    ) {
        precondition(retention > .zero, "notices are remembered for a while")
        self.environment = environment
        self.payments = payments
        self.checkout = checkout
        self.authenticator = authenticator
        self.format = format
        self.retention = retention
        archive = payments.archive
    }

    /// Takes in one webhook.
    ///
    /// - Parameters:
    ///   - body: The body, byte for byte as it came.
    ///   - signature: The code that came with it, decoded to bytes.
    /// - Returns: What became of it.
    /// - Throws: ``PaymentWebhookError``: it is not authentic, cannot be read, or could not be kept. A body is read
    ///   only after it was found authentic.
    @discardableResult
    public func receive(
        body: [UInt8],
        signature: [UInt8]
    ) async throws(PaymentWebhookError) -> PaymentWebhookOutcome {
        guard body.count <= Self.maximumBodyBytes else {
            throw .tooLong(byteCount: body.count, maximum: Self.maximumBodyBytes)
        }
        guard authenticator.isAuthentic(signature, of: body) else { throw .notAuthentic }
        let notice: GatewayNotice?
        do throws(WebhookFormatError) {
            notice = try format.notice(in: body)
        } catch {
            throw .malformed(reason: error.reason)
        }
        guard let notice else { return .ignored }
        do throws(PaymentError) {
            return try await take(notice)
        } catch {
            throw .failed(error)
        }
    }

    /// The notices that cannot be applied yet, the oldest first, at most `limit` (1 or more).
    public func kept(limit: Int = 100) async throws(PaymentError) -> [KeptNotice] {
        let query = DocumentQuery.indexed(
            PaymentKeySpace.notices,
            by: GatewayNoticeDocument.waitingIndex,
            limit: min(max(1, limit), StoreLimits.pageSize)
        )
        var kept: [KeptNotice] = []
        for document in try await archive.documents(matching: query).documents {
            let stored = try archive.decoded(GatewayNoticeDocument.self, from: document.body)
            guard let reason = stored.reason else { continue }
            kept.append(KeptNotice(notice: stored.notice, reason: reason, receivedAt: stored.receivedAt))
        }
        return kept
    }

    /// Tries again what is kept, and forgets what was dealt with long ago; a job that can be repeated.
    ///
    /// What was tried longest ago comes first, so many that have to wait hide none that came later; one that fails holds
    /// up no other.
    ///
    /// - Parameter limit: The most kept notices to try.
    /// - Returns: How many of them were dealt with, and which failed.
    /// - Throws: ``PaymentError`` when it cannot be read which notices are kept, or the old ones cannot be forgotten.
    @discardableResult
    public func sweep(limit: Int = 1_000) async throws(PaymentError) -> NoticeSweep {
        let query = DocumentQuery.indexed(
            PaymentKeySpace.notices,
            by: GatewayNoticeDocument.turnIndex,
            limit: min(max(1, limit), StoreLimits.pageSize)
        )
        var sweep = NoticeSweep()
        for document in try await archive.documents(matching: query, upTo: max(1, limit)) {
            do throws(PaymentError) {
                let stored = try archive.decoded(GatewayNoticeDocument.self, from: document.body)
                let outcome = try await apply(stored.notice, receivedAt: stored.receivedAt)
                if case .kept = outcome { sweep.keptCount += 1 } else { sweep.dealtWithCount += 1 }
            } catch {
                sweep.failures.append(NoticeSweep.Failure(event: document.key.id.retyped(), error: error))
                await putBack(document)
            }
        }
        do throws(StoreError) {
            _ = try await environment.store.deleteExpired(
                in: PaymentKeySpace.notices,
                by: GatewayNoticeDocument.expiryIndex,
                of: GatewayNoticeDocument.owner,
                at: environment.now,
                batch: 500,
                identifiers: environment.identifiers
            )
        } catch {
            throw .failed(error)
        }
        return sweep
    }

    /// Has a notice that failed wait for its turn behind the others.
    ///
    /// Where even that fails, it stands where it stood, and the sweep has gone on all the same.
    private func putBack(_ document: StoredDocument) async {
        guard var stored = try? archive.decoded(GatewayNoticeDocument.self, from: document.body) else { return }
        stored.triedAt = environment.now
        guard let body = try? archive.encoded(stored) else { return }
        var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
        transaction.write(stored.write(body, expecting: .exactly(document.revision), retention: retention))
        try? await archive.write(transaction)
    }

    // MARK: - One notice

    private func take(_ notice: GatewayNotice) async throws(PaymentError) -> PaymentWebhookOutcome {
        let key = GatewayNoticeDocument.key(notice.event)
        let now = environment.now
        let document = GatewayNoticeDocument(notice: notice, receivedAt: now, reason: .notLookedAt)
        let write = document.write(try archive.encoded(document), expecting: .absent, retention: retention)
        let stored = try await archive.attempting { () async throws(PaymentError) -> GatewayNoticeDocument? in
            if let known = try await archive.read(key, as: GatewayNoticeDocument.self) { return known.value }
            var transaction = Transaction(id: environment.identifiers.next(), time: now)
            transaction.write(write)
            guard case .done = try await archive.commit(transaction) else { return nil }
            return document
        }
        guard stored.reason != nil else { return .duplicate }
        // What the gateway calls the same is the same: the first content counts.
        let outcome = try await apply(stored.notice, receivedAt: stored.receivedAt)
        if case .applied = outcome { try await applyKept(about: stored.notice.subject) }
        return outcome
    }

    /// Lets a purchase go on that waits for the gateway to confirm what it has taken.
    private func tellCheckout(of notice: GatewayNotice, _ id: PaymentID) async throws(PaymentError) {
        guard let checkout, notice.kind == .capture, notice.isPerformed else { return }
        let payment = try await payments.load(id)
        guard let order = payment.begun?.orderID, try await payments.confirm(payment) else { return }
        do throws(CheckoutError) {
            // Too late, or awaited by nobody: there is nothing more to say.
            _ = try await checkout.paymentConfirmed(order: order, reference: payment.reference, by: .system)
        } catch {
            throw .underWay(.capture, notice.key ?? Payments.purchaseKey, because: error.description)
        }
    }

    /// Tries again what waits for the same payment: something may have followed on what was just applied.
    private func applyKept(about subject: GatewayNotice.Subject) async throws(PaymentError) {
        let query = DocumentQuery.indexed(
            PaymentKeySpace.notices,
            by: GatewayNoticeDocument.subjectIndex,
            prefix: [.text(GatewayNoticeDocument.text(of: subject))],
            limit: Payment.maximumRefunds
        )
        for document in try await archive.documents(matching: query).documents {
            let stored = try archive.decoded(GatewayNoticeDocument.self, from: document.body)
            guard stored.reason != nil else { continue }
            // One that fails is kept, and tried again by the sweep.
            _ = try? await apply(stored.notice, receivedAt: stored.receivedAt)
        }
    }

    /// Applies a notice that is kept, and records what became of it.
    private func apply(
        _ notice: GatewayNotice,
        receivedAt: Timestamp
    ) async throws(PaymentError) -> PaymentWebhookOutcome {
        let outcome = try await verdict(on: notice)
        // Before the notice is done with, so that no crash in between loses it.
        if case .applied(let id) = outcome { try await tellCheckout(of: notice, id) }
        var document = GatewayNoticeDocument(notice: notice, receivedAt: receivedAt, reason: nil)
        if case .kept(let reason) = outcome { (document.reason, document.triedAt) = (reason, environment.now) }
        let body = try archive.encoded(document)
        var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
        transaction.write(document.write(body, expecting: .any, retention: retention))
        if case .discrepancy(let discrepancy) = outcome { transaction.write(try payments.write(discrepancy)) }
        try await archive.write(transaction)
        return outcome
    }
}

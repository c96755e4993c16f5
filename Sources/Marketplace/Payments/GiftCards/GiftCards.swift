public import MarketplaceCore
public import MarketplaceDomain
public import MarketplacePorts
import MarketplaceStorage

/// How a call about gift cards ended when it did not succeed.
public typealias GiftCardError = PaymentServiceError<GiftCardRefusal>

/// Issues gift cards and redeems them as store credit, by which purchases are paid.
///
/// The code of a card is a secret that is stored nowhere. It is made of the key of the call that issues the card by a
/// keyed function, so that a repetition of the call gives the same code; a card is found by what the same function makes
/// of the code. Whoever reads the whole store redeems nothing; whoever has the function's key and knows how cards are
/// numbered can make their codes: keep it as you keep the keys of payments, and use it for nothing else.
///
/// ```swift
/// let cards = GiftCards(in: environment, authenticator: hmac)
/// let code = try await cards.issue(amount, by: staff, key: "voucher 4711")
/// try await cards.redeem(code, to: buyer, by: .buyer(buyer), key: "redeem 1")
/// ```
public struct GiftCards: Sendable {
    /// The fewest bytes the keyed function gives: as many as make guessing hopeless.
    public static let minimumCodeBytes = 8
    /// How many of the bytes of the keyed function a code is made of: 120 bits, in 24 letters.
    public static let codeBytes = 15

    /// The category of the streams of gift cards, of which the events are ``GiftCardEvent``.
    public static let category: StreamCategory = "gift-card"

    let environment: ServiceEnvironment
    private let credits: StoreCredits
    private let authenticator: any MessageAuthenticator
    let archive: PaymentArchive<GiftCardError>

    /// A service of these parts.
    ///
    /// - Parameters:
    ///   - environment: Where cards are kept, and the rest.
    ///   - authenticator: The keyed function, HMAC-SHA-256 say, with a key of its own.
    public init(in environment: ServiceEnvironment, authenticator: any MessageAuthenticator) {
        precondition(
            authenticator.code(of: []).count >= Self.minimumCodeBytes,
            "codes of less than \(Self.minimumCodeBytes) bytes can be guessed"
        )
        self.environment = environment
        self.authenticator = authenticator
        credits = StoreCredits(in: environment)
        archive = PaymentArchive(environment)
    }

    /// Issues a card.
    ///
    /// - Parameters:
    ///   - amount: What is on it.
    ///   - expiry: Until when it can be redeemed, and the credit it gives be spent; nil for ever.
    ///   - actor: An operator or the system.
    ///   - key: Names the card: a repetition returns the same code and issues nothing.
    /// - Returns: The code, to be given to whoever gets the card, and kept nowhere.
    /// - Throws: ``GiftCardRefusal``; or a failure of the store.
    public func issue(
        _ amount: Money,
        expiringAt expiry: Timestamp? = nil,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(GiftCardError) -> GiftCardCode {
        try check(.issueGiftCard, actor)
        guard amount.isPositive else { throw .refused(.credit(.notPositive(amount))) }
        guard amount.minorUnits <= StoreCredits.maximumMinor else {
            throw .refused(.credit(.tooMuch(maximumMinor: StoreCredits.maximumMinor)))
        }
        let now = environment.now
        if let expiry, expiry <= now { throw .refused(.credit(.expiresTooEarly(expiry))) }
        let code = GiftCardCode(bytes: function("code", key.text).prefix(Self.codeBytes))
        let id = GiftCardID(bits: TransactionID(derivedFrom: "gift card", key.text).bits)
        let document = document(of: code)
        let card = GiftCardDocument(id: id, amount: amount, expiresAt: expiry)
        return try await archive.attempting { () async throws(GiftCardError) -> GiftCardCode? in
            if let known = try await archive.read(document, as: GiftCardDocument.self)?.value {
                guard known.amount == amount, known.expiresAt == expiry else {
                    throw .refused(.keyReused(key, amount: known.amount))
                }
                return code
            }
            var transaction = Transaction(id: environment.identifiers.next(), time: now)
            transaction.write(DocumentWrite(document, body: try archive.encoded(card), expecting: .absent))
            try archive.append(
                GiftCardIssued(giftCardID: id, amount: amount, expiresAt: expiry, by: actor, at: now),
                idBits: TransactionID(derivedFrom: "gift card issued", id.description).bits,
                to: StreamID(Self.category, TextKey(id)),
                in: &transaction
            )
            guard case .done = try await archive.commit(transaction) else { return nil }
            return code
        }
    }

    /// What is on a card, for whoever has its code; zero when it was redeemed or called off.
    ///
    /// - Throws: ``GiftCardRefusal/unknownCode``, `forbidden`; or a failure of the store.
    public func balance(of code: GiftCardCode, by actor: CommandActor) async throws(GiftCardError) -> Money {
        try check(.readGiftCard, actor)
        guard let card = try await archive.read(document(of: code), as: GiftCardDocument.self)?.value else {
            throw .refused(.unknownCode)
        }
        let isSpent = card.redeemedBy != nil || card.cancellation != nil || card.hasExpired(at: environment.now)
        return isSpent ? .zero(card.amount.currency) : card.amount
    }

    /// Makes what is on a card a member's store credit, once; it expires when the card would have.
    ///
    /// - Parameters:
    ///   - code: The code of the card.
    ///   - member: Whose credit it becomes.
    ///   - actor: The member, an operator or the system.
    ///   - key: Names the call: a repetition changes nothing.
    /// - Returns: How much it was.
    /// - Throws: ``GiftCardRefusal``: `unknownCode`, `alreadyRedeemed`, `canceled`, `expired`, `forbidden` or a refusal of the credit;
    ///   or a failure of the store.
    @discardableResult
    public func redeem(
        _ code: GiftCardCode,
        to member: MemberID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(GiftCardError) -> Money {
        try check(.redeemGiftCard, actor, owner: member)
        let document = document(of: code)
        return try await archive.attempting { () async throws(GiftCardError) -> Money? in
            guard let stored = try await archive.read(document, as: GiftCardDocument.self) else {
                throw .refused(.unknownCode)
            }
            var card = stored.value
            if card.redeemedBy == member, card.redeemedUnder == key { return card.amount }
            guard card.redeemedBy == nil else { throw .refused(.alreadyRedeemed) }
            if let reason = card.cancellation { throw .refused(.canceled(reason)) }
            if let expiry = card.expiresAt, card.hasExpired(at: environment.now) { throw .refused(.expired(expiry)) }
            (card.redeemedBy, card.redeemedUnder) = (member, key)
            let body = try archive.encoded(card)
            return try await redeem(card, to: member, by: actor, key) { transaction in
                transaction.write(DocumentWrite(document, body: body, expecting: .exactly(stored.revision)))
            }
        }
    }

    /// Gives the credit and marks the card in one commit; nil when others were faster.
    private func redeem(
        _ card: GiftCardDocument,
        to member: MemberID,
        by actor: CommandActor,
        _ key: IdempotencyKey,
        also: (inout Transaction) -> Void
    ) async throws(GiftCardError) -> Money? {
        do throws(StoreCreditError) {
            var change = try await credits.opening(member, card.amount.currency)
            try StoreCredits.grant(card.amount, expiringAt: card.expiresAt, by: actor, key: key, in: &change)
            also(&change.transaction)
            let redeemed = GiftCardRedeemed(
                giftCardID: card.id,
                memberID: member,
                amount: card.amount,
                by: actor,
                at: change.time
            )
            try credits.archive.append(
                redeemed,
                idBits: TransactionID(derivedFrom: "gift card redeemed", card.id.description).bits,
                to: StreamID(Self.category, TextKey(card.id)),
                in: &change.transaction
            )
            return try await credits.commit(change, requesting: card.amount) ? card.amount : nil
        } catch {
            switch error {
            case .refused(let refusal): throw .refused(.credit(refusal))
            case .contended(let attempts): throw .contended(attempts: attempts)
            case .failed(let error): throw .failed(error)
            }
        }
    }

    // MARK: - Secrets

    /// What the keyed function makes of a text, for one purpose.
    private func function(_ purpose: String, _ text: String) -> [UInt8] {
        authenticator.code(of: Array("gift card \(purpose)/\(text)".utf8))
    }

    func document(of code: GiftCardCode) -> DocumentKey {
        let digits = function("digest", code.text).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return DocumentKey(PaymentKeySpace.giftCards, TextKey(unchecked: digits.joined()))
    }

    func check(
        _ rule: CommandRule,
        _ actor: CommandActor,
        owner: MemberID? = nil
    ) throws(GiftCardError) {
        do throws(CommandForbidden) {
            try rule.check(actor, owner: owner)
        } catch {
            throw .refused(.forbidden(error))
        }
    }
}

/// What is stored of a gift card, under what the keyed function makes of its code.
struct GiftCardDocument: Codable, Hashable, Sendable {
    let id: GiftCardID
    let amount: Money
    let expiresAt: Timestamp?
    var redeemedBy: MemberID?
    var redeemedUnder: IdempotencyKey?
    var cancellation: GiftCardCancellationReason?
    var canceledUnder: IdempotencyKey?

    func hasExpired(at time: Timestamp) -> Bool { expiresAt.map { $0 <= time } ?? false }
}

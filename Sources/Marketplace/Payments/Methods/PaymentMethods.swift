public import MarketplaceCore
public import MarketplaceDomain
public import MarketplacePorts
import MarketplaceStorage

/// Keeps the payment methods that members save: the gateway's tokens, sealed, and never a card number.
///
/// All methods of a member are one document, which can be erased. Tokens are sealed under the member's and the method's
/// id, so that one that was moved to another member does not open. Nothing of a method is in any event.
public struct PaymentMethods: Sendable {
    /// The most methods of one member: more is a search for cards that work.
    public static let maximumMethods = 16

    let environment: ServiceEnvironment
    let cipher: any FieldCipher
    let archive: PaymentArchive<PaymentMethodError>

    /// A service of these parts.
    ///
    /// - Parameters:
    ///   - environment: Where methods are kept, and the rest.
    ///   - cipher: Seals the tokens.
    public init(in environment: ServiceEnvironment, cipher: any FieldCipher) {
        self.environment = environment
        self.cipher = cipher
        archive = PaymentArchive(environment)
    }

    /// Saves a payment method; the first one of a member becomes the default.
    ///
    /// - Parameters:
    ///   - token: What the gateway calls it.
    ///   - label: How it is shown to the member.
    ///   - member: Whose it is.
    ///   - actor: The member.
    ///   - key: Names the call: a repetition returns the first result and saves nothing.
    /// - Returns: The method as its owner sees it.
    /// - Throws: ``PaymentMethodRefusal/tooMany(maximum:)``, `removed` for a repetition after its removal, `forbidden`;
    ///   or a failure of the store or the cipher.
    @discardableResult
    public func add(
        _ token: PaymentToken,
        _ label: PaymentMethodLabel,
        for member: MemberID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(PaymentMethodError) -> SavedPaymentMethod {
        try check(.addPaymentMethod, actor, member)
        let derived = TransactionID(derivedFrom: "payment method", member.description, key.text)
        let id = PaymentMethodID(bits: derived.bits)
        let sealed = try seal(token, id, member)
        let now = environment.now
        let wallet = try await change(member) { wallet throws(PaymentMethodError) in
            if wallet.methods.contains(where: { $0.id == id }) { return nil }
            guard !wallet.removed.contains(id) else { throw .refused(.removed(id)) }
            guard wallet.methods.count < Self.maximumMethods else {
                throw .refused(.tooMany(maximum: Self.maximumMethods))
            }
            var next = wallet
            next.methods.append(PaymentWallet.Method(id: id, label: label, token: sealed, addedAt: now))
            next.defaultID = wallet.defaultID ?? id
            return next
        }
        guard let saved = wallet.list.first(where: { $0.id == id }) else { throw .refused(.unknownMethod(id)) }
        return saved
    }

    /// The methods of a member, the default one first.
    public func list(
        of member: MemberID,
        by actor: CommandActor
    ) async throws(PaymentMethodError) -> [SavedPaymentMethod] {
        try check(.listPaymentMethods, actor, member)
        let stored = try await archive.read(PaymentKeySpace.wallet(member), as: PaymentWallet.self)
        return stored?.value.list ?? []
    }

    /// Makes a method the default one.
    public func makeDefault(
        _ id: PaymentMethodID,
        of member: MemberID,
        by actor: CommandActor
    ) async throws(PaymentMethodError) {
        try check(.choosePaymentMethod, actor, member)
        _ = try await change(member) { wallet throws(PaymentMethodError) in
            guard wallet.methods.contains(where: { $0.id == id }) else { throw .refused(.unknownMethod(id)) }
            guard wallet.defaultID != id else { return nil }
            var next = wallet
            next.defaultID = id
            return next
        }
    }

    /// Removes a method; one that is not there is no mistake.
    public func remove(
        _ id: PaymentMethodID,
        of member: MemberID,
        by actor: CommandActor
    ) async throws(PaymentMethodError) {
        try check(.removePaymentMethod, actor, member)
        _ = try await change(member) { wallet throws(PaymentMethodError) in
            wallet.methods.contains { $0.id == id } ? wallet.removing(id) : nil
        }
    }

    /// Erases all methods of a member, for good.
    public func erase(_ member: MemberID, by actor: CommandActor) async throws(PaymentMethodError) {
        try check(.removePaymentMethod, actor, member)
        var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
        transaction.delete(PaymentKeySpace.wallet(member))
        try await archive.write(transaction)
    }

    /// The token of a member's method, to be given to the gateway.
    func token(
        of id: PaymentMethodID,
        of member: MemberID,
        by actor: CommandActor
    ) async throws(PaymentMethodError) -> PaymentToken {
        try check(.usePaymentMethod, actor, member)
        let stored = try await archive.read(PaymentKeySpace.wallet(member), as: PaymentWallet.self)
        guard let method = stored?.value.methods.first(where: { $0.id == id }) else {
            throw .refused(.unknownMethod(id))
        }
        return try open(method, member)
    }

    // MARK: - The document

    /// Changes a member's wallet; nil leaves it as it is.
    func change(
        _ member: MemberID,
        _ body: (PaymentWallet) throws(PaymentMethodError) -> PaymentWallet?
    ) async throws(PaymentMethodError) -> PaymentWallet {
        let key = PaymentKeySpace.wallet(member)
        return try await archive.attempting { () async throws(PaymentMethodError) -> PaymentWallet? in
            let stored = try await archive.read(key, as: PaymentWallet.self)
            let wallet = stored?.value ?? PaymentWallet()
            guard let next = try body(wallet) else { return wallet }
            var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
            transaction.write(
                DocumentWrite(
                    key,
                    body: try archive.encoded(next),
                    expecting: stored.map { .exactly($0.revision) } ?? .absent
                )
            )
            guard case .done = try await archive.commit(transaction) else { return nil }
            return next
        }
    }

    private func check(
        _ rule: CommandRule,
        _ actor: CommandActor,
        _ member: MemberID
    ) throws(PaymentMethodError) {
        do throws(CommandForbidden) {
            try rule.check(actor, owner: member)
        } catch {
            throw .refused(.forbidden(error))
        }
    }
}

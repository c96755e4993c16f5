public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

extension Carts {
    /// Takes over what a visitor has put into cart and wish list, after they have logged in; the visitor's are removed
    /// in the same commit.
    ///
    /// - Parameters:
    ///   - visitor: Who they were.
    ///   - member: Who they are.
    ///   - actor: Who asks: the member.
    ///   - key: Names the command: a repetition changes nothing.
    /// - Returns: The member's cart as it is now.
    /// - Throws: ``CartError`` when somebody else asks, or the store fails. A full cart is no reason to fail: lines that
    ///   do not fit are left out.
    @discardableResult
    public func merge(
        _ visitor: VisitorID,
        into member: MemberID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(CartError) -> Cart {
        do throws(CommandForbidden) {
            try CommandRule.changeCart.check(actor, owner: member)
        } catch {
            throw .forbidden(error)
        }
        let now = environment.now
        return try await attempting { () async throws(CartError) -> Cart? in
            var transaction = Transaction(id: environment.identifiers.next(), time: now)
            let cart = try await merge(visitor, into: member, key, at: now, in: &transaction) {
                (cart: inout Cart, visitors) in
                cart.merge(visitors, configuration.mergePolicy, key: key)
            }
            _ = try await merge(visitor, into: member, key, at: now, in: &transaction) {
                (list: inout WishList, visitors) in
                list.merge(visitors, key: key)
            }
            guard !transaction.isEmpty else { return cart }
            guard case .done = try await commit(transaction) else { return nil }
            return cart
        }
    }

    /// Adds to a transaction what becomes of one document of each.
    private func merge<Document: CartDocument>(
        _ visitor: VisitorID,
        into member: MemberID,
        _ key: IdempotencyKey,
        at now: Timestamp,
        in transaction: inout Transaction,
        _ body: (inout Document, Document) -> Bool
    ) async throws(CartError) -> Document {
        let own = try await stored(Document.self, of: .member(member))
        var document = own?.value ?? Document()
        guard let visitors = try await stored(Document.self, of: .visitor(visitor)) else { return document }
        // A repetition: what the visitor has put in since then is not merged, and stays where it is.
        guard !document.isKnown(key) else { return document }
        if body(&document, visitors.value) {
            try write(document, of: .member(member), replacing: own?.revision, at: now, to: &transaction)
        }
        transaction.delete(Self.key(Document.self, .visitor(visitor)), expecting: .exactly(visitors.revision))
        return document
    }

    /// Removes the carts and wish lists whose time is over.
    ///
    /// - Returns: How many there were.
    /// - Throws: ``CartError/failed(_:)``.
    @discardableResult
    public func sweep() async throws(CartError) -> Int {
        var count = 0
        for collection in [Cart.collection, WishList.collection] {
            count += try await reading { () async throws(StoreError) in
                try await store.deleteExpired(
                    in: collection,
                    by: Self.expiryIndex,
                    of: Self.expiryOwner,
                    at: environment.now,
                    batch: Self.sweepBatch,
                    identifiers: environment.identifiers
                )
            }
        }
        return count
    }

    /// How many documents are removed in one commit.
    private static let sweepBatch = 100
}

public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

extension GiftCards {
    /// Calls a card off that nobody has redeemed: nobody can any more.
    ///
    /// Of a call and a redemption that race, one wins and the other is refused. The code is stored nowhere: whoever has
    /// issued the card gets it again by the call that did, under its key.
    ///
    /// - Parameters:
    ///   - code: The code of the card.
    ///   - reason: Why.
    ///   - actor: An operator.
    ///   - key: Names the call: a repetition changes nothing.
    /// - Returns: How much was on it.
    /// - Throws: ``GiftCardRefusal``: `unknownCode`, `redeemed` with who has redeemed it, `canceled`, `forbidden`; or a
    ///   failure of the store.
    @discardableResult
    public func cancel(
        _ code: GiftCardCode,
        because reason: GiftCardCancellationReason,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(GiftCardError) -> Money {
        try check(.cancelGiftCard, actor)
        let document = document(of: code)
        return try await archive.attempting { () async throws(GiftCardError) -> Money? in
            guard let stored = try await archive.read(document, as: GiftCardDocument.self) else {
                throw .refused(.unknownCode)
            }
            var card = stored.value
            if let member = card.redeemedBy { throw .refused(.redeemed(by: member, amount: card.amount)) }
            if let earlier = card.cancellation {
                guard card.canceledUnder == key, earlier == reason else { throw .refused(.canceled(earlier)) }
                return card.amount
            }
            (card.cancellation, card.canceledUnder) = (reason, key)
            let now = environment.now
            var transaction = Transaction(id: environment.identifiers.next(), time: now)
            let body = try archive.encoded(card)
            transaction.write(DocumentWrite(document, body: body, expecting: .exactly(stored.revision)))
            try archive.append(
                GiftCardCanceled(giftCardID: card.id, amount: card.amount, reason: reason, by: actor, at: now),
                idBits: TransactionID(derivedFrom: "gift card canceled", card.id.description).bits,
                to: StreamID(Self.category, TextKey(card.id)),
                in: &transaction
            )
            guard case .done = try await archive.commit(transaction) else { return nil }
            return card.amount
        }
    }
}

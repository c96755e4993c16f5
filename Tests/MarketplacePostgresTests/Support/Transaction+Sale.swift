#if LibPQ
import MarketplaceCore
import MarketplaceStorage

extension Transaction {
    /// An event of one stream, whatever is in it.
    static func sale(_ identifiers: some IdentifierSource) -> Transaction {
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        let draft = EventDraft(id: identifiers.next(), name: "Sold", payload: [1])
        transaction.append([draft], to: StreamID("sale", "a"), expecting: .any)
        return transaction
    }
}
#endif

public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

extension Orders {
    /// Where an order is to be sent, for its buyer, its seller, an operator or the system; nil when nobody has said, or
    /// it was erased.
    public func address(of id: OrderID, by actor: CommandActor) async throws(OrdersError) -> PostalAddress? {
        try check(.readOrder, actor, try await archive.order(id))
        return try await archive.read(AddressKeySpace.address(of: id), as: AddressDocument.self)?.value.address
    }

    /// Has an order sent somewhere else, until it is shipped; by its buyer or an operator.
    ///
    /// The event tells that it was changed; the address is in a document of its own, written in the same commit.
    @discardableResult
    public func changeAddress(
        of id: OrderID,
        to address: PostalAddress,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(OrdersError) -> Order {
        if let problem = address.problem() { throw .badAddress(problem) }
        let order = try await archive.order(id)
        guard let buyer = order.placed?.buyerID else { throw .unknownOrder(id) }
        let now = wallClock.now
        let document = AddressDocument(member: buyer, address: address, label: nil, savedAt: now)
        let write = try archive.write(document, to: AddressKeySpace.address(of: id))
        return try await archive.handle(.changeAddress, on: id, by: actor, key: key, at: now) { $0.write(write) }
    }
}

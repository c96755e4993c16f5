import MarketplaceCore
import MarketplaceDomain
import MarketplaceInventory
import MarketplaceStorage

/// The same goods again, for those that were not as they should be.
extension Returns {
    /// How long goods are held until the replacement is fixed: until the next sweep at the latest.
    static let replacementHold = Duration.days(1)

    /// The order by which a claim's goods are replaced, with its stock set aside; nil where money is given back instead,
    /// because that is wanted or because they are sold out.
    func heldReplacement(
        of value: OrderReturn,
        _ requested: ReturnRequested,
        _ order: Order
    ) async throws(ReturnsError) -> OrderID? {
        guard requested.kind == .claimReplacement, !value.received.perLine.isEmpty else { return nil }
        let id = Self.replacement(of: requested)
        let now = archive.environment.now
        let goods = Self.goods(value.received, of: order)
        let reservation = ReservationID(bits: id.bits)
        let request = ReservationRequest(
            id: reservation,
            lines: ReservationLines(goods.map { ReservationLine($0.sku, $0.quantity) }),
            member: MemberKey(requested.buyerID),
            reference: StockReference(id),
            allowsBackorder: false,
            deadline: now.advanced(by: Self.replacementHold),
            at: now
        )
        do throws(InventoryError) {
            try await inventory.reserve(request)
            try await inventory.allocate(reservation, at: now)
            return id
        } catch {
            // A refusal is an answer: the goods cannot be had, so the money is given back.
            guard error.refusal != nil else { throw .stock(error) }
            return nil
        }
    }

    /// Sets free what another attempt has set aside, before it was fixed that money is given back.
    func releaseReplacement(of requested: ReturnRequested) async throws(ReturnsError) {
        do throws(InventoryError) {
            let reservation = ReservationID(bits: Self.replacement(of: requested).bits)
            try await inventory.release(reservation, at: archive.environment.now)
        } catch {
            throw .stock(error)
        }
    }

    /// Places and confirms the order of a replacement, to be sent where the first one went.
    func placeReplacement(
        _ id: OrderID,
        of received: [ReturnedUnits],
        _ requested: ReturnRequested,
        _ order: Order
    ) async throws(ReturnsError) {
        let now = archive.environment.now
        let lines = Self.goods(received, of: order)
        do throws(OrdersError) {
            let address = try await archive.orders.read(
                AddressKeySpace.address(of: requested.orderID),
                as: AddressDocument.self
            )
            let frozen = try address.map { stored throws(OrdersError) in
                try archive.orders.write(stored.value, to: AddressKeySpace.address(of: id))
            }
            do throws(RepositoryError<OrderRejection>) {
                try await archive.orders.orders.handle(
                    on: id,
                    key: IdempotencyKey(requested.returnID),
                    at: now,
                    also: { transaction in
                        if let frozen { transaction.write(frozen) }
                    },
                    commands: { _ in
                        let create = OrderAction.create(id: id, buyer: requested.buyerID, lines: lines)
                        return [create, .confirm].map { ActorCommand($0, by: .system, at: now) }
                    }
                )
            } catch {
                throw OrdersError(error)
            }
        } catch {
            throw .order(error)
        }
    }

    private static func replacement(of requested: ReturnRequested) -> OrderID {
        OrderID(bits: TransactionID(derivedFrom: "replacement", "\(requested.returnID)").bits)
    }

    /// The goods of the received units as lines without a price.
    private static func goods(_ received: [ReturnedUnits], of order: Order) -> [OrderLine] {
        received.perLine.compactMap { part in
            let line = order.lines[part.lineIndex]
            // No return has more units of a line than the line has.
            guard let quantity = try? Quantity(part.units) else { return nil }
            return OrderLine(
                sku: line.sku,
                variantID: line.variantID,
                productID: line.productID,
                sellerID: line.sellerID,
                quantity: quantity,
                unitPrice: .zero(line.unitPrice.currency)
            )
        }
    }
}

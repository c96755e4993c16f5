public import MarketplaceCore
import MarketplaceDomain
public import MarketplaceInventory
import MarketplaceStorage

/// Takes the stock of orders that are paid, and tells whether there was enough.
///
/// It publishes the events of stock claims on the topic `stock-claim`. An order that was placed and its payment may
/// become known here in any order. The inventory is asked before anything is recorded, under an id that follows from
/// the order alone; what is decided first stands, and stock that another delivery of the same message has taken
/// meanwhile for a claim that was refused is given back when the refusal comes round.
public struct StockParticipant: ChoreographyParticipant {
    /// What joins it to the bus.
    public let link: ParticipantLink

    /// Makes the participant over its own store.
    ///
    /// - Parameters:
    ///   - context: Its store, the bus and the rest.
    ///   - inventory: Where stock is taken.
    ///   - holdDuration: How long stock that is being taken stays held when the process dies in between.
    public init(
        _ context: ParticipantContext,
        inventory: any InventoryStore,
        holdDuration: Duration = .minutes(10)
    ) {
        precondition(holdDuration > .zero, "a hold lasts longer than nothing")
        let desk = Desk(
            claims: context.repository(),
            inventory: inventory,
            holdDuration: holdDuration,
            wallClock: context.wallClock
        )
        let orders = EventReader<OrderEvent>(codec: context.codec)
        let payments = EventReader<PaymentEvent>(codec: context.codec)
        let claims = EventReader<StockClaimEvent>(codec: context.codec)
        link = ParticipantLink(
            "choreography-stock",
            publishing: .stockClaims,
            consuming: [.orders, .payments, .stockClaims],
            context
        ) { message, transaction in
            switch message.topic {
            case .orders:
                guard case .created(let placed) = try orders.read(message) else { return }
                let request = StockClaimAction.request(buyer: placed.buyerID, lines: placed.lines)
                try await desk.take(note: request, "request", placed.orderID, &transaction)
            case .payments:
                guard case .completed(let paid) = try payments.read(message) else { return }
                try await desk.take(note: .pay, "pay", paid.orderID, &transaction)
            default:
                guard case .refused(let refused) = try claims.read(message) else { return }
                try await desk.release(refused.orderID)
            }
        }
    }

    private struct Desk: Sendable {
        let claims: Repository<StockClaim>
        let inventory: any InventoryStore
        let holdDuration: Duration
        let wallClock: any WallClock

        /// Notes what became known of a claim, and decides it when it is the last thing that was missing.
        func take(
            note: StockClaimAction,
            _ part: String,
            _ order: OrderID,
            _ transaction: inout Transaction
        ) async throws {
            let now = wallClock.now
            let noted = StockClaim.Command(order: order, action: note, time: now)
            var claim = try await claims.load(order).root
            _ = try claim.handle(noted)
            var commands = [noted]
            if let request = claim.undecidedRequest {
                commands.append(StockClaim.Command(order: order, action: try await take(request, order), time: now))
            }
            try await claims.add(to: &transaction, on: order, key: .part(part, of: order)) { _ in commands }
        }

        /// Takes the stock of a claim, and says how that went; what is neither taken nor refused is thrown.
        private func take(_ request: StockClaimRequested, _ order: OrderID) async throws -> StockClaimAction {
            let now = wallClock.now
            let reservation = ReservationRequest(
                id: ReservationID(bits: order.bits),
                lines: ReservationLines(request.lines.lazy.map { ReservationLine($0.sku, $0.quantity) }),
                member: MemberKey(request.buyerID),
                reference: StockReference(order),
                deadline: now.advanced(by: holdDuration),
                at: now
            )
            do throws(InventoryError) {
                try await inventory.reserve(reservation)
                try await inventory.allocate(reservation.id, at: now)
                return .take
            } catch {
                guard case .refused(let refusal) = error else { throw error }
                return .refuse(refusal)
            }
        }

        /// Gives back what another delivery may have taken for a claim that was refused, and leaves a tombstone.
        func release(_ order: OrderID) async throws {
            try await inventory.release(ReservationID(bits: order.bits), at: wallClock.now)
        }
    }
}

extension InventoryError: StoreFailing {
    var storeError: StoreError? {
        if case .failed(let error) = self { error } else { nil }
    }
}

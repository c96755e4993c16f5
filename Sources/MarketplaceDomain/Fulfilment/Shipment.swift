public import MarketplaceCore

extension TransitionFact {
    /// It is known by which carrier it goes.
    static let hasWaybill: TransitionFact = "it has a waybill"
    /// The platform itself sells what is in it.
    static let isSoldByPlatform: TransitionFact = "the platform sells it"
}

/// Some units of one order on their way to the buyer.
///
/// Only who sells the goods registers a waybill; without one nothing is handed over. The seller's word does not make it
/// delivered: the buyer, an operator or the carrier (by the system) says so. A repeated command changes nothing.
public struct Shipment: Aggregate, Hashable {
    /// What can be asked of it.
    public typealias Command = ActorCommand<ShipmentAction>
    /// What can happen to it.
    public typealias Event = ShipmentEvent
    /// Why a command can be refused.
    public typealias Rejection = ShipmentRejection
    /// What names one.
    public typealias ID = ShipmentID

    /// The category of its event streams.
    public static var category: String { "shipment" }

    /// Who may move it from where to where.
    public static let lifecycle = TransitionMachine<ShipmentStatus, ShipmentMove, ActorRole> {
        Transition(.create, to: .created, by: .seller, .operator, .system)
        Transition.staying(.registerWaybill, in: .created, by: .seller)
        Transition.staying(.registerWaybill, in: .created, by: .operator, when: .isSoldByPlatform)
        Transition(.handOver, from: .created, to: .handedOver, by: .seller, .operator, .system, when: .hasWaybill)
        Transition(.noteTransit, from: .handedOver, to: .inTransit, by: .seller, .operator, .system)
        Transition(.deliver, from: .handedOver, .inTransit, to: .delivered, by: .buyer, .operator, .system)
        Transition(.reportLost, from: .handedOver, .inTransit, to: .lost, by: .seller, .operator, .system)
        Transition(
            .noteReturned,
            from: .handedOver,
            .inTransit,
            to: .returnedToSender,
            by: .seller,
            .operator,
            .system
        )
        Transition(.cancel, from: .created, to: .canceled, by: .seller, .operator, .system)
    }

    /// Where it is; nil before it is put together.
    public private(set) var status: ShipmentStatus?
    /// What is in it, of which order; nil before it is put together.
    public private(set) var created: ShipmentCreated?
    /// By which carrier it goes; nil before that is known.
    public private(set) var waybill: Waybill?

    /// The state before the first event.
    public init() {}

    /// What names it; nil before it is put together.
    public var id: ShipmentID? { created?.shipmentID }
    /// Whose units are in it; nil before it is put together.
    public var orderID: OrderID? { created?.orderID }

    /// Answers `command` with the events to record; an empty list when nothing changes.
    public func decide(_ command: Command) throws(ShipmentRejection) -> [ShipmentEvent] {
        switch command.action {
        case .create(let id, let order, let buyer, let seller, let units):
            try refuseStrangers(command, owner: buyer, seller: seller)
            return try create(
                ShipmentCreated(
                    shipmentID: id,
                    orderID: order,
                    buyerID: buyer,
                    sellerID: seller,
                    units: units,
                    by: command.actor,
                    at: command.time
                ),
                command
            )
        case .registerWaybill(let waybill): return try register(waybill, command)
        case .handOver: return try changeStatus(.handOver, command)
        case .noteTransit: return try changeStatus(.noteTransit, command)
        case .deliver: return try changeStatus(.deliver, command)
        case .reportLost: return try changeStatus(.reportLost, command)
        case .noteReturned: return try changeStatus(.noteReturned, command)
        case .cancel: return try changeStatus(.cancel, command)
        }
    }

    /// Moves the state along a recorded event.
    public mutating func apply(_ event: ShipmentEvent) {
        switch event {
        case .created(let created):
            status = .created
            self.created = created
        case .waybillRegistered(let registered): waybill = registered.waybill
        case .statusChanged(let change): status = change.to
        }
    }
}

extension Shipment {
    private func create(_ new: ShipmentCreated, _ command: Command) throws(ShipmentRejection) -> [ShipmentEvent] {
        if let created {
            guard created.shipmentID == new.shipmentID, created.orderID == new.orderID,
                created.buyerID == new.buyerID, created.sellerID == new.sellerID, created.units == new.units
            else { throw .alreadyCreated(created.shipmentID) }
            // Whoever may never ask for it is told so, also when it was asked for before.
            if !Self.lifecycle.roles(of: .create).contains(command.actor.role) { _ = try move(.create, command) }
            return []
        }
        _ = try move(.create, command)
        let isWhole = !new.units.isEmpty && new.units.allSatisfy { $0.units > 0 }
        guard isWhole, Set(new.units.map(\.lineIndex)).count == new.units.count else { throw .noUnits }
        return [.created(new)]
    }

    private func register(_ waybill: Waybill, _ command: Command) throws(ShipmentRejection) -> [ShipmentEvent] {
        let created = try known(command)
        _ = try move(.registerWaybill, command)
        guard waybill != self.waybill else { return [] }
        return [
            .waybillRegistered(
                ShipmentWaybillRegistered(
                    shipmentID: created.shipmentID,
                    orderID: created.orderID,
                    waybill: waybill,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    private func changeStatus(_ move: ShipmentMove, _ command: Command) throws(ShipmentRejection) -> [ShipmentEvent] {
        let created = try known(command)
        guard let status else { throw .notCreated }
        if Self.lifecycle.rows.contains(where: { $0.move == move && $0.target == status }),
            Self.lifecycle.roles(of: move).contains(command.actor.role)
        {
            return []
        }
        return [
            .statusChanged(
                ShipmentStatusChanged(
                    shipmentID: created.shipmentID,
                    orderID: created.orderID,
                    from: status,
                    to: try self.move(move, command),
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    private func known(_ command: Command) throws(ShipmentRejection) -> ShipmentCreated {
        guard let created else { throw .notCreated }
        try refuseStrangers(command, owner: created.buyerID, seller: created.sellerID)
        return created
    }

    private func refuseStrangers(
        _ command: Command,
        owner: MemberID,
        seller: SellerID?
    ) throws(ShipmentRejection) {
        do throws(CommandForbidden) {
            try command.refuseStrangers(owner: owner, seller: seller)
        } catch {
            throw .forbidden(error)
        }
    }

    private func move(_ move: ShipmentMove, _ command: Command) throws(ShipmentRejection) -> ShipmentStatus {
        var facts: Set<TransitionFact> = []
        if waybill != nil { facts.insert(.hasWaybill) }
        if let created, created.sellerID == nil { facts.insert(.isSoldByPlatform) }
        do throws(TransitionRefusal<ShipmentStatus, ShipmentMove, ActorRole>) {
            return try Self.lifecycle.move(move, from: status, by: command.actor.role, given: facts)
        } catch {
            throw .move(error)
        }
    }
}

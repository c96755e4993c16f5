extension CommandRule {
    /// The rules of shipments.
    static let fulfilment = [
        createShipment, registerWaybill, handOverShipment, noteShipmentTransit, deliverShipment, reportShipmentLost,
        noteShipmentReturned, cancelShipment, trackShipment,
    ]

    /// Put a shipment together.
    static let createShipment = CommandRule("shipment.create", by: .seller, .operator, .system)
    /// Say by which carrier a shipment goes; an operator only where the platform sells.
    static let registerWaybill = CommandRule("shipment.registerWaybill", by: .seller, .operator)
    /// Hand a shipment to the carrier.
    static let handOverShipment = CommandRule("shipment.handOver", by: .seller, .operator, .system)
    /// Take note that the carrier has moved a shipment.
    static let noteShipmentTransit = CommandRule("shipment.noteTransit", by: .seller, .operator, .system)
    /// Take note that a shipment is there.
    static let deliverShipment = CommandRule("shipment.deliver", by: .owner, .operator, .system)
    /// Take note that nobody knows where a shipment is.
    static let reportShipmentLost = CommandRule("shipment.reportLost", by: .seller, .operator, .system)
    /// Take note that a shipment came back unopened.
    static let noteShipmentReturned = CommandRule("shipment.noteReturned", by: .seller, .operator, .system)
    /// Call a shipment off.
    static let cancelShipment = CommandRule("shipment.cancel", by: .seller, .operator, .system)
    /// Have the carrier asked where a shipment is; what it says moves the shipment, whoever has asked.
    package static let trackShipment = CommandRule("shipment.track", by: .owner, .seller, .operator, .system)
}

extension ShipmentAction: RuledAction {
    /// Who may ask for it.
    public var rule: CommandRule {
        switch self {
        case .create: .createShipment
        case .registerWaybill: .registerWaybill
        case .handOver: .handOverShipment
        case .noteTransit: .noteShipmentTransit
        case .deliver: .deliverShipment
        case .reportLost: .reportShipmentLost
        case .noteReturned: .noteShipmentReturned
        case .cancel: .cancelShipment
        }
    }
}

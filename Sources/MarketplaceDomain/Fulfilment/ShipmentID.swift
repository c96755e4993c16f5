public import MarketplaceCore

/// Names a shipment.
public typealias ShipmentID = Identifier<Shipment>
